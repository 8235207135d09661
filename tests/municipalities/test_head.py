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
    petrov = {"person": "П.П. Петров", "words_stay": "on"}
    assert post(secretary, happened_on="2026-06-01", email="", **petrov).status_code == 302
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
    post(secretary, person="П.П. Петров", happened_on="2026-06-01", words_stay="on")
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
        ({"person": "Kотлас"}, "буква «K» – латинская"),
        ({"happened_on": ""}, "Обязательное поле"),
        ({"happened_on": "1999-01-01"}, "Проверьте год"),
        ({"happened_on": "2101-01-01"}, "Проверьте год"),
        (dict.fromkeys(FIRST, ""), "Ничего не изменено"),
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


NEXT = {"person": "П.П. Петров", "dative": "Главе города Костромы\r\nП.П. Петрову", "salutation": "Уважаемый Пётр!"}


def test_a_colleague_s_change_stands_beside_one_s_own(secretary: Client, kostroma: Municipality) -> None:
    post(secretary)
    stale = Municipality.objects.get().version
    assert post(secretary, email="new@kostroma.example", happened_on="2026-02-01").status_code == 302
    answered = post(secretary, address="156005, г. Кострома", happened_on="2026-03-01", version=stale)
    page = answered.content.decode()
    assert (answered.status_code, HeadRecord.objects.count()) == (409, 2)
    assert page.count("Сейчас в портале</h4>") == 2
    assert "</h4>new@kostroma.example" in page
    assert "</h4>office@kostroma.example" in page
    assert "</h4>156005, г. Кострома" in page
    again = {"address": "156005, г. Кострома", "email": "new@kostroma.example", "happened_on": "2026-03-01"}
    assert post(secretary, **again).status_code == 302
    assert kostroma.head_records.latest("pk").said == {"address": "156005, г. Кострома"}


def test_a_head_typed_late_has_all_that_the_form_shows_where_nothing_was_known(
    secretary: Client, kostroma: Municipality
) -> None:
    post(secretary, happened_on="2026-07-01")
    former = {"person": "С.С. Сидоров", "dative": "Главе\r\nС.С. Сидорову", "salutation": "Уважаемый Сидор!"}
    assert post(secretary, **former, happened_on="2020-01-01").status_code == 302
    told = kostroma.head_on(day("2021-01-01"))
    assert (told.who, told.address) == ("Глава города Костромы С.С. Сидоров", FIRST["address"])
    assert kostroma.head_on(day("2026-07-01")).person == "И.И. Иванов"


def test_what_was_known_of_a_day_stays_where_the_form_is_not_touched(secretary: Client, kostroma: Municipality) -> None:
    post(secretary, happened_on="2020-01-01", email="old@kostroma.example")
    post(secretary, happened_on="2026-07-01")
    assert post(secretary, **NEXT, happened_on="2023-01-01").status_code == 302
    assert kostroma.head_on(day("2024-01-01")).email == "old@kostroma.example"
    assert kostroma.head_on(day("2026-07-01")).email == FIRST["email"]


def test_the_right_row_of_an_earlier_day_says_all_that_it_shows(secretary: Client, kostroma: Municipality) -> None:
    post(secretary, happened_on="2026-03-01")
    row, version = kostroma.head_records.get(), Municipality.objects.get().version
    right = FIRST | {"person": "И.И. Иванков", "happened_on": "2025-01-01"}
    data = {f"right-{name}": value for name, value in right.items()} | {"replaces": "on", "reason": "Раньше"}
    assert secretary.post(f"{URL}{row.pk}/void/", data | {"version": version}).status_code == 302
    told = kostroma.head_on(day("2025-01-01"))
    assert (told.who, told.email) == ("Глава города Костромы И.И. Иванков", FIRST["email"])


def test_a_new_head_is_not_addressed_as_the_former_one(secretary: Client, kostroma: Municipality) -> None:
    post(secretary)
    said = {"person": "П.П. Петров", "happened_on": "2026-02-01"}
    answered = post(secretary, **said)
    assert (answered.status_code, kostroma.head_records.count()) == (422, 1)
    assert "письма адресовались бы прежнему главе" in answered.content.decode()
    assert 'type="checkbox" name="words_stay"' in answered.content.decode()
    assert post(secretary, **said, words_stay="on").status_code == 302
    assert kostroma.head_on(day("2026-02-01")).dative == "Главе города Костромы\nИ.И. Иванову"
    assert post(secretary, **NEXT, happened_on="2026-03-01").status_code == 302
