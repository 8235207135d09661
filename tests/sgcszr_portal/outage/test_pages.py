"""A part that is away: a page in the portal's design with 503, whatever was asked for, and nothing half-written."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import override_settings

from accounts.models import User
from resolutions.models import Attachment, DecisionPoint, ProgressEntry
from revisions import sent_once
from revisions.models import SentForm
from revisions.sent_once import Became, SentOnce, new_token, what_became_of
from tests.background.test_outage import AWAY, FULL, of_sqlite
from tests.conftest import ClientFor
from tests.resolutions.factory import point_step, upload
from tests.sgcszr_portal.outage.conftest import note, quiet

pytestmark = pytest.mark.slow


@contextmanager
def database_away(error: Exception = AWAY) -> Iterator[list[str]]:
    """Every question to the database fails; gives what was asked."""
    asked: list[str] = []

    def refuse(execute: object, sql: str, *arguments: object) -> None:
        asked.append(sql)
        raise error

    with connection.execute_wrapper(refuse):
        yield asked


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
