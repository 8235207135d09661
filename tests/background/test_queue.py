"""The queue: what is enqueued, claimed, finished, and taken back."""

import datetime as dt
import errno
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from background import queue
from tests.background import errands
from tests.tasks import run_tasks

pytestmark = pytest.mark.django_db

Row = DBTaskResult[Any, Any]


def only() -> Row:
    return DBTaskResult.objects.get()


def test_what_is_enqueued_runs_once(tmp_path: Path) -> None:
    errands.say.enqueue(str(tmp_path / "told"), "да")
    assert (run_tasks(), run_tasks()) == (1, 0)
    assert errands.told(tmp_path / "told") == [["да"]]
    assert only().status == Status.SUCCESSFUL


def test_no_task_waits_for_the_future_of_a_wrong_clock() -> None:
    errands.say.enqueue("nowhere", "сейчас")
    now = timezone.now()
    assert queue.mend_moments(now) == 0  # it is not put off at all
    for ahead, mended in ((dt.timedelta(minutes=59), 0), (dt.timedelta(days=400), 1)):
        DBTaskResult.objects.update(run_after=now + ahead)
        assert queue.mend_moments(now) == mended
        assert bool(queue.claim("one")) == bool(mended)


def test_what_is_rolled_back_leaves_no_task() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        errands.say.enqueue("nowhere", "нет")
        _ = 1 / 0
    assert not DBTaskResult.objects.exists()


def test_a_claimed_task_is_nobody_elses() -> None:
    errands.say.enqueue("nowhere", "нет")
    row = queue.claim("one")
    assert row is not None
    assert (only().status, only().worker_ids) == (Status.RUNNING, ["one"])
    assert queue.claim("two") is None


def test_what_fails_is_tried_again_after_growing_pauses_and_fails_for_good_at_last() -> None:
    errands.break_down.enqueue("всё пропало")
    pauses = []
    for _ in range(3):
        DBTaskResult.objects.update(run_after=timezone.now())
        row = queue.claim("one")
        assert row is not None
        queue.fail(row, ValueError("всё пропало \0 \ud800"))
        if only().status == Status.READY:
            pauses.append(round((only().run_after - timezone.now()).total_seconds()))
    assert pauses == [10, 20]
    assert (only().status, len(only().worker_ids)) == (Status.FAILED, 3)
    assert "всё пропало" in only().traceback
    assert only().exception_class_path == "ValueError"


FULL = OSError(errno.ENOSPC, "No space left on device")


def fail_by(error: Exception, *, waited: float) -> float:
    """Let an attempt at a task fail that was enqueued so many seconds ago; gives the seconds until the next one."""
    now = timezone.now()
    DBTaskResult.objects.update(run_after=now, enqueued_at=now - dt.timedelta(seconds=waited))
    row = queue.claim("one")
    assert row is not None
    assert queue.fail(row, error)
    return (only().run_after - now).total_seconds()


def test_an_attempt_that_an_outage_ended_does_not_count_for_a_day() -> None:
    errands.break_down.enqueue("нет")
    pauses = [round(fail_by(FULL, waited=waited)) for waited in (-9, 0.1, 4, 30, 3600, 86_000)]
    assert pauses == [1, 1, 4, 30, 60, 60]
    assert (only().status, only().worker_ids, only().exception_class_path) == (Status.READY, [], "OSError")
    for _ in range(3):
        fail_by(FULL, waited=86_500)
    assert only().status == Status.FAILED
    queue.repeat(only())  # whoever has mended the disk by then has a day again
    assert only().enqueued_at > timezone.now() - dt.timedelta(minutes=1)


def test_no_pause_is_longer_than_an_hour() -> None:
    assert errands.break_down.pause_after(60) == dt.timedelta(hours=1)  # type: ignore[attr-defined]  # ours


def test_a_task_that_is_not_there_any_more_fails(caplog: pytest.LogCaptureFixture) -> None:
    errands.say.enqueue("nowhere", "нет")
    DBTaskResult.objects.update(task_path="tests.background.errands.gone")
    with pytest.raises(AssertionError, match="gone"):
        run_tasks()
    assert only().status == Status.FAILED


def test_what_is_no_task_of_the_portal_fails() -> None:
    errands.say.enqueue("nowhere", "нет")
    DBTaskResult.objects.update(task_path="tests.background.errands.tell")
    with pytest.raises(AssertionError, match="tell"):
        run_tasks()
    assert only().status == Status.FAILED


@pytest.mark.parametrize("end", [queue.finish, queue.give_back, lambda row: queue.fail(row, ValueError("no"))])
def test_a_worker_that_was_thought_dead_changes_nothing_any_more(end: Any) -> None:
    errands.say.enqueue("nowhere", "нет")
    former = queue.claim("one")
    assert former is not None
    assert queue.take_back([], queue.held()) == 1
    DBTaskResult.objects.update(run_after=timezone.now())
    assert queue.claim("two") is not None
    assert not end(former)
    assert (only().status, only().worker_ids) == (Status.RUNNING, ["one", "two"])


def test_what_a_dead_worker_held_is_due_again_and_its_attempt_counts() -> None:
    errands.say.enqueue("nowhere", "нет")
    for number in (1, 2, 3):
        DBTaskResult.objects.update(run_after=timezone.now())
        assert queue.claim(f"{number}") is not None
        assert queue.take_back(["living"], queue.held()) == 1
    assert (only().status, only().traceback) == (Status.FAILED, queue.HOLDER_DIED)


def test_what_the_living_hold_stays_theirs() -> None:
    errands.say.enqueue("nowhere", "нет")
    queue.claim("living")
    assert queue.take_back(["living"], queue.held()) == 0
    assert only().status == Status.RUNNING


def test_what_was_only_interrupted_does_not_count_as_an_attempt() -> None:
    errands.say.enqueue("nowhere", "нет")
    row = queue.claim("one")
    assert row is not None
    assert queue.give_back(row)
    assert (only().status, only().worker_ids) == (Status.READY, [])


def test_a_claim_whose_answer_was_lost_is_let_go() -> None:
    errands.say.enqueue("nowhere", "нет")
    queue.claim("one")
    assert (queue.let_go("two"), queue.let_go("one"), only().status) == (0, 1, Status.READY)


def test_a_failed_task_begins_anew_when_it_is_asked_to() -> None:
    errands.break_down.enqueue("нет")
    row = queue.claim("one")
    assert row is not None
    assert not queue.repeat(row)
    DBTaskResult.objects.update(worker_ids=["one"] * 3)
    row.refresh_from_db()
    queue.fail(row, ValueError("нет"))
    assert queue.repeat(row)
    assert (only().status, only().worker_ids) == (Status.READY, [])
    assert queue.claim("one") is not None
