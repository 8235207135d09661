"""The table among the sheets: its headings, wherever they stand, its rows, and what the export remembered."""

import json
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from municipalities.columns import IDENTITY, in_workbook, read_back
from municipalities.importing.archive import MAX_ROWS, RefusedWorkbook, check_archive, damage_refused
from municipalities.registration import PartColumn
from municipalities.values import FaultyValue
from municipalities.workbook import MEMORY_FORMAT, MEMORY_MARK, MEMORY_SHEET, AnyColumn
from russian.templatetags.russian import grouped
from russian.text import search_form, tidy

MAX_COLUMNS = 512  # further to the right nobody looks for a heading; a point of a decision takes five
MAX_HEADING_ROW = 30
LONGEST_HEADING = 200  # characters that are compared
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
    book = _load(file)
    with damage_refused():
        sheet, heading_row, keys = _find_headings(book, further)
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
    sheet, _, keys = _find_headings(_load(file), ())
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
    return search_form(tidy(text[:LONGEST_HEADING])).strip(" *:.")


def _find_headings(book: Any, further: Sequence[PartColumn]) -> tuple[Any, int, dict[int, str]]:
    """The first visible sheet with all needed columns: the sheet, the number of the row, keys by place."""
    by_heading = _known_headings(book, further)
    best: set[str] = set()
    formula = False
    for sheet in book.worksheets[:MAX_SHEETS]:
        if sheet.sheet_state != "visible":
            continue
        for number, cells in islice(_cells(sheet), MAX_HEADING_ROW):
            formula = formula or any(cell.data_type == "f" for cell in cells)
            keys = _keys(cells, by_heading)
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
    known, keys = {_heading_form(one.title): one.key for one in columns}, {one.key for one in further}
    remembered = _remembered_headings(book).items()
    return known | {_heading_form(heading): key for heading, key in remembered if key in keys}


def _keys(cells: tuple[Any, ...], by_heading: dict[str, str]) -> dict[int, str]:
    texts = ((place, cell.value) for place, cell in enumerate(cells) if cell.data_type == "s")
    found = {place: by_heading.get(_heading_form(text)) for place, text in texts if isinstance(text, str)}
    return {place: key for place, key in found.items() if key}


def _missing(found: set[str]) -> list[str]:
    return [column.title for column, laid in in_workbook() if laid.needed and column.key not in found]


def _refuse_twice(keys: dict[int, str], cells: tuple[Any, ...]) -> None:
    for key in dict.fromkeys(keys.values()):
        places = [place for place, one in keys.items() if one == key]
        if len(places) > 1:
            letters = " и ".join(get_column_letter(place + 1) for place in places)
            raise RefusedWorkbook(f"Столбец «{tidy(cells[places[0]].value)}» встречается дважды: {letters}.")


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


def _remembered_lines(book: Any) -> Iterator[Any]:
    """The lines of the hidden sheet; none without it."""
    if MEMORY_SHEET in book.sheetnames:
        yield from (cells[0].value for _, cells in _cells(book[MEMORY_SHEET], last_column=1))


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
