"""`/practices/requests/…`: who reads a question, the answer, the lists."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from municipalities.models import Municipality
from municipalities.practices.models import Practice, PracticeRequest, PracticeRequestStep
from municipalities.practices.models.request import AlreadyAnswered
from revisions.append_only import AppendOnlyViolation
from tests.conftest import ClientFor
from tests.mail import delivered
from tests.municipalities.practices.factory import practice as tell

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LIST = "/practices/requests/"


@pytest.fixture
def asked(practice: Practice, arkhangelsk: Municipality, arkhangelsk_official: User) -> PracticeRequest:
    return PracticeRequest.ask(practice, arkhangelsk, question="Сколько это стоило?", by=arkhangelsk_official)


def reply(client: Client, asked: PracticeRequest, answer: str = "Два миллиона.") -> int:
    return client.post(asked.get_absolute_url(), {"answer": answer}).status_code


def test_the_owner_answers_and_those_who_asked_get_a_letter(
    owner: Client, other: Client, asked: PracticeRequest
) -> None:
    assert reply(owner, asked) == 302
    (letter,) = delivered()
    assert letter.to == ["arkhangelsk@example.org"]
    assert letter.subject == "Ответ о практике «Единый диспетчер»"
    assert "Два миллиона." in letter.body
    assert "Сколько это стоило?" in letter.body
    page = other.get(asked.get_absolute_url()).content.decode()
    for shown in ("Два миллиона.", "К.К. Костромин", "Отвечен", "Письмо с ответом", "Отправлено"):
        assert shown in page
    assert [step.kind for step in asked.steps.all()] == ["asked", "answered", "answer_letter"]


def test_a_second_answer_is_refused_and_its_text_kept(owner: Client, secretary: Client, asked: PracticeRequest) -> None:
    reply(owner, asked, "Первый ответ.")
    answer = secretary.post(asked.get_absolute_url(), {"answer": "Второй ответ."})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Первый ответ." in page
    assert "Второй ответ." in page
    assert PracticeRequest.objects.get().answer == "Первый ответ."
    with pytest.raises(AlreadyAnswered):
        asked.answer_with("Третий.", by=User.objects.first())  # type: ignore[arg-type]  # there is one


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [("", "Обязательное поле"), ("Kотлас", "буква «K» – латинская"), ("я" * 5001, "не более 5000")],
)
def test_a_bad_answer_is_explained(owner: Client, asked: PracticeRequest, answer: str, sentence: str) -> None:
    response = owner.post(asked.get_absolute_url(), {"answer": answer})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not PracticeRequest.objects.get().is_answered


def test_where_nobody_asked_any_more_it_is_said(owner: Client, asked: PracticeRequest) -> None:
    User.objects.filter(email="arkhangelsk@example.org").update(is_active=False)
    page = owner.post(asked.get_absolute_url(), {"answer": "Два миллиона."}, follow=True).content.decode()
    assert "Письмо с ответом отправить некому" in page
    assert PracticeRequest.objects.get().answer == "Два миллиона."


def test_both_cities_and_the_union_read_it_and_nobody_else(
    client: Client, client_for: ClientFor, owner: Client, other: Client, secretary: Client,
    chair: User, pskov_official: User, asked: PracticeRequest,
) -> None:  # fmt: skip
    for visitor in (owner, other, secretary, client_for(chair)):
        assert "Сколько это стоило?" in visitor.get(asked.get_absolute_url()).content.decode()
        assert "Сколько это стоило?" in visitor.get(LIST).content.decode()
    third = client_for(pskov_official)
    assert third.get(asked.get_absolute_url()).status_code == 404
    assert reply(third, asked) == 404
    assert "Сколько это стоило?" not in third.get(LIST).content.decode()
    assert client.get(asked.get_absolute_url()).status_code == 302
    assert client.get(LIST).status_code == 302


def test_who_asked_and_the_chair_do_not_answer(
    client_for: ClientFor, other: Client, chair: User, asked: PracticeRequest
) -> None:
    for visitor in (other, client_for(chair)):
        assert reply(visitor, asked) == 403
    assert not PracticeRequest.objects.get().is_answered


def rows(client: Client, query: str = "") -> list[str]:
    page = client.get(LIST + query).content.decode()
    return re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page)


def test_incoming_outgoing_and_waiting(
    owner: Client, other: Client, secretary: Client, asked: PracticeRequest, arkhangelsk: Municipality,
    kostroma: Municipality, kostroma_official: User,
) -> None:  # fmt: skip
    back = PracticeRequest.ask(tell(arkhangelsk), kostroma, question="А у вас?", by=kostroma_official)
    back.answer_with("Так же.", by=kostroma_official)
    assert rows(owner) == rows(secretary) == ["А у вас?", "Сколько это стоило?"]
    assert rows(owner, "?box=in") == rows(other, "?box=out") == ["Сколько это стоило?"]
    assert rows(owner, "?box=out") == rows(other, "?box=in") == ["А у вас?"]
    assert rows(secretary, "?box=waiting") == ["Сколько это стоило?"]


def test_the_number_of_queries_does_not_grow(
    owner: Client, asked: PracticeRequest, practice: Practice, arkhangelsk: Municipality, arkhangelsk_official: User
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            owner.get(LIST)
        return len(captured)

    few = queries()
    for number in range(15):
        PracticeRequest.ask(practice, arkhangelsk, question=f"Вопрос {number}?", by=arkhangelsk_official)
    assert queries() == few


def test_steps_are_never_edited_or_deleted(asked: PracticeRequest) -> None:
    step = asked.steps.get()
    for forbidden in (step.save, step.delete, PracticeRequestStep.objects.all().delete):
        with pytest.raises(AppendOnlyViolation):
            forbidden()


def test_who_wrote_reads_why_the_letter_is_not_sent_again(
    owner: Client, other: Client, practice: Practice, arkhangelsk: Municipality
) -> None:
    other.post(f"{practice.get_absolute_url()}ask/", {"municipality": arkhangelsk.slug, "question": "Сколько?"})
    page = PracticeRequest.objects.get().get_absolute_url()
    assert "Письмо уже отправлено" in other.get(page).content.decode()
    assert "Письмо уже отправлено" not in owner.get(page).content.decode()
