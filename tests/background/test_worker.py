"""The worker inside the test's process: loops, a database that is away, what it leaves behind."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from unittest.mock import Mock, patch

import pytest
from django.db import OperationalError, ProgrammingError
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from background import loops, queue
from background.heart import HUNG
from background.models import LiveWorker, PeriodicJob
from background.worker import Worker
from tests.background import errands
from tests.background.processes import until

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_loops() -> Iterator[None]:
    with patch.dict(loops._loops, clear=True):
        yield


@pytest.fixture
def running(transactional_db: None) -> Iterator[Callable[[], Worker]]:
    """Starts a worker in a thread; it is stopped afterwards."""
    started: list[tuple[Worker, threading.Thread]] = []

    def start() -> Worker:
        worker = Worker(idle=0.01, beat=0.05)
        thread = threading.Thread(target=worker.run)
        thread.start()
        started.append((worker, thread))
        return worker

    yield start
    for worker, thread in started:
        worker.stop()
        thread.join(timeout=20)
        assert not thread.is_alive()


def test_a_worker_is_there_as_long_as_it_runs(running: Callable[[], Worker]) -> None:
    worker = running()
    until(lambda: LiveWorker.objects.filter(key=worker.key, beats__gt=0).exists())
    worker.stop()
    until(lambda: not LiveWorker.objects.exists())


def test_it_runs_loops_beside_its_tasks(running: Callable[[], Worker], tmp_path: Path) -> None:
    rounds: list[str] = []

    def loop(stopping: loops.Stopping) -> bool:
        rounds.append(threading.current_thread().name)
        if len(rounds) == 1:
            raise ValueError("once")
        return len(rounds) < 5

    loops.register("mail", loop)
    with patch("background.worker.LOOP_IDLE", 0.01):
        running()
        errands.say.enqueue(str(tmp_path / "told"), "да")
        until(lambda: len(rounds) > 5 and errands.told(tmp_path / "told"))
    assert set(rounds) == {"mail"}


@pytest.fixture
def connection_kept() -> Iterator[None]:
    """A loop in the test's own thread leaves its connection alone."""
    with patch("background.worker.connection"), patch("background.worker.close_old_connections"):
        yield


@pytest.mark.parametrize("dies", [False, True])
def test_a_loop_that_hangs_or_whose_thread_died_ends_the_process(connection_kept: None, dies: bool) -> None:
    ends: list[int] = []
    worker = Worker()
    worker.heart.end = ends.append

    def go_round(stopping: loops.Stopping) -> bool:
        worker.stop()
        if dies:
            raise SystemExit
        worker.heart.end_what_hangs()
        return True

    with suppress(SystemExit):
        worker._run_loop(loops.Loop("mail", go_round, limit=-1))
    assert ends == ([] if dies else [HUNG])
    worker.heart.end_what_hangs()
    assert ends == [HUNG]  # a loop that was stopped may end


def test_a_loop_that_fails_has_pauses_that_grow_and_is_given_time_for_them(connection_kept: None) -> None:
    worker, pauses = Worker(), []
    loop = loops.Loop("mail", Mock(side_effect=[OSError("no such folder")] * 6 + [False] * 2), limit=-0.5)

    def wait(pause: float) -> None:
        worker.heart.end_what_hangs()
        pauses.append(pause)
        if len(pauses) == 8:
            worker.stop()

    worker.heart.end = pytest.fail  # type: ignore[assignment]  # raises, with whatever it is given
    with patch.object(worker.stop_asked, "wait", wait):
        worker._run_loop(loop)
    assert pauses == [2, 4, 8, 16, 30, 30, 1, 1]


def test_it_begins_the_jobs_that_are_due(running: Callable[[], Worker]) -> None:
    with patch("background.periodic.enqueue_due") as asked:
        running()
        until(lambda: asked.called)


def test_a_database_that_is_away_while_a_task_ends_does_not_lose_it(tmp_path: Path) -> None:
    errands.say.enqueue(str(tmp_path / "told"), "да")
    worker, real, refusals = Worker(begins_jobs=False), queue.finish, [OperationalError("away")] * 2

    def away(row: queue.Row) -> bool:
        if refusals:
            raise refusals.pop()
        return real(row)

    with patch("background.queue.finish", away), patch("background.worker.connection"):
        assert worker.step()
    assert DBTaskResult.objects.get().status == Status.SUCCESSFUL


def test_a_claim_whose_answer_was_lost_is_claimed_again(tmp_path: Path) -> None:
    errands.say.enqueue(str(tmp_path / "told"), "да")
    worker, real, lost = Worker(begins_jobs=False), queue.claim, [True]

    def cut(key: str) -> queue.Row | None:
        row = real(key)
        if lost:
            lost.clear()
            raise OperationalError("cut after it was stored")
        return row

    with patch("background.queue.claim", cut):
        with pytest.raises(OperationalError):
            worker.step()
        assert DBTaskResult.objects.get().status == Status.RUNNING
        assert worker.step()
    assert errands.told(tmp_path / "told") == [["да"]]


def test_a_fault_of_the_portal_is_not_taken_for_a_database_that_is_away(transactional_db: None) -> None:
    worker = Worker(idle=0.01, beat=0.05, begins_jobs=False)
    loops.register("mail", lambda stopping: False)
    answers = [ProgrammingError("no such table"), AssertionError("asked again")]
    with patch("background.queue.claim", side_effect=answers), pytest.raises(ProgrammingError):
        worker.run()
    assert worker.stop_asked.is_set()
    assert "mail" not in {thread.name for thread in threading.enumerate()}
    assert not worker.heart.is_alive()


def test_a_worker_that_is_asked_to_stop_does_not_wait_for_its_database_for_ever() -> None:
    worker = Worker()
    pauses: list[float] = []
    worker.stop()
    away = Mock(side_effect=OperationalError("away"))
    no_connection, no_sleep = patch("background.worker.connection"), patch.object(time, "sleep", pauses.append)
    with no_connection, no_sleep, pytest.raises(OperationalError):
        worker._patiently(away)
    assert 10 < sum(pauses) < 30


def test_asked_to_stop_while_the_database_is_away_it_begins_nothing_new(tmp_path: Path) -> None:
    errands.say.enqueue(str(tmp_path / "told"), "нет")
    worker = Worker(begins_jobs=False)

    def cut(key: str) -> None:
        worker.stop()
        raise OperationalError("away")

    with patch("background.queue.claim", cut), patch("background.worker.connection"):
        worker._patiently(worker.step)
    assert errands.told(tmp_path / "told") == []
    assert DBTaskResult.objects.get().status == Status.READY


def test_it_gives_back_what_it_runs() -> None:
    worker = Worker()
    worker.give_back()
    errands.say.enqueue("nowhere", "нет")
    worker.running = queue.claim(worker.key)
    worker.give_back()
    assert DBTaskResult.objects.get().status == Status.READY


def test_jobs_are_looked_for_now_and_then() -> None:
    worker = Worker()
    with patch("background.periodic.enqueue_due") as asked:
        worker.step()
        worker.step()
    assert asked.call_count == 1
    assert not PeriodicJob.objects.exists()
