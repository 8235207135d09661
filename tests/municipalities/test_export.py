"""The workbook of the registry, opened again and compared with the page."""

import datetime as dt
import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from municipalities.models import Municipality
from russian.templatetags.russian import long_date
from tests.conftest import ClientFor
from tests.municipalities.factory import TODAY, city, many_cities, statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("written_columns"), pytest.mark.slow]

URL = "/municipalities/export.xlsx"
HEADER = 4


def sheet_of(client: Client, query: str = "") -> Worksheet:
    answer = client.get(URL + query)
    assert answer.status_code == 200
    sheet = load_workbook(BytesIO(answer.content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def rows(client: Client, query: str = "") -> list[tuple[Any, ...]]:
    return list(sheet_of(client, query).iter_rows(min_row=HEADER + 1, values_only=True))


@pytest.fixture
def cities(kostroma: Municipality, arkhangelsk: Municipality) -> None:
    statement(kostroma, "active", "2024-06-27", text="Внутреннее", actor_name="Тайный автор")
    city("Орёл", 54701000, population=None)
    city("Елец", 1, is_listed=False)


def test_a_row_has_typed_cells(client: Client, cities: None) -> None:
    assert rows(client, "?q=кострома") == [
        (
            "Кострома",
            "Костромская область",
            "Центральный",
            "34701000001",
            268617,
            "Крупные (250 тыс. – 1 млн)",
            "Участвует",
            dt.datetime(2024, 6, 27),  # noqa: DTZ001 - a cell of a workbook knows no time zone
            "Письмо администрации",
            "Устарел",
        )
    ]


def test_what_is_unknown_is_empty(client: Client, cities: None) -> None:
    assert rows(client, "?q=орёл")[0][4:] == (None, None, "Сведения не представлены", None, None, None)


@pytest.mark.parametrize(
    "query", ["", "?sort=-name", "?status=unknown", "?district=central&sort=population", "?q=ничего"]
)
def test_it_holds_the_rows_of_the_page_in_their_order(client: Client, cities: None, query: str) -> None:
    page = client.get(f"/municipalities/{query}").content.decode()
    assert [row[0] for row in rows(client, query)] == re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page)


def test_it_holds_more_than_one_page(client: Client) -> None:
    many_cities(120)
    assert len(rows(client, "?page=2")) == 120


def test_it_says_what_it_is(client: Client, cities: None) -> None:
    sheet = sheet_of(client, "?status=active&q=Костр")
    assert sheet["A1"].value == "Участие муниципальных образований СГЦСЗР в проекте «Умный город»"
    assert sheet["A2"].value == f"По состоянию на {long_date(TODAY())}, 1\u00a0строка"
    assert sheet["A3"].value == "Отбор: Поиск – Костр; Статус участия – Участвует"


def test_it_is_ready_to_filter_and_to_print(client: Client, cities: None) -> None:
    sheet = sheet_of(client)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B5", "A4:J7")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        "landscape",
        1,
        0,
    )
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.column_dimensions["I"].width > sheet.column_dimensions["D"].width
    assert (sheet["D5"].number_format, sheet["H6"].number_format) == ("@", "DD.MM.YYYY")


def test_the_file_has_a_name_and_properties(client: Client, cities: None) -> None:
    answer = client.get(URL)
    assert answer["Content-Disposition"] == f'attachment; filename="reestr-munitsipalitetov-{TODAY():%Y-%m-%d}.xlsx"'
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    properties = load_workbook(BytesIO(answer.content)).properties
    assert (properties.creator, properties.language) == ("Портал СГЦСЗР", "ru-RU")


def test_nothing_internal_leaves(client: Client, client_for: ClientFor, secretariat: User, cities: None) -> None:
    for visitor in (client, client_for(secretariat)):
        text = str(list(sheet_of(visitor).values))
        assert "Внутреннее" not in text
        assert "Тайный автор" not in text
        assert "Елец" not in text


@pytest.mark.parametrize("name", ["=1+1", "+7 999", "-1", "@SUM(A1)", '=HYPERLINK("http://x")'])
def test_a_name_never_becomes_a_formula(client: Client, name: str) -> None:
    statement(city(name, 1), basis=name)
    sheet = sheet_of(client)
    for cell in (sheet["A5"], sheet["I5"]):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)


def test_a_search_never_becomes_a_formula(client: Client, kostroma: Municipality) -> None:
    assert all(cell.data_type != "f" for row in sheet_of(client, "?q=%3D1%2B1").iter_rows() for cell in row)


def test_an_address_that_makes_no_sense_gets_the_page(client: Client) -> None:
    answer = client.get(f"{URL}?status=champion")
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405


@pytest.mark.slow
@pytest.mark.parametrize("count", [20, 2000])
def test_a_long_list_asks_no_more_than_a_short_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    many_cities(count)
    # Rounds, counts by status, rows, the Union by its name of today; and four that count who asks for workbooks.
    with django_assert_num_queries(8):
        client.get(URL)
