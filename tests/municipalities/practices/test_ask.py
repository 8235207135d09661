"""`/practices/<id>/ask/`: a question to the owner, and the letter that brings it."""

from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from accounts.models import OutgoingMail, User
from municipalities.models import Municipality, Representative
from municipalities.practices.letters import send
from municipalities.practices.models import Practice, PracticeRequest
from tests.mail import delivered

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def ask(client: Client, practice: Practice, **changes: Any) -> Any:
    form = {"municipality": "arkhangelsk", "question": "Сколько это стоило?"}
    return client.post(f"/practices/{practice.pk}/ask/", form | changes)


def test_a_question_is_stored_and_mailed_to_the_owners_active_representatives(
    other: Client, practice: Practice, kostroma: Municipality, kostroma_official: User, arkhangelsk_official: User
) -> None:
    gone = User.objects.create_user("gone@example.org", name="Г.Г. Ушедший", role="municipal", is_active=False)
    Representative.objects.create(user=gone, municipality=kostroma)
    answer = ask(other, practice, question="Сколько это  стоило?\n\n\nИ кто платил?")
    asked = PracticeRequest.objects.get()
    assert answer["Location"] == asked.get_absolute_url()
    assert asked.question == "Сколько это стоило?\nИ кто платил?"
    assert (asked.municipality.slug, asked.asked_by) == ("arkhangelsk", arkhangelsk_official)
    (letter,) = delivered()
    assert letter.to == ["kostroma@example.org"]
    assert letter.subject == "Вопрос о практике «Единый диспетчер»"
    for said in ("Сколько это стоило?", "Архангельск", "А.А. Архангельский", f"http://testserver{answer['Location']}"):
        assert said in letter.body
    assert [step.kind for step in asked.steps.all()] == ["asked", "question_letter"]
    page = other.get(asked.get_absolute_url()).content.decode()
    assert "К.К. Костромин" in page
    assert "kostroma@example.org" not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"question": ""}, "Обязательное поле"),
        ({"question": "Kотлас"}, "буква «K» – латинская"),
        ({"question": "я" * 3001}, "не более 3000"),
        ({"municipality": "kostroma"}, "здесь выбрать нельзя"),
        ({"municipality": ""}, "Обязательное поле"),
    ],
)
def test_a_bad_question_is_explained_and_nobody_is_bothered(
    other: Client, practice: Practice, kostroma_official: User, changes: dict[str, str], sentence: str
) -> None:
    answer = ask(other, practice, **changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not PracticeRequest.objects.exists()
    assert delivered() == []


def test_a_form_sent_twice_asks_once(other: Client, practice: Practice, kostroma_official: User) -> None:
    ask(other, practice)
    answer = ask(other, practice)
    assert answer.status_code == 422
    assert "уже задан и ждёт ответа" in answer.content.decode()
    assert len(delivered()) == PracticeRequest.objects.count() == 1


def test_a_title_cannot_add_headers_to_the_letter(other: Client, practice: Practice, kostroma_official: User) -> None:
    practice.title = "Диспетчер\r\nBcc: all@example.org"
    practice.save()
    ask(other, practice)
    assert delivered()[0].subject == "Вопрос о практике «Диспетчер Bcc: all@example.org»"
    assert delivered()[0].recipients() == ["kostroma@example.org"]


def test_a_letter_that_fails_is_shown_and_written_again(other: Client, owner: Client, practice: Practice) -> None:
    answer = ask(other, practice)
    asked = PracticeRequest.objects.get()
    again = f"/practices/requests/{asked.pk}/mail/"
    assert "Ждёт отправки" in other.get(answer["Location"]).content.decode()
    assert other.post(again).status_code == 403
    OutgoingMail.objects.update(state="failed", last_error="Почтовый сервер не принял адрес получателя.")
    page = other.get(answer["Location"]).content.decode()
    assert "Не отправлено" in page
    assert "Почтовый сервер не принял адрес получателя." in page
    assert "Отправить письмо ещё раз" in page
    assert owner.post(again).status_code == 403
    assert other.post(again).status_code == 302
    assert [step.kind for step in asked.steps.all()] == ["asked", "question_letter", "question_letter"]
    assert len(delivered()) == 1
    assert other.post(again).status_code == 403


def test_letters_are_stored_with_their_steps_or_not_at_all(
    practice: Practice, arkhangelsk: Municipality, arkhangelsk_official: User, kostroma_official: User
) -> None:
    asked = PracticeRequest.ask(practice, arkhangelsk, question="Как?", by=arkhangelsk_official)
    with patch.object(PracticeRequest, "note", side_effect=RuntimeError), pytest.raises(RuntimeError):
        send(asked, by=arkhangelsk_official)
    assert not OutgoingMail.objects.exists()


def test_where_nobody_represents_the_owner_it_is_said(other: Client, practice: Practice) -> None:
    page = other.get(ask(other, practice)["Location"]).content.decode()
    assert "У муниципального образования (Кострома) нет действующих представителей." in page


def test_only_representatives_of_others_ask(
    client: Client, owner: Client, secretary: Client, practice: Practice
) -> None:
    for visitor in (owner, secretary):
        answer = ask(visitor, practice)
        assert answer.status_code == 403
        assert "задают представители других" in answer.content.decode()
    assert ask(client, practice).status_code == 302
    assert not PracticeRequest.objects.exists()
