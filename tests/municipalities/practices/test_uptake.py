"""How many go on with the project and how many use the experience, against numbers counted by hand."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Practice
from municipalities.practices.uptake import adopters, uptake_of, uptakes_of
from resolutions.seed import seed_resolution
from tests.municipalities.factory import city, left, many_cities, statement
from tests.municipalities.practices.factory import many_practices, mark
from tests.municipalities.practices.factory import practice as tell
from tests.municipalities.test_naming import called
from tests.words import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = "/practices/uptake/"


def complete(*owners: Municipality) -> set[int | None]:
    """The keys of those whose experience every other member uses, while all go on."""
    counted = uptakes_of(owners)
    return {pk for pk, one in counted.items() if pk and (one.going_on, one.using) == (one.members, one.others)}


@pytest.fixture
def union(kostroma: Municipality, secretariat: User) -> dict[str, Municipality]:
    """Seven members and one that left.

    | city     | status    | first practice        | second practice | practice of Тула |
    |----------|-----------|-----------------------|-----------------|------------------|
    | Кострома | active    | owner                 | owner           | introduced       |
    | Тула     | active    | introduced            | studied         | owner            |
    | Псков    | pilot     | introducing           | introduced      | –                |
    | Шуя      | pilot     | studied               | studied         | –                |
    | Орёл     | suspended | studied → declined    | –               | introduced       |
    | Елец     | none      | introduced (withdrawn practice) | –     | –                |
    | Тверь    | unknown   | –                     | studied         | –                |
    | Ушедший  | active    | introduced, then off the list   | –     | –                |
    """
    cities = {"Кострома": kostroma}
    names = ("Тула", "Псков", "Шуя", "Орёл", "Елец", "Тверь", "Ушедший")
    cities |= {name: city(name, number) for number, name in enumerate(names, start=1)}
    for name, status in (
        ("Кострома", "active"), ("Тула", "active"), ("Псков", "pilot"), ("Шуя", "pilot"),
        ("Орёл", "suspended"), ("Елец", "none"), ("Ушедший", "active"),
    ):  # fmt: skip
        statement(cities[name], status)
    first, second, gone = (tell(kostroma, title) for title in ("Первая", "Вторая", "Снятая"))
    tulas = tell(cities["Тула"], "Тульская")
    for practice, name, status in (
        (first, "Тула", "introduced"), (second, "Тула", "studied"),
        (first, "Псков", "introducing"), (second, "Псков", "introduced"),
        (first, "Шуя", "studied"), (second, "Шуя", "studied"),
        (first, "Орёл", "studied"), (first, "Орёл", "declined"), (tulas, "Орёл", "introduced"),
        (gone, "Елец", "introduced"), (second, "Тверь", "studied"), (first, "Ушедший", "introduced"),
        (tulas, "Кострома", "introduced"),
    ):  # fmt: skip
        mark(practice, cities[name], status)
    gone.set_published(False, by=secretariat, reason="Ошибка.")
    left(cities["Ушедший"], "2024-06-28")
    return cities


def test_the_numbers_are_those_counted_by_hand(union: dict[str, Municipality]) -> None:
    found = uptake_of(union["Кострома"])
    assert (found.members, found.others) == (7, 6)
    assert (*found.taking_part.values(), found.going_on) == (2, 2, 4)
    assert (found.using, found.studied) == (2, 2)


@pytest.mark.parametrize(
    ("owner", "state", "expected"),
    [
        ("Кострома", "used", {"Тула", "Псков"}),
        ("Кострома", "studied", {"Шуя", "Тверь"}),
        ("Кострома", "", {"Тула", "Псков", "Шуя", "Тверь"}),
        ("Тула", "used", {"Кострома", "Орёл"}),
        ("Тула", "studied", set()),
        (None, "used", {"Тула", "Псков", "Кострома", "Орёл"}),
        (None, "studied", {"Шуя", "Тверь"}),
    ],
)
def test_the_lists_are_those_made_by_hand(
    union: dict[str, Municipality], owner: str | None, state: str, expected: set[str]
) -> None:
    found = adopters(union[owner] if owner else None, state)
    assert {one.name for one in found} == expected


def listed(client: Client, url: str) -> list[str]:
    page = client.get(url)
    assert page.status_code == 200
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page.content.decode())


def test_each_number_leads_to_a_list_of_as_many(client: Client, union: dict[str, Municipality]) -> None:
    found = uptake_of(union["Кострома"])
    assert listed(client, found.using_url) == ["Псков", "Тула"]
    assert listed(client, found.studied_url) == ["Тверь", "Шуя"]
    for status, number in found.taking_part.items():
        assert len(listed(client, f"/municipalities/?status={status}")) == number


def test_a_city_that_has_told_of_no_practice_may_be_asked_about(client: Client, kostroma: Municipality) -> None:
    city("Псков", 5)
    assert listed(client, uptake_of(kostroma).others_url) == ["Псков"]
    assert listed(client, uptake_of(kostroma).using_url) == []


def test_the_page_names_the_practices_and_marks(client: Client, union: dict[str, Municipality]) -> None:
    page = client.get(f"{URL}?municipality=kostroma&state=used").content.decode()
    assert "2\u00a0муниципальных образования" in page
    assert "Первая" in page
    assert "Снятая" not in page
    assert "Тульская" not in page


def test_cities_have_the_names_of_the_day(client: Client, union: dict[str, Municipality], secretariat: User) -> None:
    for name, new in (("Псков", "Яркий"), ("Кострома", "Костромской округ")):
        called(union[name], "2025-01-01", by=secretariat, name=new)

    def told(day: str) -> str:
        return client.get(URL, {"state": "used", "as_of": day}).content.decode().partition("<table")[2]

    before, after = told("2024-12-31"), told("2025-01-01")
    assert "Псков" in before and "(Кострома)" in before
    assert "Яркий" in after and "(Костромской округ)" in after
    assert "Псков" not in after


@pytest.mark.parametrize("query", ["?municipality=atlantida", "?state=declined"])
def test_an_address_that_makes_no_sense_is_explained(
    client: Client, union: dict[str, Municipality], query: str
) -> None:
    answer = client.get(URL + query)
    assert answer.status_code == 422
    assert "условие, которого портал не знает" in answer.content.decode()


def test_point_one_shows_them_with_links(client: Client, union: dict[str, Municipality], secretariat: User) -> None:
    resolution, _ = seed_resolution()
    resolution.adopt(version=resolution.version, by=secretariat)
    card = client.get("/resolutions/umny-gorod-2024/points/1/").content.decode()
    for said in ("4 из 7", "2 из 6", "Только изучили: 2"):
        assert said in words_of(card)
    for link in (
        "/municipalities/?part=taking", "/municipalities/?status=active", "/municipalities/?status=pilot",
        "/practices/?municipality=kostroma", "/practices/uptake/?municipality=kostroma&amp;state=others",
        "/practices/uptake/?municipality=kostroma&amp;state=used",
        "/practices/uptake/?municipality=kostroma&amp;state=studied",
    ):  # fmt: skip
        assert f'href="{link}"' in card
    for number in (2, 3):
        assert (
            "Как выполняют рекомендацию"
            not in client.get(f"/resolutions/umny-gorod-2024/points/{number}/").content.decode()
        )


def test_without_a_named_city_the_card_claims_nothing(client: Client, secretariat: User) -> None:
    resolution, _ = seed_resolution()
    resolution.adopt(version=resolution.version, by=secretariat)
    card = client.get("/resolutions/umny-gorod-2024/points/1/").content.decode()
    assert "Как выполняют рекомендацию" not in card


def test_the_seed_names_kostroma_also_when_the_decision_came_first(request: pytest.FixtureRequest) -> None:
    resolution, _ = seed_resolution()
    assert resolution.points.get(number=1).experience_of is None
    owner = request.getfixturevalue("kostroma")
    seed_resolution()
    assert resolution.points.get(number=1).experience_of == owner
    assert not resolution.points.exclude(number=1).exclude(experience_of=None).exists()


def test_the_number_of_queries_does_not_grow(client: Client, kostroma: Municipality) -> None:
    def queries() -> int:
        client.get(URL)
        with CaptureQueriesContext(connection) as captured:
            client.get(URL)
        return len(captured)

    many_cities(5)
    for one in Municipality.objects.exclude(pk=kostroma.pk):
        many_practices(kostroma, 2, one)
    few = queries()
    many_cities(60, start=100)
    for one in Municipality.objects.filter(oktmo__gt="00000100", oktmo__lt="00000160"):
        many_practices(kostroma, 3, one)
    assert Practice.objects.count() > 150
    assert queries() == few <= 8
    with CaptureQueriesContext(connection) as captured:
        uptake_of(kostroma)
    assert len(captured) == 3


def test_of_many_owners_those_whose_experience_everybody_uses_are_found_at_once(
    kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    pskov = city("Псков", 58701000)
    owners = [kostroma, arkhangelsk, pskov]
    marks = [(kostroma, arkhangelsk), (kostroma, pskov), (arkhangelsk, kostroma)]
    for owner, user in marks:
        mark(tell(owner, title=f"{owner} для {user}"), user, "introduced")
    for one in owners:
        assert complete(*owners) == set()  # somebody's status is not known
        statement(one)
    assert complete(*owners) == {kostroma.pk}
    assert [one for one in owners if uptake_of(one).using == uptake_of(one).others] == [kostroma]
    left(kostroma, "2024-06-28")
    assert complete(*owners) == set()


@pytest.mark.parametrize(
    ("status", "goes_on"),
    [("active", True), ("pilot", True), ("planned", False), ("suspended", False), ("none", False)],
)
def test_all_go_on_when_each_takes_part_now(kostroma: Municipality, status: str, goes_on: bool) -> None:
    pskov = city("Псков", 58701000)
    mark(tell(kostroma), pskov, "introduced")
    statement(kostroma)
    statement(pskov, status)
    assert complete(kostroma) == ({kostroma.pk} if goes_on else set())
