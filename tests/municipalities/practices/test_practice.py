"""`/practices/<id>/`: what was done, who took it up, whom to ask."""

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Practice, PracticeRequest
from tests.municipalities.practices.factory import mark

pytestmark = pytest.mark.django_db


def page_of(client: Client, practice: Practice) -> str:
    return client.get(practice.get_absolute_url()).content.decode()


def test_a_contact_is_shown_to_those_who_logged_in_alone(
    client: Client, other: Client, secretary: Client, practice: Practice
) -> None:
    assert "31-00-00" not in page_of(client, practice)
    assert "31-00-00" in page_of(other, practice)
    assert "31-00-00" in page_of(secretary, practice)


def test_the_public_reads_everything_else(client: Client, practice: Practice) -> None:
    page = page_of(client, practice)
    for shown in ("Единый диспетчер", "Городское управление", "Поставили табло.", 'href="https://a.example/x"'):
        assert shown in page
    for hidden in ("Изменения описания", "Вопросы", "Править описание", "Отметить, что перенимаем"):
        assert hidden not in page


def test_marks_name_their_authors_to_insiders_alone(
    client: Client, other: Client, owner: Client, secretary: Client, practice: Practice, arkhangelsk: Municipality
) -> None:
    mark(practice, arkhangelsk, "studied", text="Съездили.", by_name="А.А. Архангельский ")
    for visitor in (client, owner):
        page = page_of(visitor, practice)
        assert "Съездили." in page
        assert "Внесено" not in page
    for visitor in (other, secretary):
        assert "Внесено" in page_of(visitor, practice)


@pytest.mark.slow
def test_each_persona_is_offered_what_it_may_do(
    owner: Client, other: Client, secretary: Client, practice: Practice
) -> None:
    offers = ("Отметить, что перенимаем", "Задать вопрос владельцу", "Править описание", "Снять с публикации")
    assert [offer in page_of(owner, practice) for offer in offers] == [False, False, True, True]
    assert [offer in page_of(other, practice) for offer in offers] == [True, True, False, False]
    assert [offer in page_of(secretary, practice) for offer in offers] == [True, False, True, True]


def test_questions_are_shown_to_both_cities_and_the_union(
    client: Client,
    client_for: object,
    owner: Client,
    other: Client,
    secretary: Client,
    practice: Practice,
    arkhangelsk: Municipality,
    arkhangelsk_official: User,
) -> None:
    asked = PracticeRequest.ask(practice, arkhangelsk, question="Как?", by=arkhangelsk_official)
    for visitor in (owner, other, secretary):
        assert asked.get_absolute_url() in page_of(visitor, practice)
    assert asked.get_absolute_url() not in page_of(client, practice)


@pytest.mark.parametrize("pk", [0, 999, 10**30])
def test_there_is_no_such_practice(client: Client, pk: int) -> None:
    assert client.get(f"/practices/{pk}/").status_code == 404
