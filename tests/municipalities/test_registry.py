"""The registry page: search, filters, order, counts, pages, fragment."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from municipalities.models import Municipality
from tests.conftest import ClientFor
from tests.municipalities.factory import city, many_cities, statement
from tests.words import words_of

pytestmark = pytest.mark.django_db

URL = "/municipalities/"


def names(client: Client, query: str = "", **headers: str) -> list[str]:
    """The names in the table, in order."""
    page = client.get(URL + query, headers=headers)
    assert page.status_code == 200, page.content.decode()
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page.content.decode())


@pytest.fixture
def cities(kostroma: Municipality, arkhangelsk: Municipality) -> None:
    statement(kostroma, "active", "2024-06-27")
    statement(arkhangelsk, "planned", "2023-01-15")
    city("Орёл", 54701000, region="Орловская область", population=318_633)
    city("Елец", 42715000, region="Липецкая область", population=None)
    city("Ёлкино", 12345678, region="Костромская область", population=90_000)
    city("Москва", 45000000, region="Москва", population=13_000_000)


def test_a_stranger_reads_the_whole_list(client: Client, cities: None) -> None:
    page = client.get(URL).content.decode()
    assert "Найдено 6 из 6" in words_of(page)
    assert page.count("<td>Крупные</td>") == 3
    assert "Добавить муниципальное образование" not in page


def test_ё_stands_with_е(client: Client, cities: None) -> None:
    assert names(client) == ["Архангельск", "Елец", "Ёлкино", "Кострома", "Москва", "Орёл"]


@pytest.mark.parametrize("query", ["орел", "ОРЁЛ", "  орёл ", "орловская", "54701000", "область орл"])
def test_search_ignores_case_ё_and_the_order_of_words(client: Client, cities: None, query: str) -> None:
    assert names(client, f"?q={query}") == ["Орёл"]


@pytest.mark.parametrize("query", ["%25", "_", "нетакого", "'", '"'])
def test_search_takes_signs_for_what_they_are(client: Client, cities: None, query: str) -> None:
    page = client.get(f"{URL}?q={query}").content.decode()
    assert "По этим условиям ничего не нашлось" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?status=active", ["Кострома"]),
        ("?status=unknown", ["Елец", "Ёлкино", "Москва", "Орёл"]),
        ("?district=northwestern", ["Архангельск"]),
        ("?region=Костромская область", ["Ёлкино", "Кострома"]),
        ("?group=large", ["Архангельск", "Кострома", "Орёл"]),
        ("?group=large&status=active&district=central&q=костр", ["Кострома"]),
        ("?q=&status=&district=&region=&group=&sort=&page=", None),
    ],
)
def test_filters(client: Client, cities: None, query: str, expected: list[str] | None) -> None:
    assert names(client, query) == (expected or names(client))


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("name", "Архангельск", "Орёл"),
        ("-name", "Орёл", "Архангельск"),
        ("region", "Архангельск", "Орёл"),
        ("district", "Архангельск", "Орёл"),
        ("-district", "Елец", "Архангельск"),
        ("oktmo", "Архангельск", "Орёл"),
        ("population", "Ёлкино", "Елец"),
        ("-population", "Москва", "Елец"),
        ("group", "Ёлкино", "Елец"),
        ("status", "Кострома", "Орёл"),
        ("since", "Архангельск", "Орёл"),
        ("-since", "Кострома", "Орёл"),
    ],
)
def test_every_column_sorts(client: Client, cities: None, sort: str, first: str, last: str) -> None:
    shown = names(client, f"?sort={sort}")
    assert (shown[0], shown[-1]) == (first, last)


def test_the_heading_turns_the_order_round(client: Client, cities: None) -> None:
    page = client.get(f"{URL}?sort=-population&status=unknown").content.decode()
    assert re.search(
        r'aria-sort="descending"><a class="table__sort" href="/municipalities/\?status=unknown&amp;sort=population"',
        page,
    )
    assert page.count("aria-sort") == 1
    upwards = client.get(f"{URL}?sort=population").content.decode()
    assert re.search(r'aria-sort="ascending"><a class="table__sort" href="/municipalities/\?sort=-population"', upwards)


def test_counts_are_those_of_the_other_filters(client: Client, cities: None) -> None:
    page = client.get(f"{URL}?district=central&status=active").content.decode()
    assert "Найдено 1 из 6" in words_of(page)
    assert "Участвует: 1 из 5" in page
    assert "Сведения не представлены: 4 из 5" in page
    assert "Планирует участие: 0 из 5" in page


def test_active_filters_can_be_taken_away_one_by_one(client: Client, cities: None) -> None:
    page = client.get(f"{URL}?q=костр&group=large").content.decode()
    assert 'class="chip" href="/municipalities/?group=large"' in page
    assert 'class="chip" href="/municipalities/?q=%D0%BA%D0%BE%D1%81%D1%82%D1%80"' in page


@pytest.mark.parametrize(
    "query",
    [
        "?status=champion",
        "?district=atlantic",
        "?region=Нет такой",
        "?group=x",
        "?sort=secret",
        f"?q={'я' * 101}",
    ],
)
def test_an_address_that_makes_no_sense_is_said_to(client: Client, cities: None, query: str) -> None:
    answer = client.get(URL + query)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "errorlist" in page
    assert '<th scope="row">' not in page


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99999999999999999999", "1.5"])
def test_a_page_that_is_not_there_is_the_nearest(client: Client, cities: None, page: str) -> None:
    assert len(names(client, f"?page={page}")) == 6


def test_long_lists_come_in_pages_that_keep_the_filters(client: Client) -> None:
    many_cities(120)
    page = client.get(f"{URL}?status=active&page=2").content.decode()
    assert page.count('<th scope="row">') == 50
    assert "Страница 2 из 3" in page
    assert 'href="/municipalities/?status=active&amp;page=3"' in page
    assert 'href="/municipalities/?status=active&amp;page=1"' in page


def test_htmx_gets_the_same_rows_as_a_fragment(client: Client, cities: None) -> None:
    query = "?q=орел&status="
    fragment = client.get(URL + query, headers={"HX-Request": "true"})
    assert fragment.content.decode().lstrip().startswith('<div class="stack" id="registry">')
    assert fragment["HX-Push-Url"] == "/municipalities/?q=%D0%BE%D1%80%D0%B5%D0%BB"
    assert "HX-Request" in fragment["Vary"]
    whole = client.get(URL + query).content.decode()
    assert fragment.content.decode().strip() in whole


def test_going_back_gets_the_whole_page(client: Client, cities: None) -> None:
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<!DOCTYPE html>" in client.get(URL, headers=headers).content.decode()


def test_a_representative_finds_their_own_at_once(client_for: ClientFor, kostroma_official: User) -> None:
    page = client_for(kostroma_official).get(URL).content.decode()
    assert 'href="/municipalities/kostroma/participation/"' in page


def test_what_was_taken_off_the_list_is_for_staff(
    client: Client, client_for: ClientFor, secretariat: User, kostroma_official: User, kostroma: Municipality
) -> None:
    city("Орёл", 1, is_listed=False)
    assert names(client) == ["Кострома"]
    assert names(client, "?listing=unlisted") == ["Кострома"]
    assert names(client_for(kostroma_official), "?listing=unlisted") == ["Кострома"]
    assert names(client_for(secretariat), "?listing=unlisted") == ["Орёл"]
    assert names(client_for(secretariat)) == ["Кострома"]


def test_markup_in_a_search_stays_text(client: Client, cities: None) -> None:
    assert "<script>alert" not in client.get(f"{URL}?q=<script>alert(1)</script>").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(client: Client, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405


def queries(client: Client, query: str) -> int:
    """How many queries a page of the registry takes."""
    with CaptureQueriesContext(connection) as captured:
        assert names(client, query)
    return len(captured)


LONG = ("", "?status=active&q=город&sort=-since", "?sort=status&page=2", "?as_of=2023-05-01&freshness=fresh")
# Regions, rounds, first day, total, counts, map, rows; session, user, own; demonstration or not.
AT_MOST = 11


@pytest.mark.slow
def test_a_long_list_asks_no_more_than_a_short_one(
    client_for: ClientFor, secretariat: User, kostroma_official: User
) -> None:
    clients = {str(one): client_for(one) for one in (None, secretariat, kostroma_official)}
    many_cities(20)
    of_twenty = {(who, query): queries(client, query) for who, client in clients.items() for query in LONG}
    many_cities(1980, start=21)
    assert {(who, query): queries(clients[who], query) for who, query in of_twenty} == of_twenty
    assert {asked: count for asked, count in of_twenty.items() if count > AT_MOST} == {}
