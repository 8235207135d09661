"""A status grows old: after 180 days it is marked, everywhere and by one rule."""

import datetime as dt
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from municipalities.models import Municipality
from municipalities.models.participation import is_stale, stale_before
from tests.municipalities.factory import TODAY, city, statement
from tests.words import words_of

pytestmark = pytest.mark.django_db

MARK = "Сведения устарели</span>"


def days_ago(number: int) -> str:
    return (TODAY() - dt.timedelta(days=number)).isoformat()


@pytest.mark.parametrize(
    ("status", "effective_on", "stale"),
    [
        # 1 September 2024 less 180 days is 5 March 2024
        ("active", "2024-03-05", False),
        ("active", "2024-03-04", True),
        ("none", "2024-03-04", True),
        ("active", "2024-09-01", False),
        ("unknown", "2020-01-01", False),
        ("active", None, False),
    ],
)
def test_180_days_are_not_stale_and_181_are(status: str, effective_on: str | None, stale: bool) -> None:
    stated = dt.date.fromisoformat(effective_on) if effective_on else None
    assert is_stale(status, stated, dt.date(2024, 9, 1)) is stale


def test_the_number_of_days_is_a_setting(settings: object) -> None:
    settings.STATUS_STALE_AFTER_DAYS = 30  # type: ignore[attr-defined]  # pytest-django's wrapper
    assert stale_before(dt.date(2024, 3, 31)) == dt.date(2024, 3, 1)


def test_the_day_from_which_one_looks_back_is_moscows() -> None:
    half_past_midnight = dt.datetime(2024, 9, 2, 0, 30, tzinfo=ZoneInfo("Europe/Moscow"))
    with patch("django.utils.timezone.now", return_value=half_past_midnight.astimezone(dt.UTC)):
        assert stale_before() == dt.date(2024, 3, 6)
    with patch("django.utils.timezone.now", return_value=half_past_midnight - dt.timedelta(hours=1)):
        assert stale_before() == dt.date(2024, 3, 5)


@pytest.fixture
def old_and_new(kostroma: Municipality, arkhangelsk: Municipality) -> None:
    statement(kostroma, "active", days_ago(181))
    statement(arkhangelsk, "active", days_ago(180))
    statement(city("Орёл", 1), "unknown", days_ago(900))
    city("Елец", 2)


def test_the_query_and_the_row_agree(old_and_new: None) -> None:
    rows = Municipality.objects.with_participation()
    assert [row.name for row in rows.stale()] == ["Кострома"]
    assert [row.name for row in rows.fresh()] == ["Архангельск"]
    assert [row.name for row in rows if row.standing.is_stale] == ["Кострома"]


def test_the_registry_marks_and_filters(client: Client, old_and_new: None) -> None:
    whole = client.get("/municipalities/").content.decode()
    assert whole.count(MARK) == 1
    assert "Таких: 1." in words_of(whole)
    stale = client.get("/municipalities/?freshness=stale").content.decode()
    assert "Найдено 1 из 4" in words_of(stale)
    assert '<th scope="row"><a href="/municipalities/kostroma/">' in stale
    fresh = client.get("/municipalities/?freshness=fresh").content.decode()
    assert "Найдено 1 из 4" in words_of(fresh)
    assert '<th scope="row"><a href="/municipalities/arkhangelsk/">' in fresh


def test_on_a_past_day_one_looks_back_from_that_day(client: Client, kostroma: Municipality) -> None:
    statement(kostroma, "active", "2024-06-27")
    for day, stale in (("2024-12-24", False), ("2024-12-25", True)):  # 180 and 181 days later
        for address in (f"/municipalities/?as_of={day}", f"/municipalities/kostroma/?as_of={day}"):
            assert (MARK in client.get(address).content.decode()) is stale, address


def test_the_municipality_s_page_marks_it(client: Client, old_and_new: None) -> None:
    assert MARK in client.get("/municipalities/kostroma/").content.decode()
    assert MARK not in client.get("/municipalities/arkhangelsk/").content.decode()


def test_the_overview_counts_them(client: Client, old_and_new: None) -> None:
    answer = client.get("/")
    assert answer.context["overview"].coverage.stale == 1
    assert 'href="/municipalities/?freshness=stale" data-figure>1</a>' in answer.content.decode()


def test_whoever_confirmed_is_not_stale_any_more(client: Client, old_and_new: None, kostroma: Municipality) -> None:
    statement(kostroma, "", days_ago(0), basis="")
    assert MARK not in client.get("/municipalities/").content.decode()
