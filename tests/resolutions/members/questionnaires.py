"""Questionnaires for tests: given out, filled in, loaded."""

import datetime as dt
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from accounts.models import User
from municipalities.importing.applying import apply
from municipalities.importing.batches import start
from municipalities.importing.plan import Plan, digest
from municipalities.models import Municipality, WorkbookImport
from municipalities.workbook import HEADER_ROW, questionnaire_workbook
from resolutions.questionnaire import CELLS
from tests.municipalities.imports.books import edited, upload

FIRST = HEADER_ROW + 1
POINT = "Пункт 1 решения от 27\xa0июня\xa02024\xa0г."
HEADING = f"{POINT}: {{}}"
DONE, RESULT, OBSTACLES, NEXT, DAY = (HEADING.format(cell.heading) for cell in CELLS)
FILLED: dict[str, Any] = {DONE: "Изучили опыт.\nПровели семинар.", RESULT: "План утверждён.", DAY: dt.date(2024, 9, 1)}


def questionnaire(*municipalities: Municipality) -> bytes:
    keys = [one.pk for one in municipalities]
    return questionnaire_workbook(Municipality.objects.filter(pk__in=keys).order_by("oktmo"))


def headings(book: bytes) -> list[str]:
    sheet = load_workbook(BytesIO(book)).worksheets[0]
    return [str(cell.value) for cell in sheet[HEADER_ROW] if cell.value]


def cells(book: bytes, row: int = FIRST) -> dict[str, Any]:
    """What a row of a workbook says, by headings."""
    sheet = load_workbook(BytesIO(book)).worksheets[0]
    return {str(head.value): cell.value for head, cell in zip(sheet[HEADER_ROW], sheet[row], strict=True)}


def filled(book: bytes, said: dict[str, Any], row: int = FIRST) -> bytes:
    """A workbook after somebody typed into cells below some headings."""
    places = {heading: place for place, heading in enumerate(headings(book), start=1)}

    def write(sheet: Any) -> None:
        for heading, value in said.items():
            sheet.cell(row, places[heading]).value = value

    return edited(book, write)


def loaded(book: bytes, by: User, name: str = "анкета.xlsx") -> WorkbookImport:
    """An upload that was read; nothing is written yet."""
    return start([upload(book, name)], by=by)


def write(batch: WorkbookImport, by: User) -> None:
    apply(batch, seen=digest(batch.plan), by=by)


def errors(batch: WorkbookImport) -> list[tuple[str, str]]:
    """What is wrong: heading and sentence."""
    return [(error.column, error.text) for error in Plan.from_json(batch.plan).errors]


def changes(batch: WorkbookImport) -> dict[str, tuple[str, str]]:
    """What changes: heading, old, new."""
    plan = Plan.from_json(batch.plan)
    return {cell.column: (cell.before, cell.after) for change in plan.changes for cell in change.cells}
