"""The Union's list as of a past day, against a table reckoned by hand.

2024-09-02 10:00   Кострома, Елец and Мезень begin the list: the first day of the portal
2024-09-02 20:00   Мезень is taken off, on the same day
2025-02-01 00:10   Архангельск is added
2025-03-01 23:50   Елец leaves
2025-06-01 12:00   Елец comes back
2025-09-01 12:00   Архангельск leaves
never written down Орёл, listed; Псков, not listed
"""

import datetime as dt
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from municipalities.comparison import compare
from municipalities.models import FederalDistrict, Municipality
from tests.conftest import ClientFor
from tests.municipalities.factory import at, city, many_cities, statement

pytestmark = pytest.mark.django_db

URL = "/municipalities/"

#   day           in the list                       off the list
TABLE = {
    "2019-01-01": ("Елец Кострома Орёл",             "Мезень Псков"),
    "2024-09-01": ("Елец Кострома Орёл",             "Мезень Псков"),
    "2024-09-02": ("Елец Кострома Орёл",             "Мезень Псков"),
    "2025-01-31": ("Елец Кострома Орёл",             "Мезень Псков"),
    "2025-02-01": ("Архангельск Елец Кострома Орёл", "Мезень Псков"),
    "2025-02-28": ("Архангельск Елец Кострома Орёл", "Мезень Псков"),
    "2025-03-01": ("Архангельск Кострома Орёл",      "Елец Мезень Псков"),
    "2025-05-31": ("Архангельск Кострома Орёл",      "Елец Мезень Псков"),
    "2025-06-01": ("Архангельск Елец Кострома Орёл", "Мезень Псков"),
    "2025-08-31": ("Архангельск Елец Кострома Орёл", "Мезень Псков"),
    "2025-09-01": ("Елец Кострома Орёл",             "Архангельск Мезень Псков"),
    "2999-01-01": ("Елец Кострома Орёл",             "Архангельск Мезень Псков"),
}  # fmt: skip


@pytest.fixture
def union(secretariat: User) -> dict[str, Municipality]:
    found = {}
    with at("2024-09-02 10:00"):
        for number, name in enumerate(("Кострома", "Елец", "Мезень"), start=1):
            found[name] = city(name, number, latitude=57, longitude=40)
    with at("2024-09-02 20:00"):
        found["Мезень"].set_listed(False, by=secretariat, reason="Ошибка.")
    with at("2025-02-01 00:10"):
        found["Архангельск"] = city("Архангельск", 4, latitude=64, longitude=40)
    for moment, name, listed in (
        ("2025-03-01 23:50", "Елец", False), ("2025-06-01 12:00", "Елец", True),
        ("2025-09-01 12:00", "Архангельск", False),
    ):  # fmt: skip
        with at(moment):
            found[name].set_listed(listed, by=secretariat, reason="Решение.")
    Municipality.objects.bulk_create(
        Municipality(
            name=name, slug=f"gorod-{number}", region="Р", federal_district=FederalDistrict.CENTRAL,
            oktmo=f"{number:08d}", is_listed=listed,
        )
        for number, name, listed in ((5, "Орёл", True), (6, "Псков", False))
    )  # fmt: skip
    statement(found["Архангельск"], "active", "2024-06-27")
    return found


def named(municipalities: object) -> str:
    return " ".join(sorted(one.name for one in municipalities))  # type: ignore[attr-defined]  # a query or rows


@pytest.mark.parametrize("day", TABLE)
def test_who_was_in_the_list(union: dict[str, Municipality], day: str) -> None:
    listed, unlisted = TABLE[day]
    assert named(Municipality.objects.listed_on(dt.date.fromisoformat(day))) == listed
    assert named(Municipality.objects.unlisted_on(dt.date.fromisoformat(day))) == unlisted


@pytest.mark.parametrize(
    ("day", "known_on", "expected"),
    [
        ("2025-12-31", "2025-05-31", "2025-05-31"),
        ("2025-12-31", "2024-09-02", "2024-09-02"),
        ("2025-12-31", "2020-01-01", "2024-09-02"),
        ("2025-02-28", "2025-12-31", "2025-02-28"),
    ],
)
def test_what_is_recorded_later_is_not_known(
    union: dict[str, Municipality], day: str, known_on: str, expected: str
) -> None:
    found = Municipality.objects.listed_on(dt.date.fromisoformat(day), known_on=dt.date.fromisoformat(known_on))
    assert named(found) == TABLE[expected][0]


def test_an_edit_does_not_make_a_city_without_history_younger(union: dict[str, Municipality]) -> None:
    oryol = Municipality.objects.get(name="Орёл")
    oryol.population = 300_000
    oryol.save()
    assert named(Municipality.objects.listed_on(dt.date(2025, 1, 31))) == TABLE["2025-01-31"][0]


def test_while_nothing_is_written_down_the_present_list_counts(db: None) -> None:
    many_cities(3)
    assert Municipality.objects.listed_on(dt.date(2020, 1, 1)).count() == 3


def test_today_asks_no_history(
    union: dict[str, Municipality], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with at("2025-09-01 23:59"), django_assert_num_queries(1) as asked:
        list(Municipality.objects.listed_on(dt.date(2025, 9, 1)))
    assert "history" not in asked[0]["sql"]


@pytest.mark.parametrize(("day", "members"), [("2025-05-31", "2025-05-31"), ("2024-06-27", "2024-09-02")])
def test_the_registry_its_map_and_workbook_are_of_that_day(
    client: Client, union: dict[str, Municipality], day: str, members: str
) -> None:
    expected = TABLE[members][0]
    registry = client.get(f"{URL}?as_of={day}").context["listing"]
    assert named(registry.rows()) == expected
    assert registry.total == registry.count == len(expected.split())
    assert named(registry.map.points) == " ".join(name for name in expected.split() if name != "Орёл")
    book = load_workbook(BytesIO(client.get(f"{URL}export.xlsx?as_of={day}").content)).worksheets[0]
    cells = {str(value) for row in book.values for value in row if value}
    assert " ".join(sorted(cells & {*union, "Орёл", "Псков"})) == expected


def test_the_union_also_finds_who_was_off_the_list(
    client_for: ClientFor, chair: User, union: dict[str, Municipality]
) -> None:
    registry = client_for(chair).get(f"{URL}?as_of=2025-05-31&listing=unlisted").context["listing"]
    assert named(registry.rows()) == TABLE["2025-05-31"][1]


def test_the_comparison_is_about_the_list_of_the_later_day(union: dict[str, Municipality]) -> None:
    for later in ("2024-12-31", "2025-05-31", "2025-09-01"):
        members = TABLE.get(later, TABLE["2024-09-02"])[0]
        assert named(compare(dt.date(2024, 6, 27), dt.date.fromisoformat(later)).rows) == members
    counts = {count.status: count for count in compare(dt.date(2024, 6, 26), dt.date(2025, 5, 31)).counts}
    assert (counts["active"].before, counts["active"].after) == (0, 1)  # type: ignore[index]  # a code of the choices


@pytest.mark.parametrize("url", [f"{URL}?as_of=2025-05-31", f"{URL}compare/?from=2024-06-27&to=2025-05-31"])
def test_who_left_since_is_named_without_a_link_that_leads_nowhere(
    client: Client, client_for: ClientFor, chair: User, union: dict[str, Municipality], url: str
) -> None:
    for visitor, linked in ((client, False), (client_for(chair), True)):
        page = visitor.get(url).content.decode()
        assert "Архангельск" in page
        assert page.count("сейчас не в перечне") == 1
        assert ('href="/municipalities/arkhangelsk/"' in page) is linked
        assert 'href="/municipalities/kostroma/"' in page


def test_the_page_says_what_is_of_that_day(client: Client, union: dict[str, Municipality]) -> None:
    page = client.get(f"{URL}?as_of=2025-05-31").content.decode()
    assert "Состав перечня – на тот же день" in page
    assert "Состав перечня" not in client.get(URL).content.decode()
