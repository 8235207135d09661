"""Cells of a sheet as openpyxl reads them: headings wherever they stand, and the rows below, with nothing hostile."""

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, TypeAlias

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from municipalities.importing.archive import MAX_ROWS, RefusedWorkbook, damage_refused
from municipalities.values import FaultyValue
from russian.templatetags.russian import grouped, quoted
from russian.text import search_form, tidy

MAX_COLUMNS = 512  # further to the right nobody looks for a heading; a point of a decision takes five
MAX_HEADING_ROW = 30
LONGEST_HEADING = 200  # characters that are compared
MAX_CELL_LENGTH = 32_767  # characters; Excel's own limit

Cells: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that says something: its number in the sheet and its values by the keys of the columns."""

    number: int
    values: dict[str, Any]


def load(file: IO[bytes]) -> Any:
    """Open a workbook that was checked.

    Args:
        file: seekable; it must stay open while rows are read.

    Raises:
        RefusedWorkbook: it is damaged.
    """
    with damage_refused(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about extensions that openpyxl would lose on saving; nothing is saved
        return load_workbook(file, read_only=True, data_only=False, keep_links=False)


def numbered_rows(sheet: Any, *, first: int = 1, last_column: int = MAX_COLUMNS) -> Iterator[tuple[int, Cells]]:
    """Numbered rows, whatever the sheet declares about its own size."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a date out of range comes as an error cell, and is named as one
        rows = sheet.iter_rows(min_row=1, max_row=MAX_ROWS + 1, max_col=last_column)
        yield from ((number, row) for number, row in enumerate(rows, start=1) if number >= first)


# --- headings ---


def heading_rows(sheet: Any) -> Iterator[tuple[int, Cells]]:
    """The rows among which headings are looked for."""
    return islice(numbered_rows(sheet), MAX_HEADING_ROW)


def heading_form(text: str) -> str:
    """What two headings are compared by: no letter case, no mark of a needed column."""
    return search_form(tidy(text[:LONGEST_HEADING])).strip(" *:.")


def keys_of(cells: Cells, by_heading: Mapping[str, str]) -> dict[int, str]:
    """Which columns a row is the headings of.

    Args:
        cells: of the row.
        by_heading: keys of columns by the forms of their headings.

    Returns:
        Keys by place, from 0 on.
    """
    texts = ((place, cell.value) for place, cell in enumerate(cells) if cell.data_type == "s")
    found = {place: by_heading.get(heading_form(text)) for place, text in texts if isinstance(text, str)}
    return {place: key for place, key in found.items() if key}


def told_twice(keys: Mapping[int, str], cells: Cells) -> dict[str, str]:
    """A sentence for each column that stands in several places, by its key.

    Args:
        keys: as of `keys_of`.
        cells: of the row of headings.
    """
    told = {}
    for key in dict.fromkeys(keys.values()):
        places = [place for place, one in keys.items() if one == key]
        if len(places) > 1:
            letters = " и ".join(get_column_letter(place + 1) for place in places)
            told[key] = f"Столбец {quoted(tidy(cells[places[0]].value))} встречается дважды: {letters}."
    return told


# --- rows ---


def rows_below(sheet: Any, heading_row: int, keys: Mapping[int, str], *, of_sheet: str = "") -> Iterator[Row]:
    """The rows below the headings that say something in a column that is asked for, as they are read.

    Args:
        sheet: of a workbook that was loaded.
        heading_row: the number of the row of headings.
        keys: as of `keys_of`.
        of_sheet: « листа «Письма»», where a sentence has to say so.

    Raises:
        RefusedWorkbook: it is damaged, or a cell is one that nobody should have to look at.
    """
    with damage_refused():
        for number, cells in numbered_rows(sheet, first=heading_row + 1, last_column=max(keys) + 1):
            values = {}
            for place, cell in enumerate(cells):
                if cell.value is not None:
                    _refuse_hostile(cell, f"{get_column_letter(place + 1)}{number}{of_sheet}")
                    if place in keys:
                        values[keys[place]] = FaultyValue(cell.value) if cell.data_type == "e" else cell.value
            if any(not isinstance(value, str) or value.strip() for value in values.values()):
                yield Row(number, values)


def _refuse_hostile(cell: Any, name: str) -> None:
    """What no table of the portal holds, and what nobody should have to look at cell by cell."""
    if cell.data_type == "f":
        raise RefusedWorkbook(
            f"В ячейке {name} формула: замените формулы значениями "
            "(копировать, «Вставить только значения») и загрузите файл снова."
        )
    if isinstance(cell.value, str) and len(cell.value) > MAX_CELL_LENGTH:
        raise RefusedWorkbook(
            f"В ячейке {name} {grouped(len(cell.value))} знаков, "
            f"а Excel допускает {grouped(MAX_CELL_LENGTH)}: сократите текст."
        )
