"""Texts as Word leaves them, at the doors of the registry: forms and search."""

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality, ParticipationRecord
from tests.conftest import ClientFor
from tests.municipalities.factory import city
from tests.municipalities.test_edit import facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


# --- forms ---

TYPED = [
    ("Постано\u200bвление\u2009№\u202f5", "Постановление № 5"),
    ("Письмо\x0bадминистрации", "Письмо администрации"),
    ("\ufeffРаспоряжение\u00ad\u202a 12\u20115", "Распоряжение 12-5"),
    ("\uf0b7\tПротокол\x1f 7\x1e1", "• Протокол 7-1"),
    ("Доля < трети, > нуля", "Доля < трети, > нуля"),
    ("Отдел <it@vologda.example>", "Отдел <it@vologda.example>"),
    ("a <b> c </b> &amp; <!-- -->", "a <b> c </b> &amp; <!-- -->"),
]


@pytest.mark.parametrize(("typed", "stored"), TYPED)
def test_a_basis_is_stored_as_it_can_be_read(
    secretary: Client, kostroma: Municipality, typed: str, stored: str
) -> None:
    said = {"status": "pilot", "effective_on": "2024-06-27", "basis": typed, "comment": typed, "version": 1}
    assert secretary.post("/municipalities/kostroma/participation/", said).status_code == 302
    record = ParticipationRecord.objects.get()
    assert (record.basis, record.text) == (stored, stored)


def test_a_letter_of_another_alphabet_is_asked_about_once(secretary: Client, kostroma: Municipality) -> None:
    said = facts(name="Kострома")
    url = "/municipalities/kostroma/edit/"
    page = secretary.post(url, said)
    assert page.status_code == 422
    assert "В слове «Kострома» буква «K» – латинская; одним алфавитом: «Кострома»." in page.content.decode()
    assert secretary.post(url, said | {"name-letters": "right"}).status_code == 302
    assert Municipality.objects.get().name == "Кострома"


def test_a_name_of_both_alphabets_may_stay(secretary: Client, kostroma: Municipality) -> None:
    said = facts(name="Kострома")
    secretary.post("/municipalities/kostroma/edit/", said | {"name-letters": "kept"})
    assert Municipality.objects.get().name == "Kострома"


# --- search ---


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Котлас", "Kотлас"),
        ("Kотлас", "Котлас"),
        ("Псков", "Пcк\u200bов"),
        ("Нарьян-Мар", "нарьян\u2011мар"),
        ("Великие Луки", "великие\u2009луки"),
        ("Вельск", "\ufeffвельск\u00ad"),
    ],
)
def test_search_finds_either(client: Client, name: str, typed: str) -> None:
    city(name, 11000000)
    city("Шуя", 12000000)
    page = client.get("/municipalities/", {"q": typed}).content.decode()
    assert (f">{name}</a>" in page, ">Шуя</a>" in page) == (True, False)
