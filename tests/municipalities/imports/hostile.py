"""Hostile workbooks, made when they are asked for and never stored; run as a module, it reads them all and measures.

`python -m tests.municipalities.imports.hostile <folder>` prints the peak memory of the process and, for each file of
the folder, the seconds that refusing it took and the sentence.
"""

import json
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

ZIP, XML = zipfile.ZIP_DEFLATED, b'<?xml version="1.0" encoding="UTF-8"?>'
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"
HEADINGS = ("ОКТМО", "Статус участия", "По состоянию на", "Основание")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEBIBYTE = 1024 * 1024


def workbook(rows: Iterator[bytes], *, before: bytes = b"", extra: dict[str, bytes] | None = None) -> bytes:
    """A workbook whose only sheet is written as given, without a library that would object."""
    from openpyxl import Workbook

    plain = BytesIO()
    Workbook().save(plain)
    output = BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(output, "w", ZIP) as target:
        for name in source.namelist():
            if name != "xl/worksheets/sheet1.xml":
                target.writestr(name, (extra or {}).get(name) or source.read(name))
        for name in set(extra or {}) - set(source.namelist()):
            target.writestr(name, (extra or {})[name])
        with target.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(XML + before + SHEET)
            for row in rows:
                sheet.write(row)
            sheet.write(END)
    return output.getvalue()


def text_cell(text: str) -> bytes:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def headings() -> bytes:
    return b"<row>" + b"".join(map(text_cell, HEADINGS)) + b"</row>"


def million_rows() -> bytes:
    return workbook(b'<row r="%d" spans="1:9"/>' % number for number in range(1, 1_000_001))


def far_row() -> bytes:
    far = b'<row r="99999999999"><c r="A1048576"><v>1</v></c></row>'
    return workbook(iter([headings(), far]))


def wide_row() -> bytes:
    return workbook(iter([headings(), b"<row>" + b"<c/>" * 3_000_000 + b"</row>"]))


def formulas() -> bytes:
    row = b"<row>" + b"<c><f>1+1</f><v>2</v></c>" * 9 + b"</row>"
    return workbook(iter([headings(), *[row] * 20_000]))


def formulas_everywhere() -> bytes:
    row = b"<row>" + b"<c><f>1+1</f><v>2</v></c>" * 9 + b"</row>"
    return workbook(iter([row] * 20_000))


def long_cells() -> bytes:
    row = b"<row>" + text_cell("я" * 50_000) * 4 + b"</row>"
    return workbook(iter([headings(), *[row] * 10]))


def entities() -> bytes:
    lol = b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return workbook(iter([b'<row><c t="inlineStr"><is><t>&b;</t></is></c></row>']), before=lol)


def external_entity() -> bytes:
    strings = XML + b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><sst/>'
    return workbook(iter([headings()]), extra={"xl/sharedStrings.xml": strings})


def other_encoding() -> bytes:
    text = '<?xml version="1.0" encoding="UTF-16"?><sst/>'.encode("utf-16")
    return workbook(iter([headings()]), extra={"xl/sharedStrings.xml": text})


def bomb() -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w", ZIP) as archive:
        archive.writestr("[Content_Types].xml", XML)
        for number in range(3):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                for _ in range(50):
                    part.write(b"0" * MEBIBYTE)
    return output.getvalue()


def dense() -> bytes:
    """Small enough to be let through by its declared size, and still only a repetition."""
    return workbook(iter([headings(), b" " * (40 * MEBIBYTE)]))


def lying_bomb() -> bytes:
    """Declares a kilobyte and holds a hundred megabytes."""
    content = bytearray(workbook(iter([headings(), b" " * (100 * MEBIBYTE)])))
    directory = content.rfind(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (1024).to_bytes(4, "little")
    return bytes(content)


def merged() -> bytes:
    return workbook(
        iter([headings(), b"</sheetData><mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells><sheetData>"])
    )


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "Файл пуст."),
    "not a zip": (lambda: b"name;status\r\n" * 100, "Это не книга Excel: нужен файл .xlsx."),
    "some zip": (lambda: plain_zip("readme.txt"), "Это не книга Excel: нужен файл .xlsx."),
    "a cut zip": (lambda: formulas()[:5000], "Файл повреждён"),
    "open document": (lambda: plain_zip("mimetype", "content.xml"), "Это таблица OpenDocument (.ods)"),
    "encrypted": (lambda: OLE + "EncryptedPackage".encode("utf-16-le") * 2, "Файл защищён паролем"),
    "xls": (lambda: OLE + b"\x00" * 600, "Это файл старого формата .xls"),
    "macros": (lambda: workbook(iter([]), extra={"xl/vbaProject.bin": b"x"}), "В файле есть макросы"),
    "a bomb": (bomb, "Файл распаковывается в слишком большой объём"),
    "a repetition": (dense, "Файл распаковывается в слишком большой объём"),
    "a lying bomb": (lying_bomb, "Файл повреждён"),
    "a million rows": (million_rows, "На листе больше 50\u00a0000 строк"),
    "a row far away": (far_row, ""),
    "a wide row": (wide_row, "На листе слишком много ячеек"),
    "formulas": (formulas, "В ячейке A2 формула"),
    "formulas everywhere": (formulas_everywhere, "В ячейках формулы, а таблицы портала нет"),
    "long cells": (long_cells, "В ячейке A2 50\u00a0000 знаков"),
    "entities": (entities, "В файле есть определения сущностей XML"),
    "an external entity": (external_entity, "В файле есть определения сущностей XML"),
    "another encoding": (other_encoding, "Файл повреждён"),
    "everything merged": (merged, "В файле объединены или связаны ссылкой миллионы ячеек"),
}


def plain_zip(*names: str) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w", ZIP) as archive:
        for name in names:
            archive.writestr(name, "x")
    return output.getvalue()


def refusal(path: Path) -> str:
    """What the portal says to a file; empty when it can be read."""
    from municipalities.importing.archive import RefusedWorkbook
    from municipalities.importing.sheet import open_table

    with path.open("rb") as file:
        try:
            for _ in open_table(file).rows:
                pass
        except RefusedWorkbook as refused:
            return str(refused)
    return ""


def main(folder: str) -> None:
    """Read all files of a folder and print what it took, as JSON."""
    import django

    django.setup()
    answers = {}
    for path in sorted(Path(folder).iterdir()):
        start = time.perf_counter()
        sentence = refusal(path)
        answers[path.name] = (time.perf_counter() - start, sentence)
    sys.stdout.write(json.dumps({"peak": peak_of_this_process(), "answers": answers}))


def peak_of_this_process() -> int:
    """The most memory this process has held, in MiB; `getrusage` would count the parent's before the exec too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


if __name__ == "__main__":
    main(sys.argv[1])
