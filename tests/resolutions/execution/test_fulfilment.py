"""How far a point was fulfilled on a day that has passed."""

import datetime as dt

import pytest

from municipalities.models import Municipality
from resolutions.execution.fulfilment import fulfilment_of
from resolutions.models import DecisionPoint
from tests.municipalities.factory import at, moment, statement
from tests.municipalities.practices.factory import mark, practice

pytestmark = pytest.mark.django_db
AUGUST, OCTOBER = dt.date(2024, 8, 1), dt.date(2024, 10, 1)


@pytest.fixture
def recommending(point: DecisionPoint, kostroma: Municipality, arkhangelsk: Municipality) -> DecisionPoint:
    """Архангельск goes on since 1 September, entered on 1 November; it uses the experience since 20 September."""
    point.experience_of = kostroma
    statement(arkhangelsk, "active", "2024-09-01", recorded_at=moment("2024-11-01 12:00"))
    with at("2024-07-01 12:00"):
        told = practice(kostroma)
    mark(told, arkhangelsk, "introducing", "2024-09-20", entered="2024-09-20 12:00")
    return point


@pytest.mark.parametrize(
    ("day", "known_on", "going_on", "using"),
    [(AUGUST, None, 0, 0), (OCTOBER, None, 1, 1), (OCTOBER, OCTOBER, 0, 1), (None, None, 1, 1)],
)
def test_a_recommendation_is_counted_as_of_the_day(
    recommending: DecisionPoint, day: dt.date | None, known_on: dt.date | None, going_on: int, using: int
) -> None:
    found = fulfilment_of(recommending, day, known_on=known_on)
    assert (found.done, found.total) == (going_on, 2)
    assert f"Используют опыт: {using} из 1." in found.sentence
    assert f"Не участвуют в проекте или не представили сведений: {2 - going_on} из 2." in found.remaining


def test_a_recommendation_that_all_follow_is_proposed_for_closing(
    recommending: DecisionPoint, kostroma: Municipality
) -> None:
    statement(kostroma, "active", "2024-09-01")
    found = fulfilment_of(recommending, OCTOBER)
    assert (found.done, found.total, found.remaining) == (2, 2, "")
    assert found.can_be_reported
    assert "Участвуют в проекте: 2\u00a0муниципальных образования из 2." in found.sentence
