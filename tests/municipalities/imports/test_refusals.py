"""What is refused before anybody reads the cells, and what is let through: one small file for each rule."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from documents.uploads import MEBIBYTE
from municipalities.importing import archive
from municipalities.importing.archive import RefusedWorkbook, check_archive
from municipalities.importing.sheet import open_table
from tests.municipalities.imports.books import table
from tests.municipalities.imports.hostile import XML, headings, workbook

DIRECTORY = b"PK\x01\x02"  # begins each entry of a zip's directory
FLAGS, UNPACKED = 8, 24  # places in such an entry
BEGINNING = b"<worksheet>"


def declaring(place: int, packed: bytes) -> bytes:
    """A workbook whose directory says something else about its first entry."""
    content = bytearray(table())
    start = content.find(DIRECTORY) + place
    content[start : start + len(packed)] = packed
    return bytes(content)


def two_of_a_name() -> bytes:
    output = BytesIO(table())
    with zipfile.ZipFile(output, "a") as book, pytest.warns(UserWarning, match="Duplicate name"):
        book.writestr("xl/workbook.xml", "<workbook/>")
    return output.getvalue()


def spanned(reference: str) -> bytes:
    return workbook(iter([f'<mergeCell ref="{reference}"/>'.encode()]))


CASES: dict[str, tuple[Callable[[], bytes], str]] = {
    "two parts of one name": (two_of_a_name, "Файл повреждён"),
    "an encrypted part": (lambda: declaring(FLAGS, b"\x01\x00"), "Файл защищён паролем"),
    "one huge part": (lambda: declaring(UNPACKED, struct.pack("<I", 65 * MEBIBYTE)), "слишком большой объём"),
    "styles without end": (
        lambda: workbook(iter([]), extra={"xl/styles.xml": b" " * (7 * MEBIBYTE)}),
        "слишком много стилей оформления",
    ),
    "a code page of old": (
        lambda: workbook(iter([]), extra={"xl/a.xml": b'<?xml version="1.0" encoding="windows-1251"?><a/>'}),
        "Файл повреждён",
    ),
    "a merge without an end": (lambda: spanned("A1:"), "объединены или связаны ссылкой миллионы ячеек"),
    "a workbook that is none": (
        lambda: workbook(iter([]), extra={"xl/workbook.xml": XML + b"<workbook>"}),
        "Файл повреждён",
    ),
    "rows that break off at once": (lambda: workbook(iter([b"<row><c>"])), "Файл повреждён"),
    "rows that break off later": (lambda: workbook(iter([headings(), b"<row><c>"])), "Файл повреждён"),
}


@pytest.mark.parametrize("case", CASES)
def test_it_gets_its_sentence(case: str) -> None:
    make, sentence = CASES[case]
    with pytest.raises(RefusedWorkbook, match=sentence):
        list(open_table(BytesIO(make())).rows)


def test_a_file_too_large_is_not_even_unpacked() -> None:
    with pytest.raises(RefusedWorkbook, match="Файл больше 10 МБ: удалите лишние листы и картинки"):
        check_archive(BytesIO(b"PK\x03\x04" + b"\x00" * archive.MAX_FILE_BYTES))


def test_a_picture_is_not_read_as_text() -> None:
    picture = b"\x89PNG <!DOCTYPE " + b"<row>" * (archive.MAX_ROWS + 1)
    check_archive(BytesIO(workbook(iter([headings()]), extra={"xl/media/image1.png": picture})))


def test_a_merge_at_the_end_of_a_chunk_is_counted_once() -> None:
    merge = b"<mergeCell ref='A1:A600000'/>"
    before = BEGINNING + b" " * (archive._CHUNK - len(BEGINNING) - len(merge))
    sheet = before + merge + b" " * 1000 + b"</worksheet>"
    check_archive(BytesIO(workbook(iter([]), extra={"xl/worksheets/sheet2.xml": sheet})))
    with pytest.raises(RefusedWorkbook, match="миллионы ячеек"):
        check_archive(BytesIO(workbook(iter([]), extra={"xl/worksheets/sheet2.xml": sheet.replace(b"  ", merge, 1)})))
