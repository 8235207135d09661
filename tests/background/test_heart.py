"""The heart: who lives is judged by whether it moves."""

import time
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from background import queue
from background.heart import DECLARED_DEAD, HUNG, ROUNDS_TO_DEATH, Heart
from background.models import LiveWorker
from tests.background import errands

pytestmark = pytest.mark.django_db


def heart(key: str, ends: list[int]) -> Heart:
    LiveWorker.objects.create(key=key)
    return Heart(key, interval=0.01, end=ends.append)


@pytest.mark.slow
def test_a_worker_that_does_not_move_for_four_rounds_is_dead_and_its_task_free() -> None:
    living, _ = heart("living", []), heart("dead", [])
    errands.say.enqueue("nowhere", "нет")
    queue.claim("dead")
    for _ in range(ROUNDS_TO_DEATH):
        living.beat()
        assert LiveWorker.objects.filter(key="dead").exists()
    living.beat()
    assert [str(one) for one in LiveWorker.objects.all()] == ["living"]
    assert DBTaskResult.objects.get().status == Status.READY


def test_the_task_of_a_worker_that_begins_meanwhile_is_left_to_it() -> None:
    living = heart("living", [])
    errands.say.enqueue("nowhere", "нет")
    look = living.watch.look

    def begin(beats: dict[str, int]) -> set[str]:
        heart("new", [])
        assert queue.claim("new")
        return look(beats)

    with patch.object(living.watch, "look", begin):
        living.beat()
    assert DBTaskResult.objects.get().status == Status.RUNNING


def test_workers_that_move_live() -> None:
    one, two = heart("one", []), heart("two", [])
    for _ in range(ROUNDS_TO_DEATH * 3):
        one.beat()
        two.beat()
    assert LiveWorker.objects.count() == 2


def test_a_slow_worker_is_not_dead() -> None:
    one, slow = heart("one", []), heart("slow", [])
    for number in range(ROUNDS_TO_DEATH * 3):
        one.beat()
        if number % (ROUNDS_TO_DEATH - 1) == 0:
            slow.beat()
    assert LiveWorker.objects.count() == 2


def test_a_worker_that_was_declared_dead_ends() -> None:
    ends: list[int] = []
    one = heart("one", ends)
    LiveWorker.objects.all().delete()
    one.beat()
    assert ends == [DECLARED_DEAD]


def test_rounds_in_which_the_judge_could_not_write_do_not_count() -> None:
    judge, _ = heart("judge", []), heart("other", [])
    judge.beat()
    with patch("background.heart.LiveWorker.objects.filter", side_effect=OperationalError("locked")):
        for _ in range(ROUNDS_TO_DEATH * 2):
            with pytest.raises(OperationalError):
                judge.beat()
    judge.beat()
    assert LiveWorker.objects.filter(key="other").exists()


def test_what_hangs_ends_the_process() -> None:
    ends: list[int] = []
    one = heart("one", ends)
    one.end_what_hangs()
    one.expect("a task", within=100)
    one.expect("a loop", within=-1)
    one.expect("a loop", within=100)
    one.end_what_hangs()
    assert ends == []
    one.expect("a loop", within=-1)
    one.end_what_hangs()
    one.done("a loop")
    one.end_what_hangs()
    assert ends == [HUNG]


def test_a_heart_whose_database_is_away_beats_again_later() -> None:
    one, beats = heart("one", []), []

    def beat() -> None:
        beats.append(1)
        if len(beats) < 3:
            raise OperationalError("away")

    with patch.object(one, "beat", beat), patch("background.heart.connection"):
        one.start()
        while len(beats) < 5:
            time.sleep(0.005)
        one.stop()
    assert not one.is_alive()
