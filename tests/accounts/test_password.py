"""Passwords: changed, forgotten, set for the first time."""

import re

import pytest
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.conftest import ClientFor
from tests.mail import delivered

NEW = "Архангельск-на-Двине-1584"


def test_changed_by_who_knows_the_old_one(client_for: ClientFor, colleague: User) -> None:
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    response = client_for(colleague).post("/accounts/password/change/", form)
    assert response["Location"] == "/accounts/profile/"
    assert Client().login(email=colleague.email, password=NEW)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"oldpassword": "wrong", "password1": NEW, "password2": NEW}, "текущий пароль"),
        ({"oldpassword": PASSWORD, "password1": NEW, "password2": "other"}, "одинаковый пароль"),
        ({"oldpassword": PASSWORD, "password1": "short", "password2": "short"}, "как минимум 10 символов"),
        ({"oldpassword": PASSWORD, "password1": "1234567890123", "password2": "1234567890123"}, "только из цифр"),
    ],
)
def test_what_is_wrong_is_said(client_for: ClientFor, colleague: User, form: dict[str, str], said: str) -> None:
    response = client_for(colleague).post("/accounts/password/change/", form)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Client().login(email=colleague.email, password=PASSWORD)


def test_forgotten_ones_come_by_letter(client: Client, colleague: User) -> None:
    client.post("/accounts/password/reset/", {"email": "COLLEAGUE@example.org"}, headers={"host": "localhost"})
    [letter] = delivered()
    assert letter.subject == "Новый пароль для портала СГЦСЗР"
    [link] = re.findall(r"http://testserver(/accounts/password/reset/key/\S+)", str(letter.body))
    form_url = client.get(link, follow=True).redirect_chain[-1][0]
    assert client.post(form_url, {"password1": NEW, "password2": "x"}).status_code == 422
    client.post(form_url, {"password1": NEW, "password2": NEW})
    assert Client().login(email=colleague.email, password=NEW)


def test_a_dead_link_is_not_the_fault_of_what_was_typed(client: Client) -> None:
    response = client.post("/accounts/password/reset/key/1-set-password/", {"password1": NEW, "password2": NEW})
    assert (response.status_code, "Ссылка не действует" in response.content.decode()) == (200, True)


def test_an_unknown_address_gets_no_letter_and_the_same_page(client: Client) -> None:
    response = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert response["Location"] == "/accounts/password/reset/done/"
    assert delivered() == []


def test_who_was_invited_and_came_by_code_sets_one(client_for: ClientFor, chair: User) -> None:
    client = client_for(chair)
    assert client.get("/accounts/password/change/")["Location"] == "/accounts/password/set/"
    client.post("/accounts/password/set/", {"password1": NEW, "password2": NEW})
    assert Client().login(email=chair.email, password=NEW)
