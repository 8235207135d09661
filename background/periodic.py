"""Periodic jobs: tasks that are begun again and again, each time once, however many workers there are."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks.base import Task

from background.models import PeriodicJob

Slot = Callable[[dt.datetime], dt.datetime]

STRAYED = dt.timedelta(hours=1)  # a mark so far ahead was made by a clock that has been put right since
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def every(pause: dt.timedelta) -> Slot:
    """So often.

    Args:
        pause: between two beginnings.

    Returns:
        The function from a moment to the beginning of its slot.
    """
    return lambda now: now - (now - EPOCH) % pause


def daily(at: dt.time) -> Slot:
    """Every day at a time in Moscow. What a stopped worker missed it makes up for once, when it runs again.

    Args:
        at: the time, without a zone.

    Returns:
        The function from a moment to the beginning of its slot.
    """

    def slot(now: dt.datetime) -> dt.datetime:
        today = timezone.localtime(now)
        begun = today.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
        return begun if begun <= now else begun - dt.timedelta(days=1)

    return slot


@dataclass(frozen=True)
class Job:
    """A registered job."""

    name: str
    task: Task[[], Any]
    slot: Slot


_jobs: dict[str, Job] = {}


def register(name: str, task: Task[[], Any], slot: Slot) -> None:
    """Let the workers begin a task again and again.

    Args:
        name: under which the database remembers how far it has got; registering it again changes nothing.
        task: without arguments.
        slot: `every(…)` or `daily(…)`.
    """
    _jobs.setdefault(name, Job(name, task, slot))


def registered() -> list[Job]:
    """The jobs, in the order in which they were registered."""
    return list(_jobs.values())


def enqueue_due(now: dt.datetime) -> list[str]:
    """Enqueue the jobs whose slot has begun and was not yet served. One query when nothing is due.

    Args:
        now: the moment. A clock that went back a little enqueues nothing: slots only go forward. Where it had been far
            ahead, what it marked does not count.

    Returns:
        The names of those that this call enqueued.
    """
    reached = dict(PeriodicJob.objects.values_list("name", "slot"))
    return [job.name for job in registered() if _is_new(job, now, reached) and _enqueue(job, job.slot(now), reached)]


def _is_new(job: Job, now: dt.datetime, reached: dict[str, dt.datetime]) -> bool:
    if job.name not in reached:
        return True
    return reached[job.name] < job.slot(now) or reached[job.name] > now + STRAYED


def _enqueue(job: Job, slot: dt.datetime, reached: dict[str, dt.datetime]) -> bool:
    """Move the job's mark and enqueue it, both or neither; False when another worker was quicker."""
    try:
        with transaction.atomic():
            if job.name not in reached:
                PeriodicJob.objects.create(name=job.name, slot=slot)
            elif not PeriodicJob.objects.filter(name=job.name, slot=reached[job.name]).update(slot=slot):
                return False
            job.task.enqueue()
    except IntegrityError:  # another worker made the row in this moment
        return False
    return True
