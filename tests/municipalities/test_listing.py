"""Taking a municipality off the list, and putting it back."""

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality
from tests.conftest import ClientFor
from tests.municipalities.factory import statement
from tests.words import words_of

pytestmark = pytest.mark.django_db

URL = "/municipalities/kostroma/listing/"


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def test_it_leaves_the_registry_and_keeps_its_history(
    secretary: Client, client: Client, kostroma: Municipality
) -> None:
    statement(kostroma)
    page = secretary.post(URL, {"listed": "no", "reason": "Внесено дважды"}, follow=True).content.decode()
    assert "убрано из портала как внесённое ошибочно" in page
    assert "<p>Внесено дважды</p>" in page
    assert "Найдено 0 из 0" in words_of(client.get("/municipalities/").content.decode())
    assert kostroma.participation_records.count() == 1


def test_it_comes_back(secretary: Client, client: Client, kostroma: Municipality) -> None:
    secretary.post(URL, {"listed": "no", "reason": "Вышел"})
    secretary.post(URL, {"listed": "yes", "reason": "Вернулся"})
    assert client.get("/municipalities/kostroma/").status_code == 200
    reasons = kostroma.history.values_list("history_change_reason", "history_user_name")  # type: ignore[attr-defined]  # a manager
    assert list(reasons)[:2] == [("Вернулся", "С.С. Секретарёва"), ("Вышел", "С.С. Секретарёва")]


def test_doing_it_twice_does_nothing_the_second_time(secretary: Client, kostroma: Municipality) -> None:
    for _ in range(2):
        secretary.post(URL, {"listed": "no", "reason": "Вышел"})
    kostroma.refresh_from_db()
    assert (kostroma.is_listed, kostroma.version) == (False, 2)


def test_an_edit_that_was_open_meanwhile_conflicts(secretary: Client, kostroma: Municipality) -> None:
    secretary.post(URL, {"listed": "no", "reason": "Вышел"})
    form = {"name": "Иная", "region": "Р", "federal_district": "central", "oktmo": kostroma.oktmo, "version": 1}
    assert secretary.post("/municipalities/kostroma/edit/", form).status_code == 409


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"listed": "no", "reason": ""},
        {"listed": "maybe", "reason": "Так"},
        {"listed": "no", "reason": "Kотлас"},
        {"listed": "no", "reason": "я" * 301},
    ],
)
def test_a_bad_form_changes_nothing(secretary: Client, kostroma: Municipality, form: dict[str, str]) -> None:
    assert secretary.post(URL, form).status_code == 422
    kostroma.refresh_from_db()
    assert kostroma.is_listed


@pytest.mark.parametrize("persona", ["chair", "kostroma_official"])
def test_others_are_told_why_not(
    client_for: ClientFor, request: pytest.FixtureRequest, kostroma: Municipality, persona: str
) -> None:
    client = client_for(request.getfixturevalue(persona))
    assert client.get(URL).status_code == client.post(URL, {"listed": "no", "reason": "x"}).status_code == 403


def test_a_stranger_is_asked_to_log_in(client: Client, kostroma: Municipality) -> None:
    assert client.post(URL, {"listed": "no", "reason": "x"}).status_code == 302
    kostroma.refresh_from_db()
    assert kostroma.is_listed


def test_a_wrong_method_is_405(secretary: Client, kostroma: Municipality) -> None:
    assert secretary.get(URL).status_code == 200
    assert secretary.put(URL).status_code == 405


def test_a_lost_csrf_token_changes_nothing(secretariat: User, kostroma: Municipality) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(secretariat)
    assert client.post(URL, {"listed": "no", "reason": "x"}).status_code == 403


def test_a_missing_municipality_is_404(secretary: Client) -> None:
    assert secretary.get("/municipalities/atlantida/listing/").status_code == 404
