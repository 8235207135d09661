"""What a `Listing` makes of its declarations: a list of people stands for all lists."""

import datetime as dt
import re

import pytest
from django.db.models import QuerySet
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from listings.answering import listing_response
from listings.asking import FilterForm
from listings.columns import LINK, Column, by_choice, by_text, by_value
from listings.filters import Choice, Day, Search, untouched
from listings.listing import Listing
from listings.words import Words
from russian.text import search_form
from tests.municipalities.factory import moment

pytestmark = pytest.mark.django_db

ROLES = (Role.CHAIR, Role.SECRETARIAT, Role.MUNICIPAL)


class People(Listing[QuerySet[User]]):
    """Whoever has logged in by a day."""

    def letters(self) -> list[tuple[str, str]] | None:
        return [("С", "На С")] if self.user == "somebody" else None

    def by_letter(self, people: QuerySet[User], letter: str) -> QuerySet[User]:
        return people.filter(name__startswith=letter)

    address = "users"
    words = Words(table="Люди", empty_title="Людей нет", empty="Их приглашают.", nothing="Никого.", show_all="Все")
    filters = (
        Search(columns=("position", "name")),
        Choice("role", "Роль", "Любая", Role.choices),
        Choice("letter", "Буква", "Любая", letters, by=by_letter),
        Choice("whose", "Чьи", "Все", [("own", "Свои")], by=untouched),
        Day("as_of", "На дату"),
        Day("known_on", "По сведениям на"),
    )
    columns = (
        Column("name", "Имя", cell=LINK, ordering=by_text("name"), heads=True),
        Column("role", "Роль", "get_role_display", ordering=by_choice("role", ROLES)),
        Column("last_login", "Вход", ordering=by_value("last_login")),
        Column("letters", "Букв", lambda person: len(person.name), numeric=True),
        Column("buttons", "Действия", "no.such.thing", is_silent=True),
    )
    order = ("pk",)
    default_sort = "name"
    page_size = 2
    target = "people"

    def everything(self) -> QuerySet[User]:
        known = User.objects.filter(last_login__date__lte=self.day)
        return known.filter(date_joined__date__lte=self.known_on) if self.known_on else known

    def check(self, form: FilterForm) -> None:
        if form.cleaned_data.get("q") == "role" and form.cleaned_data.get("role"):
            form.add_error("q", "Что-нибудь одно.")


class ByRole(People):
    """The same people under tabs."""

    as_tabs = "role"


@pytest.fixture(autouse=True)
def people() -> None:
    User.objects.all().delete()
    for name, email, role, day in (
        ("Яшин", "a@one.example", Role.CHAIR, "2024-06-01"),
        ("Елкин", "b@one.example", Role.MUNICIPAL, "2024-07-01"),
        ("Ёжиков", "c@two.example", Role.SECRETARIAT, "2024-08-01"),
        ("Жуков", "d@two.example", Role.MUNICIPAL, "2024-09-01"),
    ):
        last_login = moment(f"{day} 12:00")
        User.objects.create(email=email, name=name, role=role, last_login=last_login, position=search_form(email))


def listing(query: str = "", user: object = None) -> People:
    return People(QueryDict(query), user)


def names(query: str = "") -> list[str]:
    return [person.name for person in listing(query).rows()]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Ёжиков", "Елкин", "Жуков", "Яшин"]),
        ("sort=-name", ["Яшин", "Жуков", "Елкин", "Ёжиков"]),
        ("sort=last_login", ["Яшин", "Елкин", "Ёжиков", "Жуков"]),
        ("sort=-last_login", ["Жуков", "Ёжиков", "Елкин", "Яшин"]),
        ("sort=role", ["Яшин", "Ёжиков", "Елкин", "Жуков"]),
        ("sort=-role", ["Елкин", "Жуков", "Ёжиков", "Яшин"]),
    ],
)
def test_a_column_sorts_both_ways(query: str, expected: list[str]) -> None:
    assert names(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=EXAMPLE two", ["Ёжиков", "Жуков"]),
        ("q=two&role=municipal", ["Жуков"]),
        ("q=one two", []),
        ("whose=own", ["Ёжиков", "Елкин", "Жуков", "Яшин"]),
        ("letter=С", ["Ёжиков", "Елкин", "Жуков", "Яшин"]),
    ],
)
def test_filters_narrow_together_and_one_that_is_not_offered_does_nothing(query: str, expected: list[str]) -> None:
    assert names(query) == expected


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("role=emperor", "Такого варианта нет"),
        ("sort=email", "Такого порядка строк нет"),
        ("sort=-letters", "Такого порядка строк нет"),
        ("as_of=2999-01-01", "ещё не наступила"),
        (f"q={'я' * 101}", "не более 100"),
        ("q=role&role=chair", "Что-нибудь одно."),
    ],
)
def test_an_address_that_makes_no_sense_has_no_rows_and_a_sentence(query: str, sentence: str) -> None:
    asked = listing(query)
    assert (asked.is_valid, list(asked.rows()), asked.count) == (False, [], 0)
    assert sentence in str(asked.form.errors)


@pytest.mark.parametrize("query", ["q=one&sort=-name", "role=municipal&as_of=2024-07-15", "q=two examp&whose=own"])
def test_an_address_leads_to_the_same_rows_again(query: str) -> None:
    asked = listing(query)
    again = listing(asked.url().partition("?")[2])
    assert (again.asked, list(again.rows())) == (asked.asked, list(asked.rows()))
    assert asked.url() == reverse("users") + asked.query


def test_an_address_leaves_out_what_is_not_asked() -> None:
    assert listing("q=&role=&sort=name&page=9&stray=1").url() == "/accounts/users/"
    assert listing("role=chair&sort=-name").url(role="", q="а б") == "/accounts/users/?sort=-name&q=%D0%B0+%D0%B1"
    assert listing("role=chair&sort=-name").reset_url == "/accounts/users/?sort=-name"


def test_each_answer_has_its_words_and_the_address_without_it() -> None:
    asked = listing("role=chair&as_of=2024-06-27&q=one&sort=-name")
    told = {(chip.label, chip.value.replace("\u00a0", " ")): chip.url.partition("?")[2] for chip in asked.chips()}
    assert told == {
        ("Поиск", "one"): "role=chair&as_of=2024-06-27&sort=-name",
        ("Роль", "Председатель"): "q=one&as_of=2024-06-27&sort=-name",
        ("На дату", "27 июня 2024 г."): "q=one&role=chair&sort=-name",
    }
    assert asked.description().replace("\u00a0", " ") == "Поиск – one; Роль – Председатель; На дату – 27 июня 2024 г."
    assert (asked.is_filtered, listing("sort=-name").is_filtered) == (True, False)


def test_the_heading_turns_the_order_round() -> None:
    links = {heading.column.key: (heading.url.partition("?")[2], heading.aria_sort) for heading in listing().headings()}
    assert links["name"] == ("sort=-name", "ascending")
    assert links["role"] == ("sort=role", "")
    assert links["letters"] == ("", "")
    down = {heading.column.key: heading for heading in listing("sort=-name&role=chair").headings()}
    assert (down["name"].url, down["name"].aria_sort) == ("/accounts/users/?role=chair", "descending")


@pytest.mark.parametrize(("page", "shown"), [("", 1), ("2", 2), ("0", 2), ("99", 2), ("x", 1)])
def test_a_page_that_is_not_there_is_the_nearest(page: str, shown: int) -> None:
    asked = listing(f"page={page}")
    assert (asked.page.number, len(asked.lines), asked.count) == (shown, 2, 4)


def test_pages_keep_what_is_asked() -> None:
    User.objects.update(role=Role.MUNICIPAL)
    second = listing("role=municipal&page=2")
    assert (second.previous_url, second.next_url) == ("/accounts/users/?role=municipal&page=1", "")
    assert second.page_url == "/accounts/users/?role=municipal&page=2"
    first = listing("role=municipal")
    assert (first.previous_url, first.next_url) == ("", "/accounts/users/?role=municipal&page=2")
    assert first.page_url == "/accounts/users/?role=municipal"


def test_rows_are_read_as_of_the_day_asked_about() -> None:
    past = listing("as_of=2024-07-15")
    assert ([one.name for one in past.rows()], past.day, past.as_of) == (["Елкин", "Яшин"],) + (
        dt.date(2024, 7, 15),
    ) * 2
    assert (listing().day, listing().as_of, listing().known_on) == (timezone.localdate(), None, None)
    known = listing("as_of=2024-07-15&known_on=2024-07-20&q=one")
    assert (list(known.rows()), known.now_url) == ([], "/accounts/users/?q=one")


def test_a_filter_is_offered_to_those_who_have_a_choice() -> None:
    assert "letter" not in listing().form.fields
    offered = listing("letter=С", "somebody")
    assert (list(offered.rows()), offered.is_valid) == ([], True)
    assert not listing("letter=Я", "somebody").is_valid


def test_the_answers_to_a_question_are_links() -> None:
    options = {one.label: (one.url, one.is_chosen) for one in ByRole(QueryDict("q=one&role=chair"), None).tabs()}
    assert options["Любая"] == ("/accounts/users/?q=one", False)
    assert options["Председатель"] == ("/accounts/users/?q=one&role=chair", True)


def test_a_cell_is_plain_or_its_template() -> None:
    page = answer("q=a@one")
    person = User.objects.get(email="a@one.example")
    assert re.search(f'<th scope="row"><a href="/accounts/users/{person.pk}/">Яшин</a>\\s*</th>', page)
    for cell in ("<td>Председатель</td>", "<td>01.06.2024</td>", '<td class="number">4</td>', "<td>—</td>"):
        assert cell in page
    assert '<span class="visually-hidden">Действия</span>' in page


def answer(query: str, **headers: str) -> str:
    request = RequestFactory(headers=headers).get("/?" + query)
    return listing_response(request, listing(query), "listings/_listing.html").content.decode()


@pytest.mark.parametrize(
    ("query", "said"), [("q=zzz", "Никого."), ("whose=own", "Страница 1 из 2"), ("role=x", "Исправьте отмеченное")]
)
def test_the_fragment_says_what_was_found(query: str, said: str) -> None:
    assert said in answer(query)


def test_a_list_of_nobody_says_what_it_is_for() -> None:
    User.objects.all().delete()
    assert all(said in answer("") for said in ("<h2>Людей нет</h2>", "Их приглашают."))


def test_htmx_is_told_the_address_and_the_browser_that_there_are_two_answers() -> None:
    request = RequestFactory().get("/?role=municipal&page=1")
    request.META["HTTP_HX_REQUEST"] = "true"
    fragment = listing_response(request, listing("role=municipal&page=1"), "no_such_page.html")
    assert (fragment["HX-Push-Url"], fragment["Vary"]) == ("/accounts/users/?role=municipal", "HX-Request")
    refused = listing_response(request, listing("role=x"), "no_such_page.html")
    assert (refused.status_code, "HX-Push-Url" in refused) == (422, False)


def test_rows_that_stack_carry_their_headings_along() -> None:
    class Stacked(People):
        stacks = True

    plain, stacked = (
        render_to_string("listings/_table.html", {"listing": kind(QueryDict(), None)}) for kind in (People, Stacked)
    )
    assert 'data-label="Роль"' in stacked
    assert 'class="table table--stacks" role="table"' in stacked
    assert ("data-label" in plain, "table--stacks" in plain) == (False, False)
