"""The numbers of point 1 as of a past day, and as far as they were known on a past day, reckoned by hand.

The portal begins on 2 September 2024 with Кострома, Тула, Псков and Елец; Новый joins on 1 February 2025, Елец leaves
on 1 March 2025. Кострома tells «Первая» and «Снятая»; that one is withdrawn on 1 May 2025.

| city     | what                | for        | entered    |
|----------|---------------------|------------|------------|
| Кострома | active              | 2024-06-27 | 2024-09-02 |
| Тула     | pilot               | 2025-01-15 | 2025-04-01 |
| Тула     | Первая: studied     | 2024-10-01 | 2024-10-01 |
| Тула     | Первая: introducing | 2025-01-10 | 2025-04-01 |
| Тула     | Первая: declined    | 2025-06-01 | 2025-06-01 |
| Елец     | Первая: introduced  | 2024-11-01 | 2024-11-01 |
| Новый    | Первая: introduced  | 2025-02-15 | 2025-02-15 |
| Псков    | Снятая: studied     | 2024-10-05 | 2024-10-05 |
"""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.uptake import uptake_of
from tests.municipalities.factory import at, city, left, many_cities, moment, statement
from tests.municipalities.practices.factory import many_practices, mark
from tests.municipalities.practices.factory import practice as tell

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def owner(secretariat: User) -> Municipality:
    cities = {}
    with at("2024-09-02 10:00"):
        for number, name in enumerate(("Кострома", "Тула", "Псков", "Елец"), start=1):
            cities[name] = city(name, number)
        first, gone = tell(cities["Кострома"], "Первая"), tell(cities["Кострома"], "Снятая")
    with at("2025-02-01 10:00"):
        cities["Новый"] = city("Новый", 5, joins="2025-02-01")
    statement(cities["Кострома"], "active", "2024-06-27", recorded_at=moment("2024-09-02 10:00"))
    statement(cities["Тула"], "pilot", "2025-01-15", recorded_at=moment("2025-04-01 10:00"))
    for practice, name, status, day, entered in (
        (first, "Тула", "studied", "2024-10-01", "2024-10-01 10:00"),
        (first, "Тула", "introducing", "2025-01-10", "2025-04-01 10:00"),
        (first, "Тула", "declined", "2025-06-01", "2025-06-01 10:00"),
        (first, "Елец", "introduced", "2024-11-01", "2024-11-01 10:00"),
        (first, "Новый", "introduced", "2025-02-15", "2025-02-15 23:59"),
        (gone, "Псков", "studied", "2024-10-05", "2024-10-05 10:00"),
    ):
        mark(practice, cities[name], status, day, entered=entered)
    left(cities["Елец"], "2025-03-01")
    with at("2025-05-01 10:00"):
        gone.set_published(False, by=secretariat, reason="Ошибка.")
    return cities["Кострома"]


def numbers(owner: Municipality, as_of: str | None, known_on: str | None = None) -> tuple[int, ...]:
    day, known = (dt.date.fromisoformat(text) if text else None for text in (as_of, known_on))
    found = uptake_of(owner, day, known_on=known)
    return found.members, found.others, *found.taking_part.values(), found.using, found.studied


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2024-06-26", (4, 3, 0, 0, 0, 0)),
        ("2024-06-27", (4, 3, 1, 0, 0, 0)),
        ("2024-10-31", (4, 3, 1, 0, 0, 1)),
        ("2025-01-09", (4, 3, 1, 0, 1, 1)),
        ("2025-01-15", (4, 3, 1, 1, 2, 0)),
        ("2025-02-15", (5, 4, 1, 1, 3, 0)),
        ("2025-03-01", (4, 3, 1, 1, 2, 0)),
        ("2025-06-01", (4, 3, 1, 1, 1, 0)),
        (None, (4, 3, 1, 1, 1, 0)),
    ],
)
def test_the_numbers_of_a_day(owner: Municipality, as_of: str | None, expected: tuple[int, ...]) -> None:
    assert numbers(owner, as_of) == expected


@pytest.mark.parametrize(
    ("as_of", "known_on", "expected"),
    [
        ("2024-10-01", "2024-09-30", (4, 3, 1, 0, 0, 0)),
        ("2025-02-15", "2025-02-15", (5, 4, 1, 0, 2, 2)),
        ("2025-02-15", "2025-02-14", (5, 4, 1, 0, 1, 2)),
        ("2025-02-15", "2025-04-01", (5, 4, 1, 1, 3, 1)),
        ("2025-02-15", "2025-05-01", (5, 4, 1, 1, 3, 0)),
        ("2025-12-31", "2025-02-15", (5, 4, 1, 0, 2, 2)),
        (None, "2025-02-15", (5, 4, 1, 0, 2, 2)),
    ],
)
def test_as_far_as_they_were_known(
    owner: Municipality, as_of: str | None, known_on: str, expected: tuple[int, ...]
) -> None:
    assert numbers(owner, as_of, known_on) == expected


def test_of_two_marks_for_one_day_the_later_counts(owner: Municipality) -> None:
    pskov, practice = Municipality.objects.get(name="Псков"), owner.practices.get(title="Первая")
    mark(practice, pskov, "studied", "2025-01-20")
    mark(practice, pskov, "introduced", "2025-01-20")
    assert numbers(owner, "2025-01-20") == (4, 3, 1, 1, 3, 0)


def test_an_owner_that_is_not_a_member_is_nobody_of_the_others(owner: Municipality, secretariat: User) -> None:
    left(owner, "2025-07-01")
    assert numbers(owner, None) == (3, 3, 0, 1, 0, 0)
    assert numbers(owner, "2025-06-01") == (4, 3, 1, 1, 1, 0)


@pytest.mark.parametrize(("known_on", "is_told"), [("2025-04-30", True), ("2025-05-01", False)])
def test_the_list_tells_of_practices_that_were_published_by_then(
    client: Client, owner: Municipality, known_on: str, is_told: bool
) -> None:
    page = client.get("/practices/uptake/", {"municipality": owner.slug, "as_of": "2025-04-15", "known_on": known_on})
    assert page.status_code == 200
    text = page.content.decode()
    assert ("с тех пор снятая с публикации" in text, "Псков" in text) == (is_told, is_told)
    assert "Первая" in text


@pytest.mark.parametrize("count", [10, 200])
def test_the_number_of_queries_does_not_grow(
    owner: Municipality, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    many_cities(count, start=100)
    many_practices(owner, count, Municipality.objects.get(oktmo="00000100"))
    for day in (None, "2025-02-15"):
        with django_assert_num_queries(3):  # members and statuses, practices, marks
            numbers(owner, day, day)
