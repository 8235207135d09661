"""The table among the sheets: its headings, wherever they stand, its rows, and what the export remembered."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from openpyxl.utils import get_column_letter

from municipalities.columns import IDENTITY, in_workbook, read_back
from municipalities.importing.archive import RefusedWorkbook, check_archive, damage_refused
from municipalities.importing.cells import (
    Cells,
    Row,
    heading_form,
    heading_rows,
    keys_of,
    load,
    numbered_rows,
    rows_below,
    told_twice,
)
from municipalities.registration import PartColumn
from municipalities.workbook import MEMORY_FORMAT, MEMORY_MARK, MEMORY_SHEET, AnyColumn
from russian.templatetags.russian import quoted

MAX_SHEETS = 30


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


def open_table(file: IO[bytes], further: Sequence[PartColumn] = ()) -> Table:
    """Find the table of municipalities in a workbook.

    Args:
        file: seekable; it must stay open while the rows are read.
        further: columns that rooms above bring.

    Returns:
        The table; reading its rows may raise `RefusedWorkbook` too.

    Raises:
        RefusedWorkbook: it is no workbook, a dangerous one, or one without the table.
    """
    check_archive(file)
    book = load(file)
    with damage_refused():
        sheet, heading_row, keys = _find_headings(book, further)
        memory = _memory(book)
    letters = {key: get_column_letter(place + 1) for place, key in keys.items()}
    return Table(letters, rows_below(sheet, heading_row, keys), memory)


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
    sheet, _, keys = _find_headings(load(file), ())
    file.seek(0)
    letters = {key: get_column_letter(place + 1) for place, key in keys.items()}
    return Place(sheet.title, letters[IDENTITY])


# --- headings ---


def _find_headings(book: Any, further: Sequence[PartColumn]) -> tuple[Any, int, dict[int, str]]:
    """The first visible sheet with all needed columns: the sheet, the number of the row, keys by place."""
    by_heading = _known_headings(book, further)
    best: set[str] = set()
    formula = False
    for sheet in book.worksheets[:MAX_SHEETS]:
        if sheet.sheet_state != "visible":
            continue
        for number, cells in heading_rows(sheet):
            formula = formula or any(cell.data_type == "f" for cell in cells)
            keys = keys_of(cells, by_heading)
            if not _missing(set(keys.values())):
                _refuse_twice(keys, cells)
                return sheet, number, keys
            best = max(best, set(keys.values()), key=len)
    if formula and not best:
        raise RefusedWorkbook("В ячейках формулы, а таблицы портала нет: замените формулы значениями.")
    raise RefusedWorkbook(_no_headings(best))


def _known_headings(book: Any, further: Sequence[PartColumn]) -> dict[str, str]:
    """Keys of columns by their headings of today, and by those that the export remembers."""
    columns: list[AnyColumn] = [*read_back(), *further]
    known, keys = {heading_form(one.title): one.key for one in columns}, {one.key for one in further}
    remembered = _remembered_headings(book).items()
    return known | {heading_form(heading): key for heading, key in remembered if key in keys}


def _missing(found: set[str]) -> list[str]:
    return [column.title for column, laid in in_workbook() if laid.needed and column.key not in found]


def _refuse_twice(keys: Mapping[int, str], cells: Cells) -> None:
    for sentence in told_twice(keys, cells).values():
        raise RefusedWorkbook(sentence)


def _no_headings(found: set[str]) -> str:
    missing = ", ".join(map(quoted, _missing(found)))
    if found:
        return f"В таблице не хватает столбцов: {missing}. Верните заголовки, какими их выгружает портал."
    return f"Это не таблица портала: на видимых листах нет строки с заголовками {missing}."


# --- what the export remembered ---


def _remembered_lines(book: Any) -> Iterator[Any]:
    """The lines of the hidden sheet; none without it."""
    if MEMORY_SHEET in book.sheetnames:
        yield from (cells[0].value for _, cells in numbered_rows(book[MEMORY_SHEET], last_column=1))


def _remembered_headings(book: Any) -> dict[str, str]:
    """Keys of the columns of rooms above, by their headings of then; none when somebody has been writing there."""
    try:
        headings = json.loads(next(_remembered_lines(book), None) or "{}").get("headings", {})
        return {str(heading): str(key) for heading, key in headings.items()}
    except (TypeError, ValueError, AttributeError):
        return {}


def _memory(book: Any) -> Memory | None:
    """What the export remembered; None without the hidden sheet, or when somebody has been writing there."""
    lines = _remembered_lines(book)
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
