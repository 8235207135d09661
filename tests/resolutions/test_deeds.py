"""Work on a point is under way from its first letter on, whether anybody wrote «Исполнение начато» or not."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from resolutions.execution.report import report_on
from resolutions.models import DecisionPoint, Instruction, PointState, StepRefused
from resolutions.models.deeds import letters_as_deeds
from resolutions.models.point_standing import point_on
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.resolutions.factory import letter, parties, point_step, register, send, step, void

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def july(day: int) -> dt.date:
    return dt.date(2024, 7, day)


def state(point: DecisionPoint, day: dt.date | None = None, *, known_on: dt.date | None = None) -> str:
    """How far the point was, by its ledgers; today by its columns too."""
    point.refresh_from_db()
    if day is None:
        assert point.standing() == point.kept()
        return point.state
    deeds = letters_as_deeds((one.steps.all() for one in point.letters.all()), known_on=known_on)
    return point_on(point.progress.all(), deeds, day, known_on=known_on).state


def test_a_registered_letter_begins_the_work_from_its_day(appeal_point: DecisionPoint, secretariat: User) -> None:
    """Rows 2 to 5 of the worked example: typed in on 21 July, the letter after the instruction."""
    with at("2024-07-21 12:00"):
        said = Instruction(*parties(), dt.date(2024, 12, 27))
        point_step(appeal_point, "instruct", by=secretariat, on=july(20), instruction=said)
        send(letter(appeal_point.resolution, "appeal", point=appeal_point), by=secretariat, on=july(5))
    assert state(appeal_point) == PointState.IN_PROGRESS
    assert [state(appeal_point, july(day)) for day in (4, 5, 10)] == ["planned", "in_progress", "in_progress"]
    assert state(appeal_point, july(10), known_on=july(20)) == PointState.PLANNED


def test_the_beginning_may_still_be_written_down_once(
    client_for: ClientFor, appeal_point: DecisionPoint, secretariat: User
) -> None:
    register(letter(appeal_point.resolution, "appeal", point=appeal_point), by=secretariat, on=july(5))
    appeal_point.refresh_from_db()
    address = reverse("point_step", args=[appeal_point.resolution.slug, 2, "start"])
    data = {"text": "Начато.", "happened_on": "2024-07-03", "version": appeal_point.version}
    assert client_for(secretariat).post(address, data).status_code == 302
    assert (state(appeal_point), state(appeal_point, july(3))) == ("in_progress", "in_progress")
    page = client_for(secretariat).get(address).content.decode()
    assert "Сейчас этот шаг недоступен. Исполнение уже начато." in page
    with pytest.raises(StepRefused, match="Исполнение уже начато"):
        point_step(appeal_point, "start", by=secretariat, on=july(9))


def test_the_report_keeps_the_first_letter_whatever_came_since(appeal_point: DecisionPoint, secretariat: User) -> None:
    register(letter(appeal_point.resolution, "appeal", point=appeal_point), by=secretariat, on=july(5))
    point_step(appeal_point, "report", by=secretariat, on=july(20))

    def done() -> list[str]:
        point = next(
            one for one in report_on(appeal_point.resolution, july(31), with_letters=False).points if one.number == 2
        )
        return [f"{one.day.day} {one.what or one.text}" for one in point.done]

    assert done() == ["5 По пункту зарегистрировано письмо.", "20 Доложено об исполнении"]
    point_step(appeal_point, "start", by=secretariat, on=july(3))
    assert done() == ["3 Исполнение начато", "20 Доложено об исполнении"]


def test_what_rests_on_a_letter_alone_is_legal_and_keeps_it(appeal_point: DecisionPoint, secretariat: User) -> None:
    appeal = letter(appeal_point.resolution, "appeal", point=appeal_point)
    register(appeal, by=secretariat, on=july(5))
    report = point_step(appeal_point, "report", by=secretariat, on=july(8))
    with pytest.raises(StepRefused, match="Станет невозможной более поздняя запись «Доложено об исполнении»"):
        step(appeal, "annul", by=secretariat, on=july(7), text="Лишнее.")
    appeal.refresh_from_db()
    assert (appeal.state, state(appeal_point)) == ("registered", "reported")
    with pytest.raises(StepRefused, match="доложить можно о пункте, который в работе"):
        point_step(appeal_point, "report", by=secretariat, on=july(4))
    void(report, by=secretariat)
    step(appeal, "annul", by=secretariat, on=july(9), text="Лишнее.")
    assert state(appeal_point) == PointState.PLANNED
    assert [state(appeal_point, july(day)) for day in (8, 9)] == ["in_progress", "planned"]


def test_an_annulment_that_is_voided_brings_the_work_back(appeal_point: DecisionPoint, secretariat: User) -> None:
    appeal = letter(appeal_point.resolution, "appeal", point=appeal_point)
    register(appeal, by=secretariat, on=july(5))
    annulled = step(appeal, "annul", by=secretariat, on=july(7), text="Лишнее.")
    assert state(appeal_point) == PointState.PLANNED
    void(annulled, by=secretariat)
    assert state(appeal_point) == PointState.IN_PROGRESS


def test_a_letter_on_a_cancelled_point_begins_nothing(appeal_point: DecisionPoint, secretariat: User) -> None:
    appeal = letter(appeal_point.resolution, "appeal", point=appeal_point)
    point_step(appeal_point, "cancel", by=secretariat, on=july(4))
    register(appeal, by=secretariat, on=july(5))
    assert state(appeal_point) == PointState.CANCELLED


def test_the_card_keeps_its_version_so_that_open_forms_hold(appeal_point: DecisionPoint, secretariat: User) -> None:
    before = appeal_point.version
    register(letter(appeal_point.resolution, "appeal", point=appeal_point), by=secretariat, on=july(5))
    appeal_point.refresh_from_db()
    assert appeal_point.version == before


def test_the_report_and_the_public_read_it_too(appeal_point: DecisionPoint, secretariat: User) -> None:
    with at("2024-07-21 12:00"):
        register(letter(appeal_point.resolution, "appeal", point=appeal_point), by=secretariat, on=july(5))

    def told(day: int, known_on: dt.date | None = None) -> str:
        report = report_on(appeal_point.resolution, july(day), known_on=known_on, with_letters=False)
        return report.points[1].state

    assert (told(4), told(5), told(5, july(20))) == ("planned", "in_progress", "planned")
    page = Client().get(appeal_point.get_absolute_url()).content.decode()
    assert "В работе" in page
    assert (
        "Исполнение начато: по пункту есть зарегистрированное письмо, доклад члена Союза или принятое обязательство."
        in page
    )


def test_the_report_says_by_what_the_work_was_begun(appeal_point: DecisionPoint, secretariat: User) -> None:
    with at("2024-07-21 12:00"):
        register(letter(appeal_point.resolution, "appeal", point=appeal_point), by=secretariat, on=july(5))
    [done] = report_on(appeal_point.resolution, july(10), with_letters=False).points[1].done
    assert (done.day, done.text, done.is_late) == (july(5), "По пункту зарегистрировано письмо.", True)
