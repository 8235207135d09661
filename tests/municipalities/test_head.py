"""Who heads a municipality and where one writes to, by day: written down, shown, voided."""

import datetime as dt
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from municipalities.ledgers import faults
from municipalities.models import Head, HeadRecord, Municipality
from tests.conftest import ClientFor
from tests.municipalities.factory import at

pytestmark = pytest.mark.django_db
URL = "/municipalities/kostroma/head/"
NOW = "2026-08-01 12:00"
FIRST = {
    "position": "Глава города Костромы",
    "person": "И.И. Иванов",
    "dative": "Главе города Костромы\r\n И.И. Иванову",
    "salutation": "Уважаемый Иван Иванович!",
    "address": "156000, г. Кострома, пл. Советская, д. 1",
    "email": "office@kostroma.example",
}


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def post(client: Client, **said: Any) -> HttpResponse:
    version = Municipality.objects.get(slug="kostroma").version
    with at(NOW):
        answered: Any = client.post(URL, FIRST | {"happened_on": "2026-01-10", "version": version} | said)
    shown: HttpResponse = answered
    return shown


def test_a_row_holds_only_what_it_changes(secretary: Client, kostroma: Municipality) -> None:
    assert post(secretary).status_code == 302
    assert post(secretary, happened_on="2026-06-01", person="П.П. Петров", email="").status_code == 302
    assert kostroma.head_records.latest("pk").said == {"person": "П.П. Петров", "email": ""}
    assert kostroma.head_on(day("2026-01-09")) == Head()
    assert kostroma.head_on(day("2026-05-31")).who == "Глава города Костромы И.И. Иванов"
    assert kostroma.head_on(day("2026-05-31")).dative == "Главе города Костромы\nИ.И. Иванову"
    now = kostroma.head_on(day("2026-06-01"))
    assert (now.who, now.email, now.address) == ("Глава города Костромы П.П. Петров", "", FIRST["address"])
    assert kostroma.head_on(day("2026-06-01"), known_on=day("2026-07-31")) == Head()
    assert list(faults()) == []


def test_everybody_sees_the_head_and_staff_the_history(secretary: Client, kostroma: Municipality) -> None:
    post(secretary)
    post(secretary, person="П.П. Петров", happened_on="2026-06-01")
    with at(NOW):
        page, own = (one.get("/municipalities/kostroma/").content.decode() for one in (Client(), secretary))
        earlier = Client().get("/municipalities/kostroma/?as_of=2026-02-01").content.decode()
    assert "Глава города Костромы П.П. Петров" in page
    assert "office@kostroma.example" in page
    assert "И.И. Иванов" not in page
    assert "И.И. Иванов" in own
    assert "Глава города Костромы И.И. Иванов" in earlier


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"email": "не адрес"}, "правильный адрес электронной почты"),
        ({"person": "<b>"}, "Разметка HTML"),
        ({"happened_on": ""}, "Обязательное поле"),
        ({"happened_on": "1999-01-01"}, "Проверьте год"),
        ({"happened_on": "2101-01-01"}, "Проверьте год"),
        (dict.fromkeys(FIRST, ""), "Ничего не изменено"),
        ({"version": "99"}, "сведения изменились"),
    ],
)
def test_bad_input_gets_its_sentence_and_nothing_is_written(
    secretary: Client, kostroma: Municipality, said: dict[str, str], refused: str
) -> None:
    answered = post(secretary, **said)
    assert (answered.status_code, HeadRecord.objects.count()) == (422, 0)
    assert refused in answered.content.decode()


def test_a_wrong_row_is_voided_with_the_right_one(secretary: Client, kostroma: Municipality) -> None:
    post(secretary)
    row, version = kostroma.head_records.get(), Municipality.objects.get().version
    address = f"{URL}{row.pk}/void/"
    right = FIRST | {"person": "И.И. Иванков", "happened_on": "2026-01-10", "basis": "Решение Думы"}
    data = {f"right-{name}": value for name, value in right.items()} | {"replaces": "on", "reason": "Опечатка"}
    assert secretary.post(address, data | {"version": version}).status_code == 302
    assert kostroma.head_on(day("2026-01-10")).person == "И.И. Иванков"
    assert secretary.get(address).status_code == 403  # it is voided already
    page = secretary.get(URL).content.decode()
    assert "Запись отменена" in page
    assert "Решение Думы" in page


def test_what_lies_ahead_counts_from_its_day(secretary: Client, kostroma: Municipality) -> None:
    post(secretary, happened_on="2026-09-01")
    with at(NOW):
        assert kostroma.head_on() == Head()
    with at("2026-09-01 00:00"):
        assert kostroma.head_on().person == "И.И. Иванов"
