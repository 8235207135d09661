"""`/healthz`: does the process live. `/readyz`: can the portal work."""

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings

from accounts.models import User
from background.models import LiveWorker
from documents.storage import WholeFiles
from sgcszr_portal import readiness
from sgcszr_portal.files import storages
from sgcszr_portal.readiness import Check, State
from tests.conftest import ClientFor
from tests.reading import stored_files

NAMES = ["database", "migrations", "files", "space", "worker"]


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    """No answer of another test holds."""
    readiness.kept.forget()
    yield
    readiness.kept.forget()


@contextmanager
def nothing_asked() -> Iterator[None]:
    def refuse(*arguments: object) -> None:
        raise AssertionError("a query")

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.django_db
def test_a_living_process_asks_nothing_and_sets_nothing(client_for: ClientFor, secretariat: User) -> None:
    client = client_for(secretariat)  # with the cookie of a session
    with nothing_asked(), patch.object(WholeFiles, "try_writing", side_effect=AssertionError("a file")):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert not response.cookies and "no-store" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_only_reading_is_allowed(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_both_are_asked_from_inside_without_tls(client: Client, address: str) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True):
        assert Client().get(address).status_code == 200
        assert Client().get("/").status_code == 301


@pytest.mark.django_db
def test_a_portal_that_can_work_says_so_and_leaves_no_trace(client: Client) -> None:
    LiveWorker.objects.create(key="one")
    before = stored_files()
    response = client.get("/readyz")
    told = response.json()
    assert (response.status_code, told["status"], list(told["checks"])) == (200, "ok", NAMES)
    assert {check["state"] for check in told["checks"].values()} == {"ok"}
    assert stored_files() == before and not response.cookies
    from django.contrib.sessions.models import Session

    assert not Session.objects.exists()


def failed(client: Client) -> list[str]:
    """Which checks failed; nothing that a stranger should not know is told."""
    response = client.get("/readyz")
    told = response.json()
    assert (response.status_code, told["status"]) == (503, "unavailable")
    assert str(settings.MEDIA_ROOT) not in response.content.decode() and "secret" not in response.content.decode()
    return [name for name, check in told["checks"].items() if check["state"] == "failed"]


@pytest.mark.django_db
def test_a_database_out_of_reach_is_said(client: Client) -> None:
    def refuse(*arguments: object) -> None:
        raise OperationalError("connection to server at secret.example failed")

    with connection.execute_wrapper(refuse):
        assert failed(client) == ["database", "migrations", "worker"]


@pytest.mark.django_db
def test_a_database_of_an_older_version_is_said(client: Client) -> None:
    wanted = frozenset({("resolutions", "9999_later")})
    with patch.object(readiness, "_migrations", return_value=wanted):
        assert failed(client) == ["migrations"]
        with patch.object(MigrationRecorder, "applied_migrations", return_value=dict.fromkeys(wanted)):
            readiness.kept.forget()
            assert client.get("/readyz").status_code == 200


def test_every_migration_of_the_code_is_wanted() -> None:
    with override_settings(MIGRATION_MODULES={}):
        wanted = readiness._migrations.__wrapped__()
    assert ("revisions", "0001_initial") in wanted and ("sessions", "0001_initial") in wanted


@pytest.mark.django_db
def test_a_disk_that_takes_no_file_is_said(client: Client) -> None:
    with patch("documents.storage._write", side_effect=OSError(28, "No space left: /secret")):
        assert failed(client) == ["files"]


@pytest.mark.django_db
def test_a_disk_that_is_nearly_full_is_said(client: Client) -> None:
    with override_settings(MIN_FREE_SPACE=shutil.disk_usage(settings.MEDIA_ROOT).total + 1):
        assert failed(client) == ["space"]


@pytest.mark.django_db
def test_the_disk_of_sqlite_counts_too(client: Client) -> None:
    asked: list[str] = []

    def usage(place: object) -> Any:
        asked.append(str(place))
        return SimpleNamespace(free=10**12)

    with patch.object(shutil, "disk_usage", usage):
        assert client.get("/readyz").status_code == 200
    assert len(asked) == len(storages()) + (connection.vendor == "sqlite")


@pytest.mark.django_db
def test_without_a_worker_the_portal_is_ready_all_the_same(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json()["checks"]["worker"] == {
        "state": "remark",
        "text": "does not run: mail and long papers wait",
    }


@pytest.mark.django_db
def test_whoever_asks_often_costs_nothing(client_for: ClientFor, secretariat: User) -> None:
    client = client_for(secretariat)
    client.get("/readyz")
    with nothing_asked():
        assert {client.get("/readyz").status_code for _ in range(20)} == {200}
    with patch.object(readiness, "KEPT", 0.0), pytest.raises(AssertionError, match="a query"), nothing_asked():
        client.get("/readyz")


def test_while_somebody_asks_others_get_the_answer_before() -> None:
    ready, go = threading.Event(), threading.Event()
    made: list[str] = []

    def slow() -> Check:
        made.append("made")
        ready.set()
        assert go.wait(10)
        return Check("slow", State.OK, "")

    before = [Check("before", State.OK, "")]
    readiness.kept.checks, readiness.kept.at = before, 0.0
    with patch.object(readiness, "CHECKS", [slow]):
        thread = threading.Thread(target=readiness.readiness)
        thread.start()
        assert ready.wait(10)
        assert readiness.kept.current() == before
        go.set()
        thread.join()
    assert made == ["made"] and readiness.kept.checks[0].name == "slow"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file that another process holds")
@pytest.mark.django_db(transaction=True)
def test_a_locked_file_is_told_soon_and_waited_for_as_before(client: Client) -> None:
    other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with patch.object(readiness, "PATIENCE", 0.05):
        assert failed(client) == ["database"]
    other.close()
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20000,)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a server that only reads")
@pytest.mark.django_db(transaction=True)
def test_a_server_that_only_reads_is_told(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        assert failed(client) == ["database"]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a table that another one holds")
@pytest.mark.django_db(transaction=True)
def test_a_locked_table_is_told_soon(client: Client) -> None:
    held, go = threading.Event(), threading.Event()

    def hold() -> None:
        from django.db import transaction

        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE django_session")
            held.set()
            go.wait(10)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(10)
    with patch.object(readiness, "PATIENCE", 0.05):
        assert failed(client) == ["database"]
    go.set()
    thread.join()
