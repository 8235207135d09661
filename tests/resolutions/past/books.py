"""Workbooks of the past for tests: filled, edited as people edit them, read."""

import datetime as dt
from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from resolutions.past.book import FIRST_ROW, workbook_of
from resolutions.past.examples import EXAMPLE, EXAMPLES
from resolutions.past.reading import ReadBook, read_book
from resolutions.past.rows import PastRows, Sheet
from resolutions.past.sheets import SHEETS

TODAY = dt.date(2026, 3, 2)


def real_rows(rows: PastRows = EXAMPLES) -> PastRows:
    """The examples of the template as rows that are meant: «2019» for «пример-2019», each in its place."""
    return PastRows(**{one.name: tuple(_meant(getattr(rows, one.name))) for one in fields(rows)})


def _meant(rows: tuple[Any, ...]) -> list[Any]:
    found = []
    for number, row in enumerate(rows, start=FIRST_ROW):
        said = {one.name: getattr(row, one.name) for one in fields(row)} | {"row": number}
        found.append(type(row)(**{name: _without_mark(value) for name, value in said.items()}))
    return found


def _without_mark(value: Any) -> Any:
    return value.removeprefix(f"{EXAMPLE}-") if isinstance(value, str) and value.startswith(EXAMPLE) else value


def book_of(rows: PastRows | None = None) -> bytes:
    """What the portal writes of rows; of the examples without them."""
    return workbook_of(real_rows() if rows is None else rows, at=TODAY)


@cache
def _examples() -> bytes:
    """Written once: opening it takes long enough."""
    return book_of()


def edited(edit: Callable[[Any], object], book: bytes = b"") -> bytes:
    """The workbook after somebody opened, edited and saved it."""
    opened = load_workbook(BytesIO(book or _examples()))
    edit(opened)
    output = BytesIO()
    opened.save(output)
    return output.getvalue()


def with_cells(sheet: Sheet, /, **cells: Any) -> bytes:
    """The workbook with other values in some cells: `with_cells(Sheet.POINTS, number=0)` in the first row of points,
    `number_2=0` in the second.
    """

    def write(book: Any) -> None:
        for name, value in cells.items():
            field, _, place = name.rpartition("_")
            field, place = (field, place) if place.isdigit() else (name, "1")
            table: Worksheet = book[sheet.value]
            table[f"{SHEETS[sheet].letters[field]}{FIRST_ROW + int(place) - 1}"].value = value

    return edited(write)


def read(book: bytes) -> ReadBook:
    """What is read of it."""
    return read_book(BytesIO(book))


def told(book: bytes) -> list[tuple[str, int, str, str]]:
    """What is wrong with it: sheet, row, field, sentence, with plain spaces."""
    faults = read(book).faults
    return [(one.sheet.value, one.row, one.field, one.sentence.replace("\xa0", " ")) for one in faults]


def numbered(rows: PastRows) -> PastRows:
    """The same rows with the numbers that they get in a workbook."""
    return PastRows(
        **{
            one.name: tuple(replace(row, row=n) for n, row in enumerate(getattr(rows, one.name), start=FIRST_ROW))
            for one in fields(rows)
        }
    )
