"""Periodic jobs: each slot is served once."""

import datetime as dt
from collections.abc import Iterator
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from background import periodic
from background.models import PeriodicJob
from tests.meanwhile import meanwhile

pytestmark = pytest.mark.django_db

MOSCOW = ZoneInfo("Europe/Moscow")


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=MOSCOW)


@task()
def sweep() -> None:
    """Do nothing."""


@pytest.fixture(autouse=True)
def jobs() -> Iterator[None]:
    with patch.dict(periodic._jobs, clear=True):
        periodic.register("sweep", sweep, periodic.daily(dt.time(7)))
        periodic.register("sweep", sweep, periodic.every(dt.timedelta(minutes=1)))  # once is enough
        yield


def enqueued() -> int:
    return DBTaskResult.objects.count()


def test_a_daily_job_is_enqueued_once_a_day() -> None:
    begun = [bool(periodic.enqueue_due(at(*when))) for when in ((1, 6), (1, 6, 59), (1, 7), (1, 8), (2, 6), (2, 7))]
    assert begun == [True, False, True, False, False, True]
    assert enqueued() == 3


def test_what_was_missed_is_made_up_for_once() -> None:
    periodic.enqueue_due(at(1, 7))
    periodic.enqueue_due(at(9, 23))
    assert enqueued() == 2


def test_a_clock_that_goes_back_enqueues_nothing() -> None:
    periodic.enqueue_due(at(3, 7))
    assert periodic.enqueue_due(at(3, 6, 30)) == []


def test_a_clock_that_had_been_far_ahead_stops_nothing() -> None:
    first = periodic.enqueue_due(at(2, 23))
    assert periodic.enqueue_due(at(1, 7)) == first
    assert periodic.enqueue_due(at(1, 7)) == []
    assert periodic.enqueue_due(at(2, 7))


def test_a_frequent_job_has_its_slots() -> None:
    periodic.register("often", sweep, periodic.every(dt.timedelta(minutes=10)))
    moments = [(1, 12, 0), (1, 12, 9), (1, 12, 10), (1, 12, 30)]
    assert ["often" in periodic.enqueue_due(at(*moment)) for moment in moments] == [True, False, True, True]


@pytest.mark.parametrize("known", [True, False])
def test_of_two_workers_one_enqueues(known: bool) -> None:
    if known:
        periodic.enqueue_due(at(1, 7))
    DBTaskResult.objects.all().delete()
    other: list[str] = []
    with meanwhile(periodic, "_enqueue", lambda: other.extend(periodic.enqueue_due(at(2, 7)))):
        mine = periodic.enqueue_due(at(2, 7))
    assert (other, mine, enqueued()) == (["sweep"], [], 1)


def test_when_enqueueing_fails_the_slot_is_not_served() -> None:
    broken = patch.object(DBTaskResult.objects, "create", side_effect=ZeroDivisionError)
    with broken, pytest.raises(ZeroDivisionError):
        periodic.enqueue_due(at(1, 7))
    assert not PeriodicJob.objects.exists()
    assert periodic.enqueue_due(at(1, 7)) == ["sweep"]


def test_it_is_called_by_its_name() -> None:
    assert str(PeriodicJob(name="sweep", slot=timezone.now())) == "sweep"
