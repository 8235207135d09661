"""The errors and changes of an upload, page by page."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from municipalities.importing.listing import Changes, Errors, rows_of
from municipalities.importing.plan import CellChange, CellError, Plan, RowChange
from municipalities.models import ImportedFile, Municipality, WorkbookImport

pytestmark = pytest.mark.django_db


def rows(plan: Plan, *files: str, query: str = "") -> Changes | Errors:
    return rows_of(
        plan, WorkbookImport(pk=7), [ImportedFile(name=name) for name in files], QueryDict(query), AnonymousUser()
    )


def errors(number: int) -> Plan:
    return Plan(errors=[CellError(0, row, "G", "Статус", "Так нельзя.") for row in range(5, 5 + number)])


def test_pages_lead_to_the_upload_wherever_they_are_shown() -> None:
    last = rows(errors(101), "а.xlsx", query="page=2")
    assert last.previous_url == "/municipalities/import/7/?page=1"
    assert [[cell.shown for cell in line.cells] for line in last.lines] == [["105", "G «Статус»", "Так нельзя."]]


def test_the_file_is_named_when_there_are_several() -> None:
    [line] = rows(errors(1), "а.xlsx", "б.xlsx").lines
    assert line.cells[0].shown == "а.xlsx"


def test_changes_know_their_municipality_and_say_their_cells(kostroma: Municipality) -> None:
    cells = [CellChange("Население", "1", "2"), CellChange("Округ", "—", "ЦФО")]
    change = RowChange(0, 5, kostroma.pk, 1, "Кострома", cells, {}, None, [])
    [line] = rows(Plan(changes=[change]), "а.xlsx").lines
    assert line.row.municipality == kostroma
    assert [cell.value for cell in line.cells] == ["Кострома", 5, "Население: 1 → 2; Округ: — → ЦФО"]
