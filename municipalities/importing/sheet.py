"""The table among the sheets: its headings, wherever they stand, its rows, and what the export remembered."""

import json
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from municipalities.columns import IDENTITY, in_workbook, read_back
from municipalities.importing.archive import MAX_ROWS, RefusedWorkbook, check_archive, damage_refused
from municipalities.values import FaultyValue
from municipalities.workbook import MEMORY_FORMAT, MEMORY_MARK, MEMORY_SHEET
from russian.templatetags.russian import grouped
from russian.text import search_form, tidy

MAX_COLUMNS = 64  # further to the right nobody looks for a heading
MAX_HEADING_ROW = 30
MAX_SHEETS = 30
MAX_CELL_LENGTH = 32_767  # characters; Excel's own limit


@dataclass(frozen=True, slots=True)
class Row:
    """A row that says something: its number in the sheet and its values by the keys of the columns."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True)
class Memory:
    """What each row said when it was exported.

    Attributes:
        names: of what a row remembers: the keys of the columns that the portal had then, and the version.
        rows: the values in that order, by ОКТМО.
    """

    names: tuple[str, ...]
    rows: dict[str, tuple[Any, ...]]

    def of(self, oktmo: str) -> dict[str, Any]:
        """What one row said; empty where it was not in the export."""
        return dict(zip(self.names, self.rows.get(oktmo, ()), strict=False))


@dataclass(frozen=True)
class Table:
    """What a workbook holds.

    Attributes:
        letters: column letters by key; only of the columns that are there.
        rows: the rows below the headings, read as they are asked for.
        memory: None when the workbook is not an export of this portal.
    """

    letters: dict[str, str]
    rows: Iterator[Row]
    memory: Memory | None

    @property
    def absent(self) -> list[str]:
        """Headings of columns that the import can do without, and has to."""
        return [column.title for column in read_back() if column.key not in self.letters]


def open_table(file: IO[bytes]) -> Table:
    """Find the table of municipalities in a workbook.

    Args:
        file: seekable; it must stay open while the rows are read.

    Returns:
        The table; reading its rows may raise `RefusedWorkbook` too.

    Raises:
        RefusedWorkbook: it is no workbook, a dangerous one, or one without the table.
    """
    check_archive(file)
    book = _load(file)
    with damage_refused():
        sheet, heading_row, keys = _find_headings(book)
        memory = _memory(book)
    letters = {key: get_column_letter(place + 1) for place, key in keys.items()}
    return Table(letters, _rows(sheet, heading_row, keys), memory)


@dataclass(frozen=True)
class Place:
    """Where the table stands: the title of its sheet, and the letter of the column ОКТМО."""

    sheet: str
    letter: str


def heading_place(file: IO[bytes]) -> Place:
    """Where `open_table` finds the table of a workbook that was checked.

    Args:
        file: seekable; its position is put back to the beginning.

    Raises:
        RefusedWorkbook: there is none.
    """
    sheet, _, keys = _find_headings(_load(file))
    file.seek(0)
    letters = {key: get_column_letter(place + 1) for place, key in keys.items()}
    return Place(sheet.title, letters[IDENTITY])


def _load(file: IO[bytes]) -> Any:
    with damage_refused(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about extensions that openpyxl would lose on saving; nothing is saved
        return load_workbook(file, read_only=True, data_only=False, keep_links=False)


def _cells(sheet: Any, *, first: int = 1, last_column: int = MAX_COLUMNS) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Numbered rows, whatever the sheet declares about its own size."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a date out of range comes as an error cell, and is named as one
        rows = sheet.iter_rows(min_row=1, max_row=MAX_ROWS + 1, max_col=last_column)
        yield from ((number, row) for number, row in enumerate(rows, start=1) if number >= first)


# --- headings ---


def _heading_form(text: str) -> str:
    return search_form(tidy(text)).strip(" *:.")


def _find_headings(book: Any) -> tuple[Any, int, dict[int, str]]:
    """The first visible sheet with all needed columns: the sheet, the number of the row, keys by place."""
    by_heading = {_heading_form(column.title): column.key for column in read_back()}
    best: set[str] = set()
    formula = False
    for sheet in book.worksheets[:MAX_SHEETS]:
        if sheet.sheet_state != "visible":
            continue
        for number, cells in islice(_cells(sheet), MAX_HEADING_ROW):
            formula = formula or any(cell.data_type == "f" for cell in cells)
            keys = _keys(cells, by_heading)
            if not _missing(set(keys.values())):
                _refuse_twice(keys)
                return sheet, number, keys
            best = max(best, set(keys.values()), key=len)
    if formula and not best:
        raise RefusedWorkbook("В ячейках формулы, а таблицы портала нет: замените формулы значениями.")
    raise RefusedWorkbook(_no_headings(best))


def _keys(cells: tuple[Any, ...], by_heading: dict[str, str]) -> dict[int, str]:
    texts = ((place, cell.value) for place, cell in enumerate(cells) if cell.data_type == "s")
    found = {place: by_heading.get(_heading_form(text[:200])) for place, text in texts if isinstance(text, str)}
    return {place: key for place, key in found.items() if key}


def _missing(found: set[str]) -> list[str]:
    return [column.title for column, laid in in_workbook() if laid.needed and column.key not in found]


def _refuse_twice(keys: dict[int, str]) -> None:
    for column in read_back():
        letters = [get_column_letter(place + 1) for place, key in keys.items() if key == column.key]
        if len(letters) > 1:
            raise RefusedWorkbook(f"Столбец «{column.title}» встречается дважды: {' и '.join(letters)}.")


def _no_headings(found: set[str]) -> str:
    missing = ", ".join(f"«{heading}»" for heading in _missing(found))
    if found:
        return f"В таблице не хватает столбцов: {missing}. Верните заголовки, какими их выгружает портал."
    return f"Это не таблица портала: на видимых листах нет строки с заголовками {missing}."


# --- rows ---


def _rows(sheet: Any, heading_row: int, keys: dict[int, str]) -> Iterator[Row]:
    with damage_refused():
        for number, cells in _cells(sheet, first=heading_row + 1, last_column=max(keys) + 1):
            values = {}
            for place, cell in enumerate(cells):
                if cell.value is not None:
                    _refuse_hostile(cell, number, place)
                    if place in keys:
                        values[keys[place]] = FaultyValue(cell.value) if cell.data_type == "e" else cell.value
            if any(not isinstance(value, str) or value.strip() for value in values.values()):
                yield Row(number, values)


def _refuse_hostile(cell: Any, number: int, place: int) -> None:
    """What no table of the portal holds, and what nobody should have to look at cell by cell."""
    if cell.data_type == "f":
        raise RefusedWorkbook(
            f"В ячейке {get_column_letter(place + 1)}{number} формула: замените формулы значениями "
            "(копировать, «Вставить только значения») и загрузите файл снова."
        )
    if isinstance(cell.value, str) and len(cell.value) > MAX_CELL_LENGTH:
        raise RefusedWorkbook(
            f"В ячейке {get_column_letter(place + 1)}{number} {grouped(len(cell.value))} знаков, "
            f"а Excel допускает {grouped(MAX_CELL_LENGTH)}: сократите текст."
        )


# --- what the export remembered ---


def _memory(book: Any) -> Memory | None:
    """The lines of the hidden sheet; None without it, or when somebody has been writing there."""
    if MEMORY_SHEET not in book.sheetnames:
        return None
    lines = (cells[0].value for _, cells in _cells(book[MEMORY_SHEET], last_column=1))
    try:
        head = json.loads(next(lines, None) or "{}")
        if head.get("mark") != MEMORY_MARK:
            return None
        if head.get("format") != MEMORY_FORMAT:
            raise RefusedWorkbook("Файл выгружен другой версией портала: выгрузите таблицу ещё раз.")
        names: tuple[str, ...] = ()
        rows = {}
        for row in (json.loads(line) for line in lines if line):
            names = names or ("version", *(name for name in row if name != "version"))
            rows[row[IDENTITY]] = tuple(row[name] for name in names)
        return Memory(names, rows)
    except (TypeError, ValueError, KeyError, AttributeError):
        return None
