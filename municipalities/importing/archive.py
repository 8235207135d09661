"""Is this a workbook, and a harmless one? Asked of the bytes, before a library that trusts them reads them.

openpyxl builds a Python object of every cell, so that a small file can fill the memory. What is checked here is the zip
directory and then the text of each part, streamed: the number of rows and tags is known before anything is parsed.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from documents.uploads import COMPOUND, MEBIBYTE, ZIP, sniff
from russian.templatetags.russian import grouped

MAX_FILE_BYTES = 10 * MEBIBYTE
MAX_ENTRIES = 2_000
MAX_PART_BYTES = 64 * MEBIBYTE
MAX_UNPACKED_BYTES = 96 * MEBIBYTE
MAX_RATIO = 250  # a sheet of twenty thousand rows packs to a fifteenth; only sameness packs to less than a 250th
RATIO_MATTERS_BYTES = 16 * MEBIBYTE
MAX_ROWS = 50_000
MAX_TAGS_IN_ROW = 40_000  # a row of Excel has 16,384 cells
MAX_TAGS = 4_000_000
MAX_STYLES_BYTES = 6 * MEBIBYTE
MAX_SPANNED_CELLS = 1_000_000
_CHUNK = 256 * 1024
_OVERLAP = 512  # the longest tag beginning that may lie across two chunks

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ROW = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?row[\s/>]")
_SPAN = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(?:mergeCell|hyperlink)\b[^>]*?\bref\s*=\s*[\"']([A-Za-z0-9:$]+)[\"']")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']+)[\"']")
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?\Z")

NOT_A_WORKBOOK = "Это не книга Excel: нужен файл .xlsx."
DAMAGED = "Файл повреждён: откройте его в Excel или LibreOffice, сохраните заново как .xlsx и загрузите снова."
BOMB = "Файл распаковывается в слишком большой объём: такие файлы портал не открывает."


class RefusedWorkbook(Exception):
    """The file as a whole cannot be read; the text is a Russian sentence for the person who uploaded it."""


@contextmanager
def damage_refused() -> Iterator[None]:
    """Let openpyxl read inside: it raises whatever it stumbles over.

    Raises:
        RefusedWorkbook: it stumbled; or what was refused inside.
    """
    try:
        yield
    except RefusedWorkbook:
        raise
    except Exception as damage:
        raise RefusedWorkbook(DAMAGED) from damage


def check_archive(file: IO[bytes]) -> None:
    """Let through what is a plain workbook of a reasonable size.

    Args:
        file: seekable; its position is put back to the beginning.

    Raises:
        RefusedWorkbook: it is anything else.
    """
    _check_beginning(file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_directory(entries)
            _check_sizes(entries)
            unpacked = sum(_check_part(archive, entry) for entry in entries)
            if unpacked > RATIO_MATTERS_BYTES and unpacked > MAX_RATIO * sum(entry.compress_size for entry in entries):
                raise RefusedWorkbook(BOMB)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError, RuntimeError):
        raise RefusedWorkbook(DAMAGED) from None
    finally:
        file.seek(0)


def _check_beginning(file: IO[bytes]) -> None:
    size = file.seek(0, 2)
    kind = sniff(file)
    if not size:
        raise RefusedWorkbook("Файл пуст.")
    if size > MAX_FILE_BYTES:
        raise RefusedWorkbook(f"Файл больше {MAX_FILE_BYTES // MEBIBYTE} МБ: удалите лишние листы и картинки.")
    if kind is COMPOUND:
        if _ENCRYPTED in file.read():
            raise RefusedWorkbook("Файл защищён паролем: снимите пароль, сохраните и загрузите снова.")
        raise RefusedWorkbook("Это файл старого формата .xls: сохраните его как «Книга Excel (.xlsx)».")
    if kind is not ZIP:
        raise RefusedWorkbook(NOT_A_WORKBOOK)


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    """What the directory of the archive declares."""
    names = {entry.filename for entry in entries}
    if len(entries) > MAX_ENTRIES or len(names) != len(entries):
        raise RefusedWorkbook(DAMAGED)
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusedWorkbook("Файл защищён паролем: снимите пароль, сохраните и загрузите снова.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedWorkbook("В файле есть макросы: сохраните его как «Книга Excel (.xlsx)» без макросов.")
    if "content.xml" in names and "mimetype" in names:
        raise RefusedWorkbook("Это таблица OpenDocument (.ods): сохраните её как «Excel 2007–365 (.xlsx)».")
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise RefusedWorkbook(NOT_A_WORKBOOK)


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """What the directory says about the unpacked sizes; reading stops at them, whatever the data would unpack to."""
    if any(entry.file_size > MAX_PART_BYTES for entry in entries):
        raise RefusedWorkbook(BOMB)
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise RefusedWorkbook(BOMB)
    if any(entry.file_size > MAX_STYLES_BYTES for entry in entries if entry.filename == "xl/styles.xml"):
        raise RefusedWorkbook("В файле слишком много стилей оформления: скопируйте таблицу в новую книгу.")


def _check_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> int:
    """Stream a part and count what a parser would have to build.

    Returns:
        Its real size, in bytes.
    """
    is_xml = entry.filename.endswith((".xml", ".rels"))
    size, counter = 0, _Tags()
    with archive.open(entry) as part:
        tail = b""
        while chunk := part.read(_CHUNK):
            if is_xml and not size:
                _check_encoding(chunk)
            size += len(chunk)
            if is_xml:
                counter.count(tail, chunk)
                tail = (tail + chunk)[-_OVERLAP:]
    if entry.filename == "[Content_Types].xml" and b"macroEnabled" in tail:
        raise RefusedWorkbook("В файле есть макросы: сохраните его как «Книга Excel (.xlsx)» без макросов.")
    return size


def _check_encoding(beginning: bytes) -> None:
    """Counting bytes says something about UTF-8 alone; Excel and LibreOffice write nothing else."""
    declared = _ENCODING.search(beginning[:200].partition(b"?>")[0])
    if b"\x00" in beginning[:4] or beginning[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise RefusedWorkbook(DAMAGED)
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        raise RefusedWorkbook(DAMAGED)


class _Tags:
    """Counts rows and tags of one part as it streams by, and refuses at the first excess."""

    def __init__(self) -> None:
        self.rows = self.tags = self.tags_in_row = self.spanned = 0

    def count(self, tail: bytes, chunk: bytes) -> None:
        """Count a chunk.

        Args:
            tail: the end of what came before, for what lies across.
            chunk: what comes now.
        """
        text, new = tail + chunk, len(tail)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise RefusedWorkbook("В файле есть определения сущностей XML (DTD): такие файлы портал не открывает.")
        self._count_rows(text, new)
        for span in _SPAN.finditer(text):
            if span.end() > new:
                self.spanned += _cells_in(span[1].decode())
        if self.spanned > MAX_SPANNED_CELLS:
            raise RefusedWorkbook(
                "В файле объединены или связаны ссылкой миллионы ячеек: скопируйте таблицу в новую книгу."
            )

    def _count_rows(self, text: bytes, new: int) -> None:
        start = new
        for row in _ROW.finditer(text, max(0, new - 40)):
            if row.end() <= new:
                continue
            self._add(text.count(b"<", start, max(start, row.start())))
            self.rows, self.tags_in_row, start = self.rows + 1, 0, max(start, row.start())
            if self.rows > MAX_ROWS:
                raise RefusedWorkbook(
                    f"На листе больше {grouped(MAX_ROWS)} строк, хотя бы и пустых: "
                    "скопируйте таблицу в новую книгу и загрузите её."
                )
        self._add(text.count(b"<", start))

    def _add(self, tags: int) -> None:
        self.tags += tags
        self.tags_in_row += tags
        if self.tags > MAX_TAGS or (self.rows and self.tags_in_row > MAX_TAGS_IN_ROW):
            raise RefusedWorkbook("На листе слишком много ячеек: скопируйте таблицу в новую книгу и загрузите её.")


def _cells_in(reference: str) -> int:
    """How many cells a reference spans: «A1:C3» → 9; what is no reference counts as too many."""
    found = _RANGE.match(reference.upper())
    if not found:
        return MAX_SPANNED_CELLS + 1
    left, top, right, bottom = found[1], int(found[2]), found[3] or found[1], int(found[4] or found[2])
    return (abs(_column(right) - _column(left)) + 1) * (abs(bottom - top) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
