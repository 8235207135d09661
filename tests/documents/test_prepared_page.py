"""`/papers/<key>/`: how far a file is; and what the paper's own address answers meanwhile."""

import datetime as dt
import tracemalloc
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from background.models import LiveWorker
from documents.models import PreparedFile
from documents.preparing import asking
from documents.preparing.asking import STRANGERS_TOGETHER, ask, wait_shortly, wanted
from documents.views.prepared import paper_response
from tests.documents.prepared import Words, a_file, maker
from tests.papers import whole
from tests.tasks import run_tasks

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def words() -> Iterator[Words]:
    said = Words()
    with maker(said):
        yield said


def asked(network: str = "") -> PreparedFile:
    return ask(wanted("words", {}), for_staff=False, network=network)


@pytest.fixture
def worker(db: None) -> LiveWorker:
    return LiveWorker.objects.create(key="w" * 32)


def at_its_address(method: str = "get", *, user: User | None = None, **headers: str) -> Any:
    """What the paper's own address answers, to a stranger unless somebody is named."""
    return whole(asked_for_by(user or AnonymousUser(), method, **headers))


def asked_for_by(visitor: User | AnonymousUser, method: str = "get", **headers: str) -> Any:
    """The same, not read yet."""
    request = getattr(RequestFactory(), method)("/words.pdf", headers=headers)
    request.user = visitor
    return paper_response(request, "words", {}, "Слова.pdf", inline=True)


@pytest.mark.parametrize("method", ["get", "head"])
def test_what_is_not_there_yet_is_answered_by_a_page_that_refreshes_itself(worker: LiveWorker, method: str) -> None:
    with patch.object(asking, "SHORT_WAIT", 0):
        answer = at_its_address(method)
    row = PreparedFile.objects.get()
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (202, "3", "private, no-store")
    text = answer.content.decode()
    assert f'<noscript><meta http-equiv="refresh" content="3; url=/papers/{row.key}/"></noscript>' in text
    assert "ждёт своей очереди" in text
    assert "Страницу можно закрыть" in text
    assert '<a href="/words/">Вернуться' in text
    assert 'href="/words.pdf"' in text
    assert "не работает" not in text


def test_what_is_there_comes_at_once_and_not_again(words: Words) -> None:
    at_its_address()
    run_tasks()
    answer = at_its_address()
    assert (answer.status_code, answer.content) == (200, "Слово".encode())
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-cache")
    assert answer["Content-Disposition"].startswith("inline")
    unchanged = at_its_address(if_none_match=answer["ETag"])
    assert (unchanged.status_code, unchanged["ETag"], unchanged.content) == (304, answer["ETag"], b"")
    assert words.made == ["Слово"]


def test_a_file_is_read_piece_by_piece_for_it_may_be_larger_than_the_memory(words: Words) -> None:
    size = 8_000_000
    with maker(words, lambda content, progress: b"%" * size):
        at_its_address()
        run_tasks()
    tracemalloc.start()
    try:
        answer = asked_for_by(AnonymousUser())
        with answer.file_to_stream:
            read = sum(len(piece) for piece in answer.streaming_content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert read == size
    assert peak < size / 4


def test_what_comes_within_a_moment_is_waited_for(worker: LiveWorker) -> None:
    def made_meanwhile(seconds: float) -> None:
        run_tasks()

    with patch("documents.preparing.asking.time.sleep", made_meanwhile):
        assert at_its_address().status_code == 200


def test_no_more_than_two_of_a_process_wait(worker: LiveWorker) -> None:
    row = asked()
    for _ in "12":
        assert asking._waiters.acquire(blocking=False)
    try:
        with patch("documents.preparing.asking.time.sleep") as slept:
            assert wait_shortly(row) == row
        assert not slept.called
    finally:
        asking._waiters.release(2)


def test_who_waited_lets_others_wait(worker: LiveWorker) -> None:
    with patch.object(asking, "SHORT_WAIT", 0.01):
        for _ in range(5):
            wait_shortly(asked())
    assert asking._waiters._value == 2


def test_nobody_waits_for_a_worker_that_is_not_there() -> None:
    with patch("documents.preparing.asking.time.sleep") as slept:
        answer = at_its_address()
    assert not slept.called
    assert "обработчик очереди не работает" in answer.content.decode()
    assert "Ничего не потеряно" in answer.content.decode()


def test_a_worker_that_was_not_seen_for_half_a_minute_is_not_there(client: Client, worker: LiveWorker) -> None:
    page = asked().get_absolute_url()
    assert "не работает" not in client.get(page).text
    LiveWorker.objects.update(seen_at=timezone.now() - dt.timedelta(seconds=31))
    assert "не работает" in client.get(page).text


def test_the_page_shows_how_far_it_is(client: Client) -> None:
    row = asked()
    PreparedFile.objects.update(state="making", done=12, total=90)
    page = client.get(row.get_absolute_url())
    assert (page.status_code, page["Retry-After"]) == (202, "3")
    assert "готово 12 из 90" in page.text
    assert '<progress id="prepared-progress" value="12" max="90">' in page.text
    PreparedFile.objects.update(done=0, total=0)
    assert "Файл составляется. Запрошен" in client.get(row.get_absolute_url()).text


def test_htmx_gets_the_part_that_moves_with_one_query(client: Client) -> None:
    row = asked()
    with CaptureQueriesContext(connection) as captured:
        part = client.get(row.get_absolute_url(), headers={"HX-Request": "true"})
    assert len(captured) == 1
    assert part.status_code == 202
    assert part.text.lstrip().startswith('<section class="section" id="prepared"')
    assert 'hx-trigger="every 2s"' in part.text


def test_in_the_end_it_offers_the_file_and_stops(client: Client) -> None:
    row = asked()
    run_tasks()
    for headers in ({}, {"HX-Request": "true"}):
        page = client.get(row.get_absolute_url(), headers=headers)
        assert page.status_code == 200
        assert '<a class="button button--primary" href="/words.pdf">Открыть файл</a>' in page.text
        assert "hx-trigger" not in page.text
        assert "refresh" not in page.text
        assert "Retry-After" not in page


def test_one_that_failed_says_so_and_is_tried_again(client: Client) -> None:
    row = asked()
    DBTaskResult.objects.update(status="FAILED")
    page = client.get(row.get_absolute_url())
    assert page.status_code == 422
    assert "Помешала ошибка портала" in page.text
    assert "Попробовать ещё раз" in page.text
    assert at_its_address().status_code == 422
    assert client.post(f"{row.get_absolute_url()}again/")["Location"] == row.get_absolute_url()
    run_tasks()
    assert at_its_address().status_code == 200


def test_a_stranger_is_told_when_to_come_again_while_strangers_wait_for_many(
    client: Client, words: Words, chair: User
) -> None:
    failed = asked()
    DBTaskResult.objects.update(status="FAILED")
    for words.said in (f"{number}" for number in range(STRANGERS_TOGETHER)):
        asked(network=words.said)
    words.said = "Ещё"
    answers: list[Any] = [at_its_address(), client.post(f"{failed.get_absolute_url()}again/")]
    for answer in answers:
        assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "60", "private, no-store")
        assert "Сейчас портал составляет много файлов" in answer.content.decode()
    assert (PreparedFile.objects.count(), DBTaskResult.objects.count()) == (11, 11)
    assert at_its_address(user=chair).status_code == 202
    client.force_login(chair)
    assert client.post(f"{failed.get_absolute_url()}again/").status_code == 302


def test_nothing_is_begun_again_that_did_not_fail(client: Client) -> None:
    row = a_file()
    client.post(f"{row.get_absolute_url()}again/")
    assert PreparedFile.objects.get().state == "ready"


def test_a_stale_one_leads_to_the_address(client: Client, words: Words) -> None:
    row = asked()
    words.said = "Дело"
    run_tasks()
    page = client.get(row.get_absolute_url())
    assert page.status_code == 200
    assert "сведения изменились" in page.text
    assert 'href="/words.pdf"' in page.text


def test_a_lost_file_is_made_again(words: Words) -> None:
    at_its_address()
    run_tasks()
    row = PreparedFile.objects.get()
    row.file.storage.delete(row.file.name)
    assert at_its_address().status_code == 202
    run_tasks()
    assert at_its_address().content == "Слово".encode()


def test_a_kind_that_nobody_makes_any_more_is_not_there(client: Client) -> None:
    assert client.get(a_file(kind="gone").get_absolute_url()).status_code == 404


@pytest.mark.parametrize("key", ["unknown", "%00", "a" * 5000])
def test_an_unknown_key_is_not_there(client: Client, key: str) -> None:
    assert client.get(f"/papers/{key}/").status_code == 404
    assert client.post(f"/papers/{key}/again/").status_code == 404
