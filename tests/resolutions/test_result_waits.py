"""When a result is to be named anew: answers came, were taken back, or never bore it out."""

import datetime as dt

import pytest

from accounts.models import User
from resolutions.models import (
    CarriedAsk,
    DecisionPoint,
    Resolution,
)
from tests.municipalities.factory import at
from tests.resolutions.factory import answer, letter, point_step, send
from tests.resolutions.outcomes import CLOSED, TODAY, appeal, go, result_waits, shown

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_yes_that_comes_after_closing_asks_for_a_new_result(appeal_point: DecisionPoint, secretariat: User) -> None:
    with at(TODAY):
        appealed = appeal(appeal_point, secretariat)
        go(appeal_point, CLOSED, secretariat, "no_answer")
        assert result_waits(secretariat) == []
        answer(appealed, by=secretariat, on=dt.date(2025, 2, 1), outcome="satisfied", number="9")
        assert result_waits(secretariat) == [
            "Назовите результат заново: Нет ответа по существу (по ответам: достигнуто)"
        ]
        point_step(appeal_point, "result", by=secretariat, on=dt.date(2025, 3, 1))
        assert (shown(appeal_point).sentence, result_waits(secretariat)) == ("Достигнуто", [])


@pytest.mark.parametrize(
    ("named", "reason", "outcome", "waits"),
    [
        ("no_evidence", "Никто не ответил.", "satisfied", True),
        ("no_answer", "", "refused", True),
        ("achieved", "Закон принят.", "refused", True),
        ("achieved", "Закон принят.", "satisfied", False),  # it says the same
        ("no_evidence", "Никто не ответил.", "interim", False),  # it says nothing
        ("refused", "По телефону.", "refused", False),
    ],
)
def test_what_comes_after_closing_asks_for_a_new_result_whatever_the_reason(
    appeal_point: DecisionPoint, secretariat: User, named: str, reason: str, outcome: str, waits: bool
) -> None:
    with at(TODAY):
        appealed = appeal(appeal_point, secretariat)
        go(appeal_point, CLOSED, secretariat, named, reason)
        assert result_waits(secretariat) == []
        answer(appealed, by=secretariat, on=dt.date(2025, 2, 1), outcome=outcome)
        assert bool(result_waits(secretariat)) is waits
        last = {"result": "partly", "reason": "Учтено."}
        point_step(appeal_point, "result", by=secretariat, on=dt.date(2025, 3, 1), **last)
        assert result_waits(secretariat) == []


def test_what_is_asked_after_closing_asks_for_a_new_result(appeal_point: DecisionPoint, secretariat: User) -> None:
    """All that was asked was granted; then more is asked, which nobody has answered."""
    with at(TODAY):
        appeal(appeal_point, secretariat, "satisfied")
        go(appeal_point, CLOSED, secretariat, "achieved", "Закон принят.")
        assert result_waits(secretariat) == []
        more = letter(appeal_point.resolution, "appeal", point=appeal_point)
        send(more, by=secretariat, on=dt.date(2025, 2, 1))
        assert result_waits(secretariat) == ["Назовите результат заново: Достигнуто (по ответам: достигнуто частично)"]


@pytest.mark.parametrize("named", ["no_evidence", "lapsed", "refused"])
def test_another_result_than_the_answers_of_its_day_without_a_reason_is_asked_about(
    appeal_point: DecisionPoint, secretariat: User, named: str
) -> None:
    with at(TODAY):
        appeal(appeal_point, secretariat, "satisfied")
        go(appeal_point, CLOSED, secretariat, named)  # typed for a day of before
        assert len(result_waits(secretariat)) == 1


def test_what_was_cancelled_asks_for_no_result(appeal_point: DecisionPoint, secretariat: User) -> None:
    with at(TODAY):
        appealed = appeal(appeal_point, secretariat)
        go(appeal_point, ("cancel",), secretariat)
        answer(appealed, by=secretariat, on=dt.date(2025, 2, 1))
        assert result_waits(secretariat) == []


def test_a_decision_that_is_open_again_asks_for_no_result(appeal_point: DecisionPoint, secretariat: User) -> None:
    with at(TODAY):
        appeal(appeal_point, secretariat, "refused")
        go(appeal_point, CLOSED, secretariat)
        assert result_waits(secretariat)
        Resolution.objects.update(status="draft")
        assert result_waits(secretariat) == []
        Resolution.objects.update(status="adopted")


def test_a_result_without_its_answers_waits_for_the_secretariat_off_control_too(
    appeal_point: DecisionPoint, secretariat: User
) -> None:
    with at(TODAY):
        appeal(appeal_point, secretariat, "refused")
        go(appeal_point, CLOSED, secretariat)
        assert result_waits(secretariat) == [
            "Назовите результат заново: Достигнуто, ответами не подтверждается (по ответам: отказано)"
        ]
        point_step(appeal_point, "result", by=secretariat, reason="Закон принят.", on=dt.date(2025, 3, 1))
        assert result_waits(secretariat) == []
    appeal_point.refresh_from_db()
    assert (appeal_point.state, appeal_point.result_reason) == ("closed", "Закон принят.")


def test_a_yes_taken_back_and_asked_anew_is_not_green(appeal_point: DecisionPoint, secretariat: User) -> None:
    with at(TODAY):
        appealed = letter(appeal_point.resolution, "appeal", point=appeal_point, new_asks="первая\nвторая")
        send(appealed, by=secretariat, on=dt.date(2024, 7, 8))
        answer(appealed, by=secretariat, on=dt.date(2024, 8, 1), outcome="satisfied")
        go(appeal_point, CLOSED, secretariat)
        answer(appealed, by=secretariat, on=dt.date(2024, 10, 1), outcome="refused", asks=[1])
        anew = letter(appeal_point.resolution, "appeal", point=appeal_point, new_asks="")
        CarriedAsk.objects.create(letter=anew, ask=appealed.asks.get(number=1), renews=True)
        send(anew, by=secretariat, on=dt.date(2025, 2, 20))
        found = shown(appeal_point)
    assert (found.tone, found.waits) == ("todo", True)
    assert found.sentence == "Достигнуто, ответами не подтверждается (по ответам: достигнуто частично)"
