"""Requests wait for another writer of SQLite for seconds, commands longer."""

import sqlite3
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import OperationalError, connection, connections
from django.test import Client

from accounts.models import Bucket, OutgoingMail, User
from revisions.patience import REQUEST, be_impatient, impatient
from sgcszr_portal import limits

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite locks the whole database"),
]


@pytest.fixture
def busy(transactional_db: None) -> Iterator[None]:
    """Somebody else writes."""
    other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


def patience() -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA busy_timeout").fetchone()[0])


def test_whoever_is_impatient_gives_up_and_is_patient_again(busy: None) -> None:
    before, began = patience(), time.monotonic()
    with pytest.raises(OperationalError), impatient(0.05):
        User.objects.create_user("new@example.org", name="Новый", role="chair")
    assert time.monotonic() - began < before / 1000
    assert patience() == before


def test_who_cannot_be_counted_soon_reads_when_to_come_again(busy: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PATIENCE", 0.05)
    answer = Client(raise_request_exception=False).post("/accounts/password/reset/", {"email": "a@example.org"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert not Bucket.objects.exists() and not OutgoingMail.objects.exists()


@pytest.mark.parametrize("address", ["/verify/0000-0000-0000/", "/resolutions/nothing/execution/"])
def test_what_only_reads_is_answered_uncounted(busy: None, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(limits, "READING_WAITS", 0.05)
    assert Client().get(address).status_code == 404
    assert not Bucket.objects.exists()


@pytest.mark.parametrize(("said", "waits"), [(20, REQUEST), (0.2, 0.2)])
def test_a_process_that_answers_requests_waits_no_longer(
    monkeypatch: pytest.MonkeyPatch, said: float, waits: float
) -> None:
    options = connections.settings["default"]["OPTIONS"]
    monkeypatch.setitem(options, "timeout", said)
    be_impatient()
    assert options["timeout"] == waits
