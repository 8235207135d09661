"""What a list may declare besides: days that are always meant, counts that are known, columns for a few."""

import datetime as dt
import re

import pytest
from django.db.models import QuerySet
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.roles import Role
from listings.columns import Column, by_value
from listings.filters import Choice, Day
from listings.listing import Listing
from listings.words import Words
from tests.conftest import ClientFor

FIRST = dt.date(2024, 6, 27)


class Days(Listing[list[dt.date]]):
    """Seven days from a first one, which every address names."""

    address = "users"
    words = Words(table="Дни")
    filters = (Day("from", "С какого дня", default=lambda: FIRST), Choice("none", "Ничто", "Всё", []))
    columns = (
        Column("day", "День", lambda row: row[0]),
        Column("secret", "Тайна", lambda row: row[1], when=lambda listing: listing.user == "staff"),
    )
    page_size = 3

    def everything(self) -> list[dt.date]:
        if not self.is_valid:
            return []
        first = dt.date.fromisoformat(self.asked["from"])
        return [first + dt.timedelta(days=number) for number in range(7)]

    def prepared(self, rows: list[dt.date]) -> list[tuple[dt.date, int]]:
        return [(row, len(rows)) for row in rows]


class Known(Listing[QuerySet[User]]):
    """People, of whom it is known how many they are."""

    address = "users"
    words = Words(table="Люди")
    filters = (Choice("role", "Роль", "Любая", Role.choices),)
    columns = (Column("last_login", "Вход", ordering=by_value("last_login")),)
    default_sort = "-last_login"
    page_size = 1

    def everything(self) -> QuerySet[User]:
        return User.objects.all()

    def known_count(self) -> int:
        return 42


def days(query: str = "", user: str = "") -> Days:
    return Days(QueryDict(query), user)


@pytest.mark.parametrize("query", ["", "from=", "from=2024-06-27"])
def test_an_address_names_the_day_that_it_always_means(query: str) -> None:
    assert days(query).url(page="2") == "/accounts/users/?from=2024-06-27&page=2"
    assert not days("from=27.27.2024").is_valid


def test_rows_may_be_any_values_and_are_prepared_page_by_page() -> None:
    last = days("from=2024-07-01&page=3")
    assert [[cell.shown for cell in line.cells] for line in last.lines] == [["07.07.2024"]]
    assert (last.total, last.count, last.previous_url) == (7, 7, "/accounts/users/?from=2024-07-01&page=2")
    assert days("from=x").lines == []


def test_a_column_is_for_those_whom_it_is_for() -> None:
    assert [heading.column.key for heading in days().headings()] == ["day"]
    assert [cell.value for cell in days(user="staff").lines[0].cells] == [FIRST, 3]


def test_a_question_without_answers_is_asked_all_the_same() -> None:
    assert "none" in days().form.fields
    assert not days("none=1").is_valid


@pytest.mark.django_db
def test_a_count_that_is_known_asks_nothing(
    secretariat: User, chair: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        assert Known(QueryDict(), None).count == 42


@pytest.mark.django_db
@pytest.mark.parametrize("sort", ["last_login", "-last_login"])
def test_what_is_missing_comes_last_either_way(secretariat: User, chair: User, sort: str) -> None:
    secretariat.last_login = dt.datetime(2024, 6, 27, tzinfo=dt.UTC)
    secretariat.save()
    assert list(Known(QueryDict(f"sort={sort}"), None).rows()) == [secretariat, chair]


@pytest.mark.django_db
def test_a_filter_can_be_passed_over(secretariat: User, chair: User) -> None:
    asked = Known(QueryDict("role=chair"), None)
    assert list(asked.narrowed(asked.everything())) == [chair]
    assert set(asked.narrowed(asked.everything(), without="role")) == {secretariat, chair}


def test_a_list_without_a_template_of_its_own_has_a_page(client_for: ClientFor, secretariat: User) -> None:
    page = client_for(secretariat).get("/practices/requests/").content.decode()
    assert "<h1>Вопросы о практиках</h1>" in page
    assert '<p class="page-header__lead">Что города спрашивают друг у друга.' in page
    assert re.search(r'<li><a href="/practices/">Практики</a></li>\s*<li aria-current="page">Вопросы о практиках', page)
