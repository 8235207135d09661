"""What the columns of a point tell of its result today is what its ledgers tell, without reading its letters."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from resolutions.execution.results import result_of, results_today
from resolutions.execution.sheet import sheet_on
from resolutions.models import DecisionPoint, PointResult
from resolutions.past.loading import load
from tests.municipalities.factory import at
from tests.resolutions.factory import answer, step
from tests.resolutions.outcomes import CLOSED, TODAY, appeal, go, shown, void_answer
from tests.resolutions.past.many import many_rows

pytestmark = pytest.mark.django_db
LATER = dt.date(2024, 11, 1)
READS_LETTERS = 'FROM "resolutions_letter" '


@pytest.mark.slow
def test_columns_tell_of_many_points_what_ledgers_tell(secretariat: User) -> None:
    load(many_rows(6, 36, 108, 4), by=secretariat, file_name="Папка.xlsx")
    today, points = timezone.localdate(), list(DecisionPoint.objects.all())
    read = {one.pk: result_of(one, one.standing(), one.letters.with_asks(), today) for one in points}
    assert results_today(points) == read
    assert {one.proposed for one in read.values()} > {None, PointResult.PARTLY}
    assert sheet_on(today) == sheet_on(today, known_on=today)


@pytest.mark.parametrize(
    ("outcome", "result", "reason", "reads"),
    [
        ("refused", "achieved", "Закон принят.", False),
        ("satisfied", "achieved", "Закон принят.", False),
        ("refused", "refused", "", True),  # rests on the answers of its day
    ],
)
def test_of_a_result_with_its_reason_letters_are_not_read(
    appeal_point: DecisionPoint, secretariat: User, outcome: str, result: str, reason: str, reads: bool
) -> None:
    with at(TODAY):
        appeal(appeal_point, secretariat, outcome)
        ended = go(appeal_point, CLOSED, secretariat, result, reason)
        with CaptureQueriesContext(connection) as asked:
            told = results_today([ended])[ended.pk]
        assert any(READS_LETTERS in one["sql"] for one in asked) == reads
        assert told == result_of(ended, ended.standing(), ended.letters.all(), timezone.localdate())
        assert told.proposed == {"refused": "refused", "satisfied": "achieved"}[outcome]


def test_what_is_said_later_is_read_and_what_was_wrong_is_forgotten(
    appeal_point: DecisionPoint, secretariat: User
) -> None:
    with at(TODAY):
        sent = appeal(appeal_point, secretariat, "refused")
        go(appeal_point, CLOSED, secretariat, "refused", "Письмо министра.")
        assert (shown(appeal_point).is_outdated, shown(appeal_point).proposed) == (False, "refused")
        came = answer(sent, by=secretariat, on=LATER, outcome="satisfied")
        assert (shown(appeal_point).is_outdated, shown(appeal_point).proposed) == (True, "achieved")
        void_answer(came.letter.number, by=secretariat)
        assert (shown(appeal_point).is_outdated, shown(appeal_point).proposed) == (False, "refused")


def test_the_way_of_a_letter_changes_nothing_that_was_answered(appeal_point: DecisionPoint, secretariat: User) -> None:
    with at(TODAY):
        sent = appeal(appeal_point, secretariat, "partly")
        ended = go(appeal_point, CLOSED, secretariat, "partly", "Письмо министра.")
        step(sent, "deliver", by=secretariat, on=LATER)
        assert DecisionPoint.objects.get(pk=ended.pk).answered == PointResult.PARTLY
        assert not shown(ended).waits
