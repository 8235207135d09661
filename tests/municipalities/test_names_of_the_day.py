"""Lists as of a past day tell the names and codes of that day: registry, map, comparison and report."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from municipalities.comparison import compare
from municipalities.models import Municipality
from resolutions.execution.members_report import members_report
from resolutions.execution.reading import Reading
from tests.municipalities.factory import at, city
from tests.municipalities.test_naming import NEW, OLD, called, day

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def renamed(kostroma: Municipality, secretariat: User) -> Municipality:
    """Кострома is called Яркий округ from 1 July 2025 on, with another code; written down on 1 March 2026."""
    with at("2026-03-01 12:00"):
        called(kostroma, "2025-07-01", by=secretariat, name="Яркий округ", oktmo=NEW)
    return kostroma


def registry(query: str) -> str:
    return Client().get(f"/municipalities/{query}").content.decode().replace("\u00a0", " ")


def test_the_registry_of_a_day_tells_its_names(renamed: Municipality) -> None:
    city("Ржев", 5)
    before, now = registry("?as_of=2025-06-30"), registry("?as_of=2025-07-01")
    assert '<a href="/municipalities/kostroma/">Кострома</a>' in before
    assert (OLD in before, NEW in before, "ныне: Яркий округ" in before) == (True, False, True)
    assert "Статусы – на конец дня 30 июня 2025 г. Члены Союза, названия и коды ОКТМО – на тот же день." in before
    assert '<a href="/municipalities/kostroma/">Яркий округ</a>' in now
    assert (OLD in now, NEW in now, "ныне" in now) == (False, True, False)
    assert before.index("Кострома</a>") < before.index("Ржев</a>")
    assert now.index("Ржев</a>") < now.index("Яркий округ</a>")
    for words in ("кострома", "яркий", OLD, NEW):  # any name finds it on any day
        assert "Кострома</a>" in registry(f"?as_of=2025-06-30&q={words}")


@pytest.mark.parametrize("on", ["2020-01-01", "2025-06-30", "2025-07-01", "2025-08-31", "2025-09-01", "2026-01-01"])
@pytest.mark.parametrize("known", ["", "2025-01-01", "2025-08-01", "2026-05-01"])
def test_a_list_tells_what_each_ledger_tells(
    kostroma: Municipality, arkhangelsk: Municipality, secretariat: User, on: str, known: str
) -> None:
    with at("2025-07-15 12:00"):
        called(kostroma, "2025-07-01", by=secretariat, name="Округ")
    with at("2026-03-01 12:00"):
        called(kostroma, "2025-09-01", by=secretariat, oktmo=NEW)
        called(kostroma, "2025-08-01", by=secretariat, name="Город")
    known_on = day(known) if known else None
    for one in Municipality.objects.named_on(day(on), known_on=known_on):
        told = one.naming_on(day(on), known_on=known_on)
        assert (one.name_on_day, one.oktmo_on_day) == (told.name, told.oktmo)  # type: ignore[attr-defined]  # annotated


def test_comparison_and_report_tell_the_names_of_their_day(renamed: Municipality) -> None:
    def told(on: str, known: str = "") -> list[list[str]]:
        known_on = day(known) if known else None
        rows = compare(day("2024-06-27"), day(on), known_on=known_on).rows
        lines = members_report(day("2024-06-27"), Reading(day(on), known_on, False, False)).lines
        return [[one.name for one in rows], [one.name for one in lines]]

    assert told("2025-06-30") == [["Кострома"], ["Кострома"]]
    assert told("2025-07-01") == [["Яркий округ"], ["Яркий округ"]]
    assert told("2025-07-01", known="2026-02-28") == [["Кострома"], ["Кострома"]]
    page = Client().get("/municipalities/compare/?from=2024-06-27&to=2025-06-30").content.decode()
    assert '<a href="/municipalities/kostroma/">Кострома</a>' in page


def test_the_number_of_queries_does_not_grow(
    renamed: Municipality,
    arkhangelsk: Municipality,
    secretariat: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        called(city(f"Город {number}", 100 + number), "2025-07-01", by=secretariat, name=f"Округ {number}")
    with django_assert_num_queries(2):
        compare(day("2024-06-27"), day("2025-06-30"))
    with django_assert_num_queries(1):
        list(Municipality.objects.named_on(day("2025-06-30")))
