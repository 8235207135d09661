"""The registry as of a past day, against a table reckoned by hand.

What was said (the day it was stated for):

    Кострома      2024-03-10 planned   2024-06-27 active
    Архангельск   2024-06-27 planned   2024-10-03 active      2025-03-01 suspended
    Орёл          2025-02-28 pilot
    Елец          nothing, ever
"""

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from municipalities.models import Municipality
from tests.municipalities.factory import city, statement
from tests.municipalities.test_registry import names

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = "/municipalities/"

#   day            Кострома    Архангельск  Орёл       Елец
TABLE = {
    "2024-03-09": ("unknown", "unknown",   "unknown", "unknown"),
    "2024-03-10": ("planned", "unknown",   "unknown", "unknown"),
    "2024-06-26": ("planned", "unknown",   "unknown", "unknown"),
    "2024-06-27": ("active",  "planned",   "unknown", "unknown"),
    "2024-10-02": ("active",  "planned",   "unknown", "unknown"),
    "2024-10-03": ("active",  "active",    "unknown", "unknown"),
    "2025-02-27": ("active",  "active",    "unknown", "unknown"),
    "2025-02-28": ("active",  "active",    "pilot",   "unknown"),
    "2025-03-01": ("active",  "suspended", "pilot",   "unknown"),
}  # fmt: skip


@pytest.fixture
def cities(kostroma: Municipality, arkhangelsk: Municipality) -> None:
    statement(kostroma, "planned", "2024-03-10")
    statement(kostroma, "active", "2024-06-27")
    statement(arkhangelsk, "suspended", "2025-03-01")  # entered first: the day decides
    statement(arkhangelsk, "planned", "2024-06-27")
    statement(arkhangelsk, "active", "2024-10-03")
    statement(city("Орёл", 54701000), "pilot", "2025-02-28")
    city("Елец", 42715000)
    Municipality.objects.update(latitude=57, longitude=40)


@pytest.mark.parametrize("day", TABLE)
def test_rows_counts_and_map_are_of_that_day(client: Client, cities: None, day: str) -> None:
    registry = client.get(f"{URL}?as_of={day}").context["listing"]
    expected = dict(zip(("Кострома", "Архангельск", "Орёл", "Елец"), TABLE[day], strict=True))
    assert {row.name: row.participation for row in registry.rows()} == expected
    assert {point.name: point.status for point in registry.map.points} == expected
    counts = {share.status: share.count for share in registry.distribution() if share.count}
    assert counts == {status: TABLE[day].count(status) for status in set(TABLE[day])}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?as_of=2024-06-26&status=active", []),
        ("?as_of=2024-06-27&status=active", ["Кострома"]),
        ("?as_of=2025-02-28&status=active", ["Архангельск", "Кострома"]),
        ("?as_of=2025-03-01&status=active&q=архангельск", []),
        ("?as_of=27.06.2024&status=active", ["Кострома"]),
    ],
)
def test_filters_are_of_that_day(client: Client, cities: None, query: str, expected: list[str]) -> None:
    assert names(client, query) == expected


@pytest.mark.slow
def test_the_workbook_holds_the_rows_of_that_day(client: Client, cities: None) -> None:
    query = "?as_of=2024-10-02&sort=status"
    answer = client.get(f"{URL}export.xlsx{query}")
    cells = [value for row in load_workbook(BytesIO(answer.content)).worksheets[0].values for value in row if value]
    assert [cell for cell in cells if cell in names(client, query)] == names(client, query)
    assert cells.count("Планирует участие") == 1
    assert "Участие приостановлено" not in cells


def test_the_page_says_which_day_it_shows_and_keeps_it(client: Client, cities: None) -> None:
    page = client.get(f"{URL}?as_of=2025-03-01&q=о").content.decode().replace("\u00a0", " ")
    assert "Статусы – на конец дня 1 марта 2025 г." in page
    assert "Состояние на дату: 1 марта 2025 г." in page
    assert 'href="/municipalities/?q=%D0%BE&amp;as_of=2025-03-01&amp;status=active"' in page
    assert 'href="/municipalities/export.xlsx?q=%D0%BE&amp;as_of=2025-03-01"' in page
    assert 'href="/municipalities/compare/?from=2025-03-01"' in page


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2999-01-01", "Эта дата ещё не наступила"),
        ("1999-12-31", "не раньше 1 января 2000"),
        ("0001-01-01", "не раньше 1 января 2000"),
        ("2025-02-29", "Укажите дату так"),
        ("вчера", "Укажите дату так"),
    ],
)
def test_a_bad_day_is_said_to(client: Client, cities: None, day: str, message: str) -> None:
    for address in (f"{URL}?as_of={day}", f"{URL}export.xlsx?as_of={day}", f"{URL}kostroma/?as_of={day}"):
        answer = client.get(address)
        assert answer.status_code == 422
        assert message in answer.content.decode()
