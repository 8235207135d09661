"""Databases that are away indeed, locked, full or read-only: 503, and nothing half-written."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import User
from resolutions.models import Attachment, DecisionPoint, ProgressEntry
from revisions.models import SentForm
from revisions.sent_once import new_token
from tests.conftest import ClientFor
from tests.resolutions.factory import point_step
from tests.sgcszr_portal.outage.conftest import note, quiet

on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="a file that another process holds")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="a server that ends connections")


@contextmanager
def said(statement: str, back: str) -> Iterator[None]:
    """Tell the connection something, and take it back."""
    with connection.cursor() as cursor:
        cursor.execute(statement)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(back)


@contextmanager
def locked() -> Iterator[None]:
    """Somebody else writes, for longer than this connection waits."""
    with said("PRAGMA busy_timeout = 50", "PRAGMA busy_timeout = 20000"):
        other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.close()


@contextmanager
def full() -> Iterator[None]:
    """The file cannot grow, and has no page to spare."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    with said("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1073741823"):
        yield


SQLITE: dict[str, Callable[[], Any]] = {
    "locked": locked,
    "full": full,
    "read-only": lambda: said("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
}


@on_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("how", SQLITE)
def test_a_file_that_takes_nothing(client_for: ClientFor, secretariat: User, point: DecisionPoint, how: str) -> None:
    client, token = client_for(secretariat), new_token()
    point_step(point, "note", by=secretariat, text="Ж" * 1900)
    point.refresh_from_db()
    with SQLITE[how]():
        answers = [note(client, point, token) for _ in "12"]
        assert client.get("/due/").status_code == 200  # reading goes on
    for answer in answers:
        assert answer.status_code == 503 and "<strong>не сохранено</strong>" in answer.content.decode()
    assert not connection.in_atomic_block
    assert note(client, point, token).status_code == 302
    assert ProgressEntry.objects.count() == 2 and Attachment.objects.count() == 1


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_server_that_ends_the_connection_in_the_middle(
    client_for: ClientFor, secretariat: User, point: DecisionPoint
) -> None:
    client, token, save = client_for(secretariat), new_token(), Attachment.save

    def cut_off(attachment: Attachment, *arguments: Any, **named: Any) -> None:
        save(attachment, *arguments, **named)
        end_connection()
        ProgressEntry.objects.exists()

    with patch.object(Attachment, "save", cut_off):
        response = note(client, point, token)
    assert response.status_code == 503 and "<strong>не сохранено</strong>" in response.content.decode()
    connection.close_if_unusable_or_obsolete()  # as at the end of every request
    assert not ProgressEntry.objects.exists() and not Attachment.objects.exists()
    assert note(client, point, token).status_code == 302


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_form_whose_token_cannot_be_stored_leaves_no_open_transaction(
    client_for: ClientFor, secretariat: User, point: DecisionPoint
) -> None:
    client, stored = client_for(secretariat), SentForm.objects.create

    def cut_off(**said: Any) -> Any:
        end_connection()
        return stored(**said)

    with patch.object(SentForm.objects, "create", cut_off):
        response = note(client, point)
    assert response.status_code == 503 and not connection.in_atomic_block


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_not_there(client_for: ClientFor, secretariat: User) -> None:
    client = quiet(client_for(secretariat))
    connection.close()
    with patch.dict(connection.settings_dict, {"PORT": "1"}):
        response = client.get("/due/")
    assert response.status_code == 503


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_a_server_that_only_reads(client_for: ClientFor, secretariat: User, point: DecisionPoint) -> None:
    client = client_for(secretariat)
    with said("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"):
        response = note(client, point)
    assert response.status_code == 503 and not ProgressEntry.objects.exists()


def end_connection() -> None:
    """Another one tells the server to end ours, as a restart does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (ours,) = cursor.fetchone()

    def end() -> None:
        with connection.cursor() as cursor:  # of this thread
            cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [ours])
        connection.close()

    thread = threading.Thread(target=end)
    thread.start()
    thread.join()
