"""A part that is away: a page in the portal's design with 503, whatever was asked for, and nothing half-written."""

import errno
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError, InterfaceError, OperationalError, ProgrammingError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client, override_settings
from django.urls import reverse
from psycopg import errors as of_postgresql

from accounts.models import User
from background.outage import is_outage
from resolutions.models import Attachment, DecisionPoint, ProgressEntry
from revisions import sent_once
from revisions.models import SentForm
from revisions.sent_once import Became, SentOnce, new_token, what_became_of
from tests.conftest import ClientFor
from tests.resolutions.factory import PDF, decision, point_step, upload
from tests.sgcszr_portal.archive.portal import files_in

FULL = OSError(errno.ENOSPC, "No space left on device")
AWAY = OperationalError("server closed the connection unexpectedly")


def from_driver(raised: Exception, cause: Exception, **said: object) -> Exception:
    """What Django raises of a driver's exception."""
    for name, value in said.items():
        setattr(cause, name, value)
    raised.__cause__ = cause
    return raised


def of_sqlite(code: int, kind: type[Exception] = OperationalError) -> Exception:
    return from_driver(kind("…"), sqlite3.OperationalError("…"), sqlite_errorcode=code)


def chained(outer: Exception, inner: Exception) -> Exception:
    outer.__context__ = inner
    return outer


OUTAGES = {
    "no connection": AWAY,
    "refused": from_driver(OperationalError("refused"), psycopg.OperationalError("connection refused")),
    "closed": InterfaceError("connection already closed"),
    "too many": from_driver(OperationalError("…"), of_postgresql.TooManyConnections("…")),
    "stopped": from_driver(OperationalError("…"), of_postgresql.AdminShutdown("…")),
    "starting": from_driver(OperationalError("…"), of_postgresql.CannotConnectNow("…")),
    "its disk": from_driver(OperationalError("…"), of_postgresql.DiskFull("…")),
    "read-only": from_driver(ProgrammingError("…"), of_postgresql.ReadOnlySqlTransaction("…")),
    "locked": of_sqlite(sqlite3.SQLITE_BUSY),
    "locked by a reader": of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT),
    "full": of_sqlite(sqlite3.SQLITE_FULL),
    "a read-only file": of_sqlite(sqlite3.SQLITE_READONLY),
    "input and output": of_sqlite(sqlite3.SQLITE_IOERR_FSYNC),
    "no file": of_sqlite(sqlite3.SQLITE_CANTOPEN),
    "a full disk": FULL,
    "a read-only disk": OSError(errno.EROFS, "…"),
    "over the quota": OSError(errno.EDQUOT, "…"),
    "no permission": PermissionError(errno.EACCES, "…"),
    "underneath": chained(ValueError("…"), FULL),
}
FAULTS = {
    "nothing": None,
    "a bug": RuntimeError("…"),
    "no such table": of_sqlite(sqlite3.SQLITE_ERROR),
    "an odd value": from_driver(InterfaceError("…"), sqlite3.InterfaceError("Error binding parameter 0")),
    "a deadlock": from_driver(OperationalError("…"), of_postgresql.DeadlockDetected("…")),
    "too long": from_driver(DataError("…"), of_postgresql.StringDataRightTruncation("…")),
    "no file": FileNotFoundError(errno.ENOENT, "…"),
    "a mail server": ConnectionRefusedError(errno.ECONNREFUSED, "…"),
}


@pytest.mark.parametrize("name", OUTAGES)
def test_what_is_away_is_known(name: str) -> None:
    assert is_outage(OUTAGES[name])


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_a_fault_stays_one(name: str) -> None:
    assert not is_outage(FAULTS[name])


def test_what_somebody_coped_with_is_over() -> None:
    with pytest.raises(ValueError, match="new") as raised:
        try:
            raise FULL
        except OSError:
            raise ValueError("new") from None
    assert not is_outage(raised.value)


@contextmanager
def database_away(error: Exception = AWAY) -> Iterator[list[str]]:
    """Every question to the database fails; gives what was asked."""
    asked: list[str] = []

    def refuse(execute: object, sql: str, *arguments: object) -> None:
        asked.append(sql)
        raise error

    with connection.execute_wrapper(refuse):
        yield asked


def quiet(client: Client) -> Client:
    """A client that shows what a visitor would see."""
    client.raise_request_exception = False
    return client


ADDRESSES = [
    "/",
    "/due/",
    "/resolutions/",
    "/resolutions/decision/",
    "/resolutions/decision/decision.pdf",
    "/resolutions/decision/execution.xlsx",
    "/municipalities/export.xlsx",
    "/municipalities/?q=город",
    "/letters/",
    "/accounts/login/",
    "/admin/",
    "/archive/",
    "/no/such/page/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("logged_in", [True, False])
def test_any_address_says_so(client_for: ClientFor, secretariat: User, address: str, logged_in: bool) -> None:
    client = quiet(client_for(secretariat if logged_in else None))
    with database_away():
        response = client.get(address)
    if not logged_in and response.status_code == 302:
        return  # to the login page, for which nobody needs to ask
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "30", "no-store")
    assert "Портал временно недоступен" in page and "css/base.css" in page
    assert "Content-Security-Policy" in response and "HX-Retarget" not in response
    assert "обновите страницу" in page and "не сохранено" not in page


@pytest.mark.django_db
def test_the_page_itself_asks_nothing(client_for: ClientFor, secretariat: User) -> None:
    client = quiet(client_for(secretariat))
    with database_away() as asked:
        client.get("/due/")
        assert len(asked) == 1


@pytest.mark.django_db
def test_a_fragment_stands_above_the_page_that_is_there(client_for: ClientFor, secretariat: User) -> None:
    client = quiet(client_for(secretariat))
    with database_away():
        response = client.get("/municipalities/", headers={"HX-Request": "true"})
        again = client.get("/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#content", "afterbegin show:top")
    assert response.content.decode().startswith('<div class="notice notice--error" role="alert">')
    assert "Повторите действие немного позже" in response.content.decode()
    assert again.content.decode().startswith("<!DOCTYPE html>")


@pytest.mark.django_db
def test_a_fault_is_still_a_fault(client_for: ClientFor) -> None:
    with database_away(of_sqlite(sqlite3.SQLITE_ERROR)):
        response = quiet(client_for(None)).get("/")
    assert response.status_code == 500 and "Retry-After" not in response


@pytest.fixture
def media(tmp_path: Path) -> Iterator[Path]:
    with files_in(tmp_path / "media"):
        yield tmp_path / "media"


@pytest.fixture
def point(secretariat: User, media: Path) -> DecisionPoint:
    return decision("recommendation", by=secretariat).points.get()


def note(client: Client, point: DecisionPoint, token: str = "", **headers: str) -> Any:
    """Send a note on a point, with a file."""
    said = {
        "text": "Получено письмо. " * 110,  # more than fits on the pages that a file has
        "happened_on": "2024-07-01",
        "version": str(point.version),
        "attachments": SimpleUploadedFile("Письмо.pdf", PDF),
        "form_token": token or new_token(),
    }
    return quiet(client).post(reverse("point_step", args=["decision", point.number, "note"]), said, headers=headers)


def full_at(place: str) -> Any:
    """The disk is full from a step of storing on."""
    return patch(place, side_effect=FULL)


FAILING: dict[str, Callable[[], Any]] = {
    "the first byte": lambda: full_at("documents.storage._write"),
    "its name": lambda: full_at("documents.storage.os.link"),
    "the row of the file": lambda: patch.object(Attachment, "save", side_effect=of_sqlite(sqlite3.SQLITE_FULL)),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("step", FAILING)
def test_a_form_is_not_half_written(
    client_for: ClientFor, secretariat: User, point: DecisionPoint, media: Path, step: str
) -> None:
    token = new_token()
    with FAILING[step]():
        response = note(client_for(secretariat), point, token)
    page = response.content.decode()
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "<strong>не сохранено</strong>" in page and "«Назад»" in page
    assert not ProgressEntry.objects.exists() and not Attachment.objects.exists() and not SentForm.objects.exists()
    assert note(client_for(secretariat), point, token).status_code == 302  # the same form, once the disk has room
    assert Attachment.objects.get().entry == ProgressEntry.objects.get()


@pytest.mark.django_db
def test_htmx_leaves_what_was_typed_where_it_is(client_for: ClientFor, secretariat: User, point: DecisionPoint) -> None:
    with full_at("documents.storage._write"):
        response = note(client_for(secretariat), point, **{"HX-Request": "true"})
    assert response["HX-Retarget"] == "#content"
    assert "Ничего не сохранено. Введённый текст остался на странице" in response.content.decode()


@contextmanager
def sessions_away() -> Iterator[None]:
    """No session can be stored."""

    def refuse(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if sql.startswith("UPDATE") and "django_session" in sql:
            raise AWAY
        return execute(sql, *arguments)

    with override_settings(SESSION_SAVE_EVERY_REQUEST=True), connection.execute_wrapper(refuse):
        yield


@pytest.mark.django_db
def test_what_was_kept_is_not_called_lost(client_for: ClientFor, secretariat: User, point: DecisionPoint) -> None:
    client = client_for(secretariat)
    with sessions_away():
        response = note(client, point)
        point.refresh_from_db()
        fragment = note(client, point, **{"HX-Request": "true"})
    assert (response.status_code, fragment.status_code) == (503, 503)
    assert "<strong>сохранено</strong>" in response.content.decode() and ProgressEntry.objects.exists()
    assert "То, что вы отправили, сохранено" in fragment.content.decode()


@pytest.mark.django_db
def test_a_session_that_cannot_be_stored_is_no_bad_request(client_for: ClientFor, secretariat: User) -> None:
    client = quiet(client_for(secretariat))
    with sessions_away():
        assert client.get("/due/").status_code == 503


@pytest.mark.django_db
@pytest.mark.parametrize(("vendor", "became"), [("postgresql", Became.UNKNOWN), ("sqlite", Became.NOTHING)])
def test_only_a_server_may_confirm_unheard(vendor: str, became: Became, secretariat: User, rf: Any) -> None:
    request: HttpRequest = rf.post("/x/", {"form_token": new_token()})
    request.user = secretariat

    def confirmed_unheard(asked: HttpRequest) -> HttpResponse:
        layer.process_view(asked, view, (), {})
        claim = sent_once._claim.get()
        assert claim is not None
        claim.work.push(fail)
        return HttpResponseRedirect("/")

    def fail(*ending: object) -> None:
        raise AWAY

    layer = SentOnce(confirmed_unheard)
    with patch.object(connection, "vendor", vendor), pytest.raises(OperationalError):
        layer(request)
    assert what_became_of(request) is became


def view() -> None:
    """A view, for its module's name."""


@pytest.mark.django_db
def test_a_download_that_may_not_be_read(client_for: ClientFor, secretariat: User, point: DecisionPoint) -> None:
    point_step(point, "note", by=secretariat, text="Письмо.", files=[upload()])
    with patch("django.core.files.storage.filesystem.open", create=True, side_effect=PermissionError(13, "…")):
        response = quiet(client_for(secretariat)).get(Attachment.objects.get().get_absolute_url())
    assert response.status_code == 503


# --- databases that are away indeed -----------------------------------------------------------------------------

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
