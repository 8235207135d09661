"""Clearing up the queue."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from background import jobs, periodic
from tests.background import errands

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("status", "days", "stays"),
    [
        (Status.SUCCESSFUL, 1, True),
        (Status.SUCCESSFUL, 3, False),
        (Status.FAILED, 29, True),
        (Status.FAILED, 31, False),
        (Status.RUNNING, 99, True),
        (Status.READY, 99, True),
    ],
)
def test_only_what_ended_long_ago_is_forgotten(status: Status, days: int, stays: bool) -> None:
    errands.say.enqueue("nowhere", "нет")
    DBTaskResult.objects.update(status=status, finished_at=timezone.now() - dt.timedelta(days=days))
    jobs.prune_tasks.call()
    assert DBTaskResult.objects.exists() == stays


def test_it_is_done_every_night() -> None:
    assert "prune_tasks" in {job.name for job in periodic.registered()}
