"""Promises name a point, and count for it."""

import datetime as dt
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Commitment
from resolutions.execution.printed import sections_of
from resolutions.execution.workbook import execution_workbook
from resolutions.models import (
    DecisionPoint,
    PointPromise,
)
from tests.conftest import ClientFor
from tests.municipalities.practices.factory import promise, step
from tests.resolutions.factory import point_step
from tests.resolutions.members.helpers import listed, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_promise_names_the_point_and_counts_for_it(
    client_for: ClientFor, shared: DecisionPoint, kostroma_official: User, kostroma: Municipality
) -> None:
    official = client_for(kostroma_official)
    said = {"measure": "Поставить датчики", "due_on": "2025-03-01", "who": "Отдел связи", "happened_on": "2024-09-01"}
    bad = official.post(reverse("commitment_make", args=["kostroma"]), said | {"point": "999"})
    assert bad.status_code == 422
    assert official.post(reverse("commitment_make", args=["kostroma"]), said | {"point": shared.pk}).status_code == 302
    tie = PointPromise.objects.get()
    assert (tie.point, tie.commitment.municipality) == (shared, kostroma)
    assert DecisionPoint.objects.get(pk=shared.pk).begun_by_deed
    assert "Поставить датчики" in listed(client_for(None), shared, part="promised")
    assert "Пункт 1 решения от 27 июня 2024 г." in text_of(official.get(tie.commitment.get_absolute_url()))


def test_a_figure_of_the_card_and_of_the_report_opens_the_promises_to_the_point(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    named = [promise(kostroma, "Датчики", "2024-09-01", "2024-10-01"), promise(kostroma, "Табло", "2024-09-01")]
    named.append(step(promise(arkhangelsk, "Свет", "2024-09-01", "2024-10-01"), "kept", "2024-10-11"))
    for made in named:
        PointPromise.objects.create(commitment=made, point=shared)
    promise(kostroma, "По другому поводу", "2024-09-01")
    DecisionPoint.take_note_of_deeds(shared.pk)
    listed = f"{reverse('commitments')}?point={shared.pk}"
    days = "&amp;as_of=2024-10-05"
    card = text_of(client_for(None).get(shared.get_absolute_url()))
    for state, number in (("open", 2), ("late", 2), ("kept", 1), ("kept-late", 1)):
        assert f'<a href="{listed}&amp;state={state}" data-figure>{number}</a>' in card
    report = client_for(None).get(reverse("execution", args=[shared.resolution.slug]), {"as_of": "2024-10-05"})
    for state, number in (("open", 3), ("late", 2)):
        assert f'<a href="{listed}{days}&amp;state={state}" data-figure>{number}</a>' in text_of(report)
    told = report.context["report"].points[0]
    assert told.promises_told == "Выполняются: 3. Из них просрочены: 2. Исполнены: 0."
    assert told.promises_are_late  # all of it was written down since
    printed = [line for section in sections_of(report.context["report"]) for line in section.paragraphs]
    assert f"Обязательства: {told.promises_told} (внесено позже отчётной даты)" in printed
    sheet = load_workbook(BytesIO(execution_workbook(report.context["report"]))).worksheets[0]
    assert told.promises_told in [cell.value for row in sheet.iter_rows() for cell in row]
    rows = client_for(None).get(listed + "&as_of=2024-10-05&state=late").context["listing"].lines
    assert {line.row.label for line in rows} == {"Датчики", "Свет"}
    both = client_for(None).get(reverse("commitments")).context["listing"].form.fields["point"].choices
    assert [key for key, _ in both] == ["", str(shared.pk)]


def test_the_card_of_a_point_for_one_tells_whose_promise_it_is(
    client_for: ClientFor, point: DecisionPoint, kostroma: Municipality
) -> None:
    PointPromise.objects.create(commitment=promise(kostroma, "Датчики", "2024-09-01"), point=point)
    DecisionPoint.take_note_of_deeds(point.pk)
    assert 'Кострома: <a href="/practices/commitments/' in text_of(client_for(None).get(point.get_absolute_url()))


def test_a_promise_on_which_the_progress_rests_is_not_voided(
    client_for: ClientFor, shared: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    said = {"measure": "Поставить датчики", "due_on": "2025-03-01", "who": "Отдел связи", "happened_on": "2024-09-01"}
    client_for(kostroma_official).post(reverse("commitment_make", args=["kostroma"]), said | {"point": shared.pk})
    point_step(shared, "report", by=secretariat, on=dt.date(2024, 10, 1))
    made = Commitment.objects.get()
    address = reverse("commitment_void", args=[made.pk, made.steps.get().pk])
    answer = client_for(secretariat).post(address, {"reason": "Ошибка.", "version": made.version})
    assert answer.status_code == 422
    assert "Станет невозможной более поздняя запись «Доложено об исполнении»" in text_of(answer)
    assert Commitment.objects.get().state == "open"


def test_a_promise_names_no_point_before_its_day_nor_one_that_was_somebody_elses(
    client_for: ClientFor, shared: DecisionPoint, kostroma_official: User
) -> None:
    official = client_for(kostroma_official)
    said = {"measure": "Датчики", "due_on": "2025-03-01", "who": "Отдел связи", "point": shared.pk}
    for day, told in (("2024-06-01", "раньше даты решения"), ("2024-07-02", "не был обращён к этому")):
        answer = official.post(reverse("commitment_make", args=["kostroma"]), said | {"happened_on": day})
        assert answer.status_code == 422
        assert told in text_of(answer)
    assert not Commitment.objects.exists()


def test_a_point_that_is_offered_no_more_is_not_passed_over_in_silence(
    client_for: ClientFor, kostroma_official: User
) -> None:
    said = {"measure": "Датчики", "due_on": "2030-03-01", "who": "Отдел", "happened_on": "2024-09-01", "point": "7"}
    answer = client_for(kostroma_official).post(reverse("commitment_make", args=["kostroma"]), said)
    assert answer.status_code == 422
    assert "Выбранного пункта больше нет" in text_of(answer)


def test_no_promise_is_due_in_a_year_that_nobody_means(client_for: ClientFor, kostroma_official: User) -> None:
    said = {"measure": "Датчики", "due_on": "9999-12-31", "who": "Отдел", "happened_on": "2024-09-01"}
    answer = client_for(kostroma_official).post(reverse("commitment_make", args=["kostroma"]), said)
    assert "Проверьте год" in text_of(answer)
