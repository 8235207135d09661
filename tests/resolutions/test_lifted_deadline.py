"""«Срок снят»: a deadline is taken back, and the point stays under control without one."""

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from resolutions.due import tasks_for
from resolutions.execution.point_report import PointReport
from resolutions.execution.printed import sections_of
from resolutions.execution.report import report_on
from resolutions.execution.workbook import HEADER_ROW, POINTS, execution_workbook
from resolutions.forms.points import DUE_NOT_YET, DUE_STANDS
from resolutions.models import DecisionPoint, Instruction
from tests.conftest import ClientFor
from tests.resolutions.factory import instruct, parties, point_step

pytestmark = pytest.mark.slow

LIFT = {"lifts_due": "on", "text": "Срок больше не нужен."}
INSTRUCT = {"responsible": "body:secretariat", "controller": "body:chair", "warn_days": "14", "term_unit": "calendar"}
EXTEND = {"behalf_ground": "по устному поручению", "term_unit": "calendar"}
DUE = dt.date(2024, 8, 1)


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def dated(point: DecisionPoint, secretariat: User) -> DecisionPoint:
    """A point that is due on a day."""
    instruct(point, by=secretariat, due_on=DUE)
    return point


def post(client: Client, point: DecisionPoint, action: str, **data: Any) -> Any:
    address = reverse("point_step", args=[point.resolution.slug, point.number, action])
    return client.post(address, {"happened_on": "2024-07-10", "version": point.version} | data)


def page(response: Any) -> str:
    found: str = response.content.decode().replace("\xa0", " ")
    return found


@pytest.mark.parametrize(("action", "asked"), [("instruct", INSTRUCT), ("extend", EXTEND)])
def test_a_deadline_is_taken_back_with_a_reason(
    client: Client, dated: DecisionPoint, action: str, asked: dict[str, str]
) -> None:
    form = client.get(reverse("point_step", args=[dated.resolution.slug, dated.number, action]))
    assert "Срок снят: пункт контролируется без срока" in page(form)
    refused = post(client, dated, action, **asked | LIFT | {"text": ""})
    assert (refused.status_code, DecisionPoint.objects.get(pk=dated.pk).due_on) == (422, DUE)
    assert post(client, dated, action, **asked | LIFT).status_code == 302
    assert DecisionPoint.objects.get(pk=dated.pk).due_on is None
    card = page(client.get(dated.get_absolute_url()))
    assert "Срок: 1 августа 2024 г. → снят" in card
    assert "<dd>снят 10 июля 2024 г.</dd>" in card


@pytest.mark.parametrize("named", [{"due_on": "2024-09-01"}, {"term_days": "10"}])
def test_a_deadline_is_either_named_or_taken_back(client: Client, dated: DecisionPoint, named: dict[str, str]) -> None:
    response = post(client, dated, "extend", **EXTEND | LIFT | named)
    assert response.status_code == 422
    assert "Укажите что-то одно: новый срок или то, что срок снят." in page(response)
    assert DecisionPoint.objects.get(pk=dated.pk).due_on == DUE


@pytest.mark.parametrize("named", [{"due_on": "2024-09-01"}, {"term_days": "10"}])
def test_an_instruction_cannot_say_both_either(client: Client, point: DecisionPoint, named: dict[str, str]) -> None:
    response = post(client, point, "instruct", **INSTRUCT | LIFT | named)
    assert response.status_code == 422
    assert "Укажите что-то одно" in page(response)
    assert not point.progress.exists()


def test_where_there_is_no_deadline_nothing_is_taken_back(client: Client, dated: DecisionPoint) -> None:
    response = post(client, dated, "instruct", **INSTRUCT | LIFT | {"happened_on": "2024-07-01"})
    assert response.status_code == 422
    assert "На 1 июля 2024 г.: срок и так не установлен." in page(response)


def reported(point: DecisionPoint, day: dt.date) -> PointReport:
    return next(one for one in report_on(point.resolution, day, with_letters=True).points if one.number == point.number)


def test_the_report_says_that_it_was_taken_back_and_misses_no_deadline(dated: DecisionPoint, secretariat: User) -> None:
    lifted = Instruction(lifts_due=True)
    point_step(dated, "extend", by=secretariat, on=dt.date(2024, 7, 10), instruction=lifted)
    before, after = (reported(dated, dt.date(2024, 7, day)) for day in (9, 10))
    assert (before.due_on, after.due_on, after.lifted_on) == (DUE, None, dt.date(2024, 7, 10))
    assert after.due_in_words.replace("\xa0", " ") == "снят 10 июля 2024 г."
    assert after.done[-1].text.endswith("→ снят")
    assert "Срок не установлен." not in after.open
    assert "Срок не установлен" not in next(one.why for one in tasks_for(secretariat, DUE) if "Пункт 1" in one.what)


def test_the_printed_report_and_the_workbook_say_it_too(dated: DecisionPoint, secretariat: User) -> None:
    lifted = Instruction(lifts_due=True)
    point_step(dated, "extend", by=secretariat, on=dt.date(2024, 7, 10), instruction=lifted)
    told = report_on(dated.resolution, dt.date(2024, 7, 10), with_letters=True)
    printed = next(one for one in sections_of(told) if one.heading.startswith("Пункт 1."))
    assert "Срок: снят 10 июля 2024 г." in [line.replace("\xa0", " ") for line in printed.paragraphs]
    sheet = load_workbook(BytesIO(execution_workbook(told)))[POINTS]
    assert "снят 10 июля 2024 г." in [str(cell.value).replace("\xa0", " ") for cell in sheet[HEADER_ROW + 1]]


def test_a_deadline_named_anew_is_not_taken_back_any_more(dated: DecisionPoint, secretariat: User) -> None:
    lifted = Instruction(lifts_due=True)
    point_step(dated, "extend", by=secretariat, on=dt.date(2024, 7, 10), instruction=lifted)
    instruct(dated, by=secretariat, due_on=DUE)  # dated before it, so that it is still taken back
    assert dated.due_on is None
    again = Instruction(*parties(), due_on=DUE)
    point_step(dated, "instruct", by=secretariat, on=dt.date(2024, 7, 11), instruction=again)
    assert reported(dated, dt.date(2024, 7, 11)).lifted_on is None


def test_an_instruction_without_a_note_says_it_in_words(dated: DecisionPoint, secretariat: User) -> None:
    lifted = Instruction(*parties(), lifts_due=True)
    entry = point_step(dated, "instruct", by=secretariat, text="", instruction=lifted)
    assert entry.text == "Ответственный: Секретариат Союза; контролирует: Председатель Союза; срок снят."


# --- an instruction of a day on which no deadline stood yet ---


def test_an_earlier_instruction_is_asked_for_its_deadline_before_it_is_taken(
    client: Client, dated: DecisionPoint
) -> None:
    """The page of today does not ask: today a deadline stands."""
    said = INSTRUCT | {"happened_on": "2024-07-01"}
    response = post(client, dated, "instruct", **said)
    assert response.status_code == 422
    assert DUE_NOT_YET in page(response)
    assert 'name="due_on"' in page(response)
    assert post(client, dated, "instruct", **said, due_on="2024-08-01").status_code == 302
    assert dated.progress.get(happened_on=dt.date(2024, 7, 1)).due_on == dt.date(2024, 8, 1)


def test_it_may_name_none(client: Client, dated: DecisionPoint) -> None:
    assert post(client, dated, "instruct", **INSTRUCT | {"happened_on": "2024-07-01"}, due_on="").status_code == 302


def test_a_deadline_that_is_typed_where_one_stands_is_not_lost_and_needs_a_reason(
    client: Client, dated: DecisionPoint
) -> None:
    response = post(client, dated, "instruct", **INSTRUCT, due_on="2031-05-06")
    assert response.status_code == 422
    assert DUE_STANDS in page(response)
    assert 'value="2031-05-06"' in page(response)
    assert post(client, dated, "instruct", **INSTRUCT, due_on="2031-05-06", text="По просьбе.").status_code == 302
