"""`/practices/`: search, filters, pages, fragment."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Practice
from tests.municipalities.factory import city
from tests.municipalities.practices.factory import many_practices, mark
from tests.municipalities.practices.factory import practice as tell
from tests.words import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = "/practices/"


def titles(client: Client, query: str = "") -> list[str]:
    page = client.get(URL + query)
    assert page.status_code == 200, page.content.decode()
    return re.findall(r'<h3 class="card__title"><a [^>]*>([^<]*)</a>', page.content.decode())


@pytest.fixture
def told(practice: Practice, arkhangelsk: Municipality) -> None:
    tell(arkhangelsk, "Умные остановки", done="Поставили табло у чёрной речки.")
    tell(arkhangelsk, "Ёлка для всех", direction="tourism")


def test_a_stranger_reads_what_is_published_and_no_contact(client: Client, told: None) -> None:
    page = client.get(URL).content.decode()
    assert titles(client) == ["Единый диспетчер", "Ёлка для всех", "Умные остановки"]
    assert "Найдено 3 из 3" in words_of(page)
    for hidden in ("31-00-00", "Рассказать о практике", "Вопросы о практиках", "Снятые"):
        assert hidden not in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?q=ДИСПЕТЧЕР", ["Единый диспетчер"]),
        ("?q=елка", ["Ёлка для всех"]),
        ("?q=ЧЕРНОЙ остановки", ["Умные остановки"]),
        ("?q=Кострома", ["Единый диспетчер"]),
        ("?q=архангельск речки", ["Умные остановки"]),
        ("?q=туризм", ["Ёлка для всех"]),
        ("?q=%25", []),
        ("?q=<script>", []),
        ("?direction=governance", ["Единый диспетчер"]),
        ("?municipality=arkhangelsk", ["Ёлка для всех", "Умные остановки"]),
        ("?municipality=arkhangelsk&direction=tourism&q=все", ["Ёлка для всех"]),
    ],
)
def test_search_and_filters(client: Client, told: None, query: str, expected: list[str]) -> None:
    assert titles(client, query) == expected


@pytest.mark.parametrize("query", ["?direction=alchemy", "?municipality=atlantida"])
def test_an_address_that_makes_no_sense_is_explained(client: Client, told: None, query: str) -> None:
    answer = client.get(URL + query)
    assert answer.status_code == 422
    assert "условие, которого портал не знает" in answer.content.decode()


def test_what_is_too_long_is_no_unknown_condition(client: Client, told: None) -> None:
    answer = client.get(URL + "?q=" + "я" * 101)
    assert answer.status_code == 422
    assert "портал не знает" not in answer.content.decode()
    assert "Исправьте отмеченное или" in answer.content.decode()


def test_the_active_filters_can_be_taken_off_one_by_one(client: Client, told: None) -> None:
    page = client.get(f"{URL}?municipality=arkhangelsk&direction=tourism").content.decode()
    assert "Чья практика: Архангельск" in page
    assert 'href="/practices/?municipality=arkhangelsk"' in page
    assert 'href="/practices/?direction=tourism"' in page


def test_it_shows_who_took_up_what_but_not_who_declined(
    client: Client, practice: Practice, arkhangelsk: Municipality
) -> None:
    mark(practice, arkhangelsk, "introducing")
    assert re.search(
        r"Архангельск</a>\s*<span class=\"badge badge--doing\">Внедряется", client.get(URL).content.decode()
    )
    mark(practice, arkhangelsk, "declined")
    assert "Архангельск" not in client.get(URL).content.decode()


def test_it_names_no_adopter_off_the_list(
    client: Client, practice: Practice, arkhangelsk: Municipality, secretariat: User
) -> None:
    mark(practice, arkhangelsk)
    arkhangelsk.set_listed(False, by=secretariat, reason="Вышел из Союза")
    for address in (URL, practice.get_absolute_url()):
        assert "Архангельск" not in client.get(address).content.decode()


def test_what_is_withdrawn_is_found_by_its_owner_and_the_secretariat_only(
    client: Client, owner: Client, other: Client, secretary: Client, secretariat: User, practice: Practice
) -> None:
    practice.set_published(False, by=secretariat, reason="Устарела.")
    for visitor in (client, other, owner, secretary):
        assert titles(visitor) == []
    for visitor in (owner, secretary):
        assert titles(visitor, "?state=withdrawn") == ["Единый диспетчер"]
    assert titles(other, "?state=withdrawn") == []
    assert titles(client, "?state=withdrawn") == []


def test_practices_of_a_city_off_the_list_are_not_shown(
    client: Client, practice: Practice, kostroma: Municipality, secretariat: User
) -> None:
    kostroma.set_listed(False, by=secretariat, reason="Вышел из Союза")
    assert titles(client) == []


def test_pages_keep_the_filters(client: Client, kostroma: Municipality, arkhangelsk: Municipality) -> None:
    many_practices(kostroma, 45, arkhangelsk)
    page = client.get(f"{URL}?direction=ecology&page=2").content.decode()
    assert "Страница 2 из 3" in page
    assert 'href="/practices/?direction=ecology&amp;page=3" rel="next"' in page
    assert len(titles(client, "?page=3")) == 5
    assert len(titles(client, "?page=nonsense")) == 20


def test_htmx_gets_the_fragment_and_the_address(client: Client, told: None) -> None:
    answer = client.get(f"{URL}?direction=tourism", headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == "/practices/?direction=tourism"
    assert "HX-Request" in answer["Vary"]
    page = answer.content.decode()
    assert page.lstrip().startswith('<div class="stack" id="catalogue">')
    assert page.rstrip().endswith("</div>")
    assert page.strip() in client.get(f"{URL}?direction=tourism").content.decode()


def queries(client: Client) -> int:
    client.get(URL)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(URL).status_code == 200
    return len(captured)


def test_the_number_of_queries_does_not_grow(client: Client, kostroma: Municipality, arkhangelsk: Municipality) -> None:
    many_practices(kostroma, 20, arkhangelsk)
    few = queries(client)
    for number in range(1, 20):
        many_practices(city(f"Город {number}", number), 25, arkhangelsk)
    assert Practice.objects.count() > 490
    assert queries(client) == few <= 8


def test_an_empty_catalogue_says_so(client: Client) -> None:
    assert "Здесь пока ничего нет" in client.get(URL).content.decode()


def test_a_wrong_method_is_405(client: Client) -> None:
    assert client.post(URL).status_code == 405
