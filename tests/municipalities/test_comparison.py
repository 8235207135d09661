"""Two days side by side, against a table reckoned by hand.

Архангельск   2024-06-27 planned   2024-10-03 active
Вологда       2024-06-27 active    2024-12-01 active (confirmed)
Елец          2024-06-28 none
Кострома      2024-06-27 active
Орёл          nothing, ever
Псков         2024-06-27 planned   2024-08-01 active      2024-12-31 planned
"""

import datetime as dt
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from municipalities.comparison import compare
from municipalities.models import Municipality, Participation
from tests.municipalities.factory import TODAY, city, many_cities, statement

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = "/municipalities/compare/"

STATEMENTS = [
    ("Архангельск", [("planned", "2024-06-27"), ("active", "2024-10-03")]),
    ("Вологда", [("active", "2024-06-27"), ("active", "2024-12-01")]),
    ("Елец", [("none", "2024-06-28")]),
    ("Кострома", [("active", "2024-06-27")]),
    ("Орёл", []),
    ("Псков", [("planned", "2024-06-27"), ("active", "2024-08-01"), ("planned", "2024-12-31")]),
]


@pytest.fixture
def cities(db: None) -> None:
    for number, (name, said) in enumerate(STATEMENTS, start=1):
        one = city(name, number)
        for status, day in said:
            statement(one, status, day)


#  from, to: (changed), (same status on a new date), (nothing new); changed first, each part by name
TABLE = [
    ("2024-06-27", "2025-01-01", "Архангельск Елец", "Вологда Псков", "Кострома Орёл"),
    ("2024-06-27", "2024-12-30", "Архангельск Елец Псков", "Вологда", "Кострома Орёл"),
    ("2024-06-26", "2024-06-27", "Архангельск Вологда Кострома Псков", "", "Елец Орёл"),
    ("2024-06-27", "2024-06-28", "Елец", "", "Архангельск Вологда Кострома Орёл Псков"),
    ("2024-06-28", "2024-10-02", "Псков", "", "Архангельск Вологда Елец Кострома Орёл"),
    ("2024-06-28", "2024-10-03", "Архангельск Псков", "", "Вологда Елец Кострома Орёл"),
    ("2024-12-31", "2024-12-31", "", "", "Архангельск Вологда Елец Кострома Орёл Псков"),
]


@pytest.mark.parametrize(("earlier", "later", "changed", "refreshed", "same"), TABLE)
def test_city_by_city(cities: None, earlier: str, later: str, changed: str, refreshed: str, same: str) -> None:
    comparison = compare(dt.date.fromisoformat(earlier), dt.date.fromisoformat(later))
    assert [row.name for row in comparison.rows] == f"{changed} {refreshed} {same}".split()
    assert (comparison.changed, comparison.refreshed, comparison.unchanged) == tuple(
        len(part.split()) for part in (changed, refreshed, same)
    )
    assert [row.name for row in comparison.rows if row.is_changed] == changed.split()


def test_the_counts_of_both_days(cities: None) -> None:
    counts = {count.status: count for count in compare(dt.date(2024, 6, 27), dt.date(2024, 12, 30)).counts}
    others = dict.fromkeys(Participation.values, (0, 0, "0"))
    assert {status: (count.before, count.after, count.difference) for status, count in counts.items()} == others | {
        "active": (2, 4, "+2"),
        "planned": (2, 0, "−2"),
        "none": (0, 1, "+1"),
        "unknown": (2, 1, "−1"),
    }


def test_the_page_begins_with_the_assembly_and_ends_today(client: Client, cities: None) -> None:
    answer = client.get(URL)
    page = answer.content.decode().replace("\u00a0", " ")
    assert (answer.context["comparison"].earlier, answer.context["comparison"].later) == (
        dt.date(2024, 6, 27),
        TODAY(),
    )
    assert "С 27 июня 2024 г. по" in page
    assert page.count("<strong>Статус изменён</strong>") == 2
    assert page.count("Новая дата") == 2
    assert 'href="/municipalities/compare/?from=2024-06-27&amp;to=' in page
    assert page.index("Архангельск") < page.index("Вологда") < page.index("Кострома")


def test_today_is_moscows(client: Client, kostroma: Municipality) -> None:
    statement(kostroma, "pilot", "2025-03-01")
    half_past_midnight = dt.datetime(2025, 3, 1, 0, 30, tzinfo=ZoneInfo("Europe/Moscow"))
    for moment, changed in ((half_past_midnight, 1), (half_past_midnight - dt.timedelta(hours=1), 0)):
        with patch("django.utils.timezone.now", return_value=moment.astimezone(dt.UTC)):
            assert client.get(URL).context["comparison"].changed == changed


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("?from=2024-07-01&to=2024-06-01", "Первый день позже второго"),
        ("?from=вчера", "Укажите дату так"),
        ("?to=2024-02-30", "Укажите дату так"),
        ("?to=2999-01-01", "Эта дата ещё не наступила"),
        ("?from=0001-01-01", "не раньше 1 января 2000"),
    ],
)
def test_bad_days_are_explained(client: Client, cities: None, query: str, message: str) -> None:
    answer = client.get(URL + query)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert '<th scope="row">' not in answer.content.decode()


def test_what_is_off_the_list_is_not_compared(client: Client, cities: None) -> None:
    Municipality.objects.filter(name="Архангельск").update(is_listed=False)
    assert "Архангельск" not in client.get(URL).content.decode()


def test_an_empty_list_has_an_answer(client: Client) -> None:
    assert "Таких городов среди членов Союза на второй день нет" in client.get(URL).content.decode()


def test_long_lists_come_in_pages_that_keep_the_days(client: Client) -> None:
    many_cities(120)
    page = client.get(f"{URL}?from=2023-06-01&to=2024-06-01&page=2").content.decode()
    assert "Страница 2 из 2" in page
    assert 'href="/municipalities/compare/?from=2023-06-01&amp;to=2024-06-01&amp;page=1"' in page


@pytest.mark.slow
@pytest.mark.parametrize("count", [20, 2000])
def test_a_long_list_asks_no_more_than_a_short_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    many_cities(count)
    with django_assert_num_queries(3):  # one per day, demonstration or not
        client.get(f"{URL}?from=2023-06-01&to=2024-06-01")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405
