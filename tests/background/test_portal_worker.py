"""`manage.py portal_worker` as a process that is killed, stopped and cut off."""

import os
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from background.management.commands.portal_worker import NICENESS
from background.models import LiveWorker
from tests.background import errands
from tests.background.processes import kill, start_worker, until, worker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def errand() -> QuerySet[DBTaskResult[Any, Any]]:
    """The tasks of the test; the portal's own periodic jobs are not looked at."""
    return DBTaskResult.objects.filter(task_path__startswith=errands.__name__)


def all_are(status: Status) -> bool:
    return not errand().exclude(status=status).exists()


def begun(path: Path) -> int:
    return sum(words[0] == "begin" for words in errands.told(path))


def never_twice_at_once(lines: list[list[str]]) -> bool:
    """Whether nobody began what another process that still lived was at."""
    at_it: dict[str, str] = {}
    for word, number, process in lines:
        if word == "begin":
            at_it[number] = process
        elif at_it.get(number) != process:
            return False
    return True


def kill_in_the_middle(path: Path, times: int) -> None:
    for number in range(times):
        errands.work.enqueue(str(path), number, 0.3)
    for _ in range(times):
        before = begun(path)
        process = start_worker()
        until(lambda before=before: begun(path) > before)  # type: ignore[misc]  # mypy takes a lambda with a default amiss
        kill(process)
    with worker(), worker():
        until(lambda: all_are(Status.SUCCESSFUL), seconds=60)
    lines = errands.told(path)
    assert {number for word, number, _ in lines if word == "end"} == {f"{one}" for one in range(times)}
    assert begun(path) >= times
    assert never_twice_at_once(lines)


def stop_in_the_middle(path: Path, times: int) -> None:
    for number in range(times):
        errands.work.enqueue(str(path), number, 0.2)
        with worker() as process:
            until(lambda number=number: begun(path) > number)  # type: ignore[misc]  # as above
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 0
        assert all_are(Status.SUCCESSFUL)
        assert not LiveWorker.objects.exists()
    assert Counter(words[0] for words in errands.told(path)) == {"begin": times, "end": times}


def test_what_was_killed_in_the_middle_is_finished_and_never_run_twice_at_once(tmp_path: Path) -> None:
    kill_in_the_middle(tmp_path / "told", 2)


@pytest.mark.soak
def test_twenty_kills_in_the_middle(tmp_path: Path) -> None:
    kill_in_the_middle(tmp_path / "told", 20)


def test_sigterm_lets_a_task_end_and_leaves_nothing(tmp_path: Path) -> None:
    stop_in_the_middle(tmp_path / "told", 1)


@pytest.mark.soak
def test_fifteen_times_sigterm(tmp_path: Path) -> None:
    stop_in_the_middle(tmp_path / "told", 15)


def test_a_task_that_takes_longer_than_the_grace_is_left_for_the_next(tmp_path: Path) -> None:
    errands.work.enqueue(str(tmp_path / "told"), 1, 30)
    with worker("--grace", "0.2") as process:
        until(lambda: begun(tmp_path / "told"))
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
    row = errand().get()
    assert (row.status, row.worker_ids) == (Status.READY, [])


def test_a_task_that_hangs_ends_the_worker_and_fails_after_its_attempts(tmp_path: Path) -> None:
    errands.hang.enqueue(str(tmp_path / "told"))
    with worker() as process:
        assert process.wait(timeout=20) == 70
    with worker():
        until(lambda: all_are(Status.FAILED))
    assert begun(tmp_path / "told") == 1


def test_a_connection_that_is_cut_in_a_task_leaves_nothing_running(tmp_path: Path) -> None:
    errands.lose_connection.enqueue(str(tmp_path / "told"))
    with worker():
        until(lambda: all_are(Status.SUCCESSFUL))
    assert [words[0] for words in errands.told(tmp_path / "told")] == ["begin", "begin", "end"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite locks the whole database")
def test_a_database_locked_past_the_timeout_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    errands.work.enqueue(str(tmp_path / "told"), 1, 0.5)
    monkeypatch.setenv("TESTS_SQLITE_TIMEOUT", "0.2")
    with worker() as process:
        until(lambda: begun(tmp_path / "told"))
        with transaction.atomic():
            DBTaskResult.objects.update(priority=1)  # takes the lock
            time.sleep(2)
        until(lambda: all_are(Status.SUCCESSFUL))
        assert process.poll() is None


def test_readers_go_before_it() -> None:
    with worker() as process:
        nice = min(os.getpriority(os.PRIO_PROCESS, 0) + NICENESS, 19)
        until(lambda: os.getpriority(os.PRIO_PROCESS, process.pid) == nice)


def test_readers_go_before_the_whole_session_of_one_that_was_started_beside_a_server() -> None:
    """Between sessions Linux asks for the niceness of the session, and for nothing else."""
    ours, feature = Path("/proc/self/autogroup"), Path("/proc/sys/kernel/sched_autogroup_enabled")
    if not (ours.exists() and feature.exists() and feature.read_text().strip() == "1"):
        pytest.skip("sessions share no processor here")
    before = ours.read_text()
    with worker(start_new_session=True) as process:
        until(lambda: Path(f"/proc/{process.pid}/autogroup").read_text().endswith(f"nice {NICENESS}\n"))
    assert ours.read_text() == before
