"""The queue as workers use it: claim, finish, give back. Every step moves only what is still one's own."""

import datetime as dt
import logging
from collections.abc import Iterable
from traceback import format_exception
from typing import Any
from uuid import UUID

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from background.outage import is_outage
from background.policy import LONGEST_PAUSE as LONGEST_BACKOFF
from background.policy import PolicyTask

logger = logging.getLogger(__name__)

Row = DBTaskResult[Any, Any]

UNDER_WAY = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
OUTAGES_BORNE = dt.timedelta(days=1)  # since a task was enqueued; longer than anybody needs to make room on a disk
SHORTEST_PAUSE, LONGEST_PAUSE = dt.timedelta(seconds=1), dt.timedelta(minutes=1)  # during an outage
A_MINUTE = dt.timedelta(minutes=1)  # so far apart may the clocks of two processes be
HOLDER_DIED = "Процесс, который выполнял задачу, оборвался."


def claim(worker: str) -> Row | None:
    """Take the first task that is ready.

    Args:
        worker: the key of the worker that will run it.

    Returns:
        Its row, now RUNNING and this worker's; None when nothing is ready.
    """
    if not DBTaskResult.objects.ready().exists():  # asked often: on SQLite, a transaction would keep writers waiting
        return None
    with transaction.atomic():
        row = DBTaskResult.objects.ready().select_for_update(skip_locked=True).first()
        if row is not None:
            row.claim(worker)
        return row


def mend_moments(now: dt.datetime) -> int:
    """Let be due what waits for a moment that no right clock can have written: it ran ahead and was set right since.

    Args:
        now: the moment.

    Returns:
        How many tasks these were.
    """
    waiting: QuerySet[Row] = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    return waiting.filter(run_after__gt=now + LONGEST_BACKOFF + A_MINUTE, run_after__lt=get_date_max()).update(
        run_after=now
    )


def policy_of(row: Row) -> PolicyTask[Any, Any]:
    """The task of a row.

    Raises:
        ImportError: there is no such function any more.
        SuspiciousOperation: what stands there is no task.
    """
    return task_at(row.task_path)


def task_at(path: str) -> PolicyTask[Any, Any]:
    """The task that stands at a path.

    Raises:
        ImportError: nothing stands there any more.
        SuspiciousOperation: what stands there is no task.
    """
    task = import_string(path)
    if not isinstance(task, PolicyTask):
        raise SuspiciousOperation(f"{path} is no task")
    return task


def finish(row: Row) -> bool:
    """Mark a task as done; False when it is somebody else's by now. What it returned is not kept."""
    told = {"exception_class_path": "", "traceback": ""}  # of earlier attempts
    return _move(row, status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now(), **told)


def fail(row: Row, error: BaseException) -> bool:
    """Write down that an attempt failed: it is due again after a pause, or has failed for good after the last one.

    For a day an attempt that a disk or database ended which is away does not count: it says nothing of the task. The
    next one follows after as long as the task has waited, a minute at most. What is broken for good fails at last.
    """
    trace = "".join(format_exception(error)).encode("utf-8", "backslashreplace").decode()
    kind, trace = type(error).__qualname__, trace.replace("\0", "")  # which PostgreSQL does not take
    now = timezone.now()
    waited = now - row.enqueued_at
    if not is_outage(error) or waited > OUTAGES_BORNE:
        return _end_attempt(row, kind, trace)
    pause = min(max(waited, SHORTEST_PAUSE), LONGEST_PAUSE)
    told = {"exception_class_path": kind, "traceback": trace, "worker_ids": row.worker_ids[:-1]}
    return _move(row, status=TaskResultStatus.READY, run_after=now + pause, **told)


def give_back(row: Row) -> bool:
    """Let others run a task that was only interrupted; the attempt does not count."""
    return _move(row, status=TaskResultStatus.READY, worker_ids=row.worker_ids[:-1])


def let_go(worker: str) -> int:
    """Give back whatever a worker holds that runs nothing: a claim whose answer it never got.

    Args:
        worker: its key.

    Returns:
        How many tasks these were.
    """
    running: QuerySet[Row] = DBTaskResult.objects.running()
    return sum(give_back(row) for row in running if row.worker_ids[-1:] == [worker])


def held() -> list[Row]:
    """What is RUNNING now, with those who run it."""
    running: QuerySet[Row] = DBTaskResult.objects.running()
    return list(running)


def take_back(living: Iterable[str], rows: Iterable[Row]) -> int:
    """Take what is RUNNING from those who do not live any more.

    Args:
        living: the keys of the workers that do.
        rows: what was held before it was seen who lives: the task of a worker that began in between is not taken.

    Returns:
        How many tasks were taken back.
    """
    known = set(living)
    lost = [row for row in rows if not known.intersection(row.worker_ids[-1:])]
    return sum(_end_attempt(row, "WorkerDied", HOLDER_DIED) for row in lost)


def is_at_work(pk: UUID | None) -> bool:
    """Whether a task waits or runs; one that failed for good, or is not known, does not."""
    return pk is not None and DBTaskResult.objects.filter(pk=pk, status__in=UNDER_WAY).exists()


def move_up(pk: UUID, priority: int) -> bool:
    """Let a task that waits run before those of lower priority, and every further attempt too; none is moved down.

    Args:
        pk: of the task.
        priority: its new one; the highest runs first.

    Returns:
        Whether it was moved.
    """
    lower = DBTaskResult.objects.filter(pk=pk, status__in=UNDER_WAY, priority__lt=priority)
    return bool(lower.update(priority=priority))


def repeat(row: Row) -> bool:
    """Let a task that failed begin anew, as if it were enqueued now; False when it is not one."""
    failed = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.FAILED)
    anew = {"worker_ids": [], "enqueued_at": timezone.now(), "run_after": get_date_max(), "finished_at": None}
    return bool(failed.update(status=TaskResultStatus.READY, **anew))


def _end_attempt(row: Row, kind: str, trace: str) -> bool:
    """After an attempt that brought nothing: once more after a pause, or failed for good."""
    attempts, now = len(row.worker_ids), timezone.now()
    try:
        task = policy_of(row)
    except (ImportError, SuspiciousOperation):
        logger.exception("The task %s cannot be found", row.task_path)
        task = None
    told = {"exception_class_path": kind, "traceback": trace}
    if task is None or attempts >= task.max_attempts:
        logger.error("The task %s (%s) failed for good after %s attempts: %s", row.task_path, row.pk, attempts, kind)
        return _move(row, status=TaskResultStatus.FAILED, finished_at=now, **told)
    return _move(row, status=TaskResultStatus.READY, run_after=now + task.pause_after(attempts), **told)


def _move(row: Row, **changes: Any) -> bool:
    """Change a row that is RUNNING and held by whom the row says; False when it is not any more."""
    mine = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, worker_ids=row.worker_ids)
    return bool(mine.update(**changes))
