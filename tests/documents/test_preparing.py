"""Files that the worker makes: once for a content and a day, whoever asks, whatever is killed."""

import datetime as dt
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.test import RequestFactory, override_settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from background import queue
from background.worker import Worker
from documents.fonts import PaperError
from documents.models import PreparedFile
from documents.models.prepared import PreparedState, prepared_storage
from documents.preparing import digests, tasks
from documents.preparing.asking import (
    FOR_STAFF,
    FOR_STRANGERS,
    LONG,
    ONE_NETWORK,
    STRANGERS_TOGETHER,
    TooManyAsked,
    ask,
    begin_again,
    network_digest,
    wanted,
)
from tests.documents.prepared import A_FILE_TO_COME, Words, a_file, content_of, maker
from tests.tasks import run_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def words() -> Iterator[Words]:
    said = Words()
    with maker(said):
        yield said


def asked(*, for_staff: bool = True, network: str = "") -> PreparedFile:
    """The file of what is said now."""
    return ask(wanted("words", {}), for_staff=for_staff, network=network)


def again(row: PreparedFile) -> PreparedFile:
    """The same row as it is now."""
    return PreparedFile.objects.with_prospects().get(pk=row.pk)


def files() -> list[str]:
    """What lies in the storage."""
    root = Path(prepared_storage().path("words"))
    return sorted(path.name for path in root.iterdir()) if root.exists() else []


@pytest.fixture(autouse=True)
def empty_storage(words: Words) -> None:
    for name in files():
        prepared_storage().delete(f"words/{name}")


def test_a_file_is_made_by_the_worker_and_kept(words: Words) -> None:
    row = asked()
    assert row.is_under_way
    assert words.made == []
    run_tasks()
    row = again(row)
    assert (row.state, content_of(row), row.size) == ("ready", "Слово".encode(), 10)
    assert asked().pk == row.pk
    assert run_tasks() == 0


def test_another_content_another_day_and_another_kind_are_other_files(words: Words) -> None:
    first = asked()
    words.said = "Дело"
    assert asked().pk != first.pk
    with patch("django.utils.timezone.localdate", return_value=dt.date(2030, 1, 1)):
        assert asked().pk not in PreparedFile.objects.filter(day=timezone.now().date()).values_list("pk", flat=True)
    assert PreparedFile.objects.count() == 3


def test_another_version_of_the_portal_makes_its_papers_anew(words: Words) -> None:
    former = asked()
    with patch("documents.preparing.digests.code_version", return_value="another"):
        assert asked().pk != former.pk
        run_tasks()
    assert again(former).state == PreparedState.STALE


def test_a_version_is_what_lays_out_papers_and_nothing_that_changes_by_itself() -> None:
    found = {str(path.relative_to(settings.BASE_DIR)) for path in digests._sources()}
    laid_out_by = {
        "documents/paper.css",
        "documents/engine.py",
        "resolutions/execution/workbook.py",
        "requirements.lock",
    }
    assert laid_out_by < found
    assert {"tests", "var", "static", ".git"}.isdisjoint(path.partition("/")[0] for path in found)


@pytest.mark.django_db(transaction=True)
def test_eight_who_ask_at_once_get_one_file_made_once(words: Words) -> None:
    found, barrier = [], threading.Barrier(8)

    def one() -> None:
        barrier.wait()
        try:
            found.append(asked().pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1
    assert run_tasks() == 1
    assert words.made == ["Слово"]


def test_a_request_that_is_undone_leaves_neither_row_nor_task(words: Words) -> None:
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        asked()
        raise ValueError("no")
    assert not PreparedFile.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_what_was_killed_in_the_middle_the_next_one_makes(words: Words) -> None:
    row = asked()
    killed = Worker(begins_jobs=False)
    queue.claim(killed.key)
    with patch.object(tasks, "_keep", side_effect=SystemExit), pytest.raises(SystemExit):
        tasks._make(row.pk)  # as far as kill -9 let it come
    assert again(row).state == PreparedState.MAKING
    queue.take_back([], queue.held())
    DBTaskResult.objects.update(run_after=timezone.now())
    Worker(begins_jobs=False).step()
    assert content_of(again(row)) == "Слово".encode()


def test_what_was_killed_between_file_and_row_leaves_one_file(words: Words) -> None:
    row = asked()
    with patch.object(tasks, "_open", side_effect=[tasks._open(row.pk), SystemExit]), pytest.raises(SystemExit):
        tasks._make(row.pk)
    assert len(files()) == 1
    run_tasks()
    assert files() == [Path(again(row).file.name).name]


def test_what_changed_while_it_waited_is_asked_for_anew(words: Words) -> None:
    stale = asked()
    words.said = "Дело"
    run_tasks()
    assert again(stale).state == PreparedState.STALE
    assert words.made == []
    words.said = "Слово"  # and back
    assert asked().pk == stale.pk
    run_tasks()
    assert content_of(again(stale)) == "Слово".encode()


def test_what_is_not_there_any_more_is_stale(words: Words) -> None:
    row = asked()
    with patch.object(words, "read", side_effect=ObjectDoesNotExist), maker(words):
        run_tasks()
    assert again(row).state == PreparedState.STALE


def test_a_file_that_cannot_be_made_says_why_and_is_tried_again_on_request(words: Words) -> None:
    def refuse(content: str, progress: Any) -> bytes:
        raise PaperError("Нет шрифта.")

    with maker(words, refuse):
        row = asked()
        run_tasks()
    row = again(row)
    assert (row.has_failed, row.reason) == (True, "Нет шрифта.")
    with maker(words):
        assert begin_again(row, for_staff=True).is_under_way
        begin_again(row, for_staff=True)  # the second click
        assert run_tasks() == 1
        assert again(row).state == PreparedState.READY


def test_staff_goes_first_then_their_long_files_then_strangers(words: Words) -> None:
    with maker(words, is_long=True):
        asked()
    for words.said, for_staff in (("Чужое", False), ("Своё", True)):
        asked(for_staff=for_staff)
    words.said = "Слово"
    paths = [queue.claim("one").task_name for _ in range(3)]  # type: ignore[union-attr]  # three were enqueued
    states = DBTaskResult.objects.order_by("-priority").values_list("priority", flat=True)
    assert paths == ["make_file", "make_long_file", "make_file"]
    assert list(states) == [FOR_STAFF, LONG, FOR_STRANGERS]


@pytest.mark.parametrize("status", ["READY", "RUNNING"])
def test_what_strangers_wait_for_moves_up_when_staff_asks(words: Words, status: str) -> None:
    row = asked(for_staff=False)
    DBTaskResult.objects.update(status=status)  # an attempt that runs may fail: the next one is the staff's too
    asked(for_staff=False)
    assert DBTaskResult.objects.get().priority == FOR_STRANGERS
    assert asked().pk == row.pk
    assert (DBTaskResult.objects.get().priority, again(row).for_staff) == (FOR_STAFF, True)
    asked(for_staff=False)
    assert again(row).for_staff


def test_strangers_together_wait_for_ten_papers_and_staff_for_any_number(words: Words) -> None:
    rows = [asked_for(words, f"{number}", network=f"{number}") for number in range(STRANGERS_TOGETHER)]
    with pytest.raises(TooManyAsked):
        asked_for(words, "Ещё")
    assert (PreparedFile.objects.count(), DBTaskResult.objects.count()) == (10, 10)
    assert asked_for(words, "0").pk == rows[0].pk  # who asks for what is on its way waits with the others
    asked_for(words, "Своё", for_staff=True)
    asked_for(words, "1", for_staff=True)  # one less that strangers alone wait for
    row = asked_for(words, "Ещё", network="last")
    DBTaskResult.objects.filter(pk=str(row.task)).update(status="FAILED")
    asked_for(words, "Вместо него", network="last")
    with pytest.raises(TooManyAsked):
        begin_again(again(row), for_staff=False)
    assert begin_again(again(row), for_staff=True).is_under_way


def asked_for(words: Words, said: str, *, for_staff: bool = False, network: str = "") -> PreparedFile:
    """The file of a content, by a stranger unless it says otherwise."""
    words.said = said
    return asked(for_staff=for_staff, network=network)


def test_one_network_leaves_room_for_others(words: Words) -> None:
    rows = [asked_for(words, f"{number}", network="one") for number in range(ONE_NETWORK)]
    with pytest.raises(TooManyAsked):
        asked_for(words, "Ещё", network="one")
    assert asked_for(words, "0", network="one").pk == rows[0].pk
    asked_for(words, "Ещё", network="other")
    asked_for(words, "Своё", for_staff=True)
    assert list(PreparedFile.objects.order_by("pk").values_list("network", flat=True)) == ["one"] * 3 + ["other", ""]


def test_strangers_are_told_apart_by_their_network_and_nobody_is_named(rf: RequestFactory, chair: User) -> None:
    digests = []
    for address in ("203.0.113.1", "203.0.113.2", "203.0.113.1"):
        request = rf.get("/", REMOTE_ADDR=address)
        request.user = AnonymousUser()
        digests.append(network_digest(request))
    assert digests[0] == digests[2] != digests[1]
    assert not any("203" in one[:3] and "." in one for one in digests)
    request.user = chair
    assert network_digest(request) == ""


def test_a_file_whose_task_failed_for_good_has_failed(words: Words) -> None:
    row = asked()
    DBTaskResult.objects.update(status="FAILED")
    row = again(row)
    assert (row.is_lost, row.has_failed) == (True, True)
    assert "ошибка портала" in row.reason
    assert begin_again(row, for_staff=True).is_under_way


def test_a_damaged_or_missing_file_is_not_handed_out(words: Words) -> None:
    row = asked()
    run_tasks()
    row = again(row)
    Path(row.file.path).chmod(0o640)
    Path(row.file.path).write_bytes(b"other")
    assert content_of(row) is None
    Path(row.file.path).unlink()
    assert content_of(row) is None
    begin_again(row, for_staff=True)
    run_tasks()
    assert content_of(again(row)) == "Слово".encode()


def test_progress_is_told_while_the_file_is_made(words: Words) -> None:
    seen = []

    def slowly(content: str, progress: Any) -> bytes:
        for number in range(1, 4):
            progress(number, 3)
            seen.append(PreparedFile.objects.values_list("done", "total").get())
        return b"content"

    with maker(words, slowly), patch.object(tasks, "TELLS_EVERY", 0):
        asked()
        run_tasks()
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_old_files_go_with_their_rows_and_young_ones_stay(words: Words) -> None:
    old, young = asked(), a_file(digest="0" * 64)
    run_tasks()
    assert files()
    PreparedFile.objects.filter(pk=old.pk).update(
        requested_at=timezone.now() - tasks.KEPT, ready_at=timezone.now() - tasks.KEPT
    )
    tasks.forget_old_files.call()
    assert files() == []
    assert list(PreparedFile.objects.all()) == [young]


def test_a_file_that_took_long_is_kept_for_an_hour(words: Words) -> None:
    long_ago = timezone.now() - tasks.LONG_KEPT
    a_file(requested_at=long_ago, ready_at=long_ago)
    tasks.forget_old_files.call()
    assert PreparedFile.objects.exists()
    with maker(Words(), is_long=True):
        tasks.forget_old_files.call()
    assert not PreparedFile.objects.exists()


def test_the_oldest_ones_go_where_all_together_take_too_much_room(words: Words) -> None:
    young = timezone.now()
    for age, size in enumerate((25, 5, 1, 0)):
        moment = young - dt.timedelta(minutes=age)
        ready = {"size": size, "ready_at": moment} if size else A_FILE_TO_COME
        a_file(digest=f"{age}" * 64, requested_at=moment, **ready)
    for space, left in ((30, [25, 5, 0]), (3, [25, 0])):
        with override_settings(PREPARED_SPACE=space):
            tasks.forget_old_files.call()
        assert list(PreparedFile.objects.values_list("size", flat=True)) == left


def test_files_of_a_kind_that_nobody_makes_any_more_go_too() -> None:
    long_ago = timezone.now() - tasks.LONG_KEPT
    a_file(kind="gone", requested_at=long_ago, ready_at=long_ago)
    tasks.forget_old_files.call()
    assert not PreparedFile.objects.exists()
