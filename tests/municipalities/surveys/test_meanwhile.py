"""Two at once: the round, its questions and a response change between somebody's look and their click."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality, ParticipationRecord
from municipalities.surveys.forms import AnswerForm
from municipalities.surveys.models import RoundAction, SurveyResponse, SurveyRound
from tests.conftest import ClientFor
from tests.meanwhile import meanwhile
from tests.municipalities.surveys.factory import a_round, question, response_of, say

pytestmark = pytest.mark.django_db

FROZEN = "На вопросы уже отвечают: менять их нельзя"


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def survey(secretariat: User, kostroma: Municipality) -> SurveyRound:
    return a_round(kostroma, opened_by=secretariat)


@pytest.fixture
def sent(survey: SurveyRound, kostroma: Municipality) -> SurveyResponse:
    return say(response_of(survey, kostroma))


def test_the_second_of_two_editors_of_a_question_sees_both_texts(secretary: Client, survey: SurveyRound) -> None:
    asked = question(survey, text="Сколько?")
    url = f"/surveys/{survey.pk}/questions/{asked.pk}/"
    for text, status in (("Сколько камер?", 302), ("Сколько датчиков?", 409)):
        answer = secretary.post(url, {"text": text, "kind": "number", "version": asked.version})
        assert answer.status_code == status
    page = answer.content.decode()
    assert "Сколько камер?" in page
    assert "Сколько датчиков?" in page
    asked.refresh_from_db()
    assert (asked.number, asked.text) == (1, "Сколько камер?")


@pytest.mark.parametrize("where", ["", "up/", "remove/"])
def test_a_question_freezes_under_the_hands_of_its_editor(
    secretary: Client, survey: SurveyRound, kostroma: Municipality, where: str
) -> None:
    question(survey, text="Сначала?")
    asked = question(survey, text="Сколько?")
    response = response_of(survey, kostroma)
    with meanwhile(SurveyRound, "locked_for_questions", lambda: say(response, submit=False)):
        answer = secretary.post(
            f"/surveys/{survey.pk}/questions/{asked.pk}/{where}", {"text": "Иначе?", "kind": "number", "version": 1}
        )
    assert answer.status_code == 403
    assert FROZEN in answer.content.decode()
    assert list(survey.questions.values_list("text", flat=True)) == ["Сначала?", "Сколько?"]


def test_the_questions_of_a_closed_round_stay(secretary: Client, survey: SurveyRound, secretariat: User) -> None:
    survey.move(RoundAction.CLOSE, by=secretariat)
    answer = secretary.get(f"/surveys/{survey.pk}/questions/add/")
    assert answer.status_code == 403
    assert "Обмен закрыт: вопросы больше не меняются." in answer.content.decode()


def test_an_answer_that_the_closing_overtakes_is_not_kept(
    client_for: ClientFor, survey: SurveyRound, kostroma_official: User, secretariat: User, kostroma: Municipality
) -> None:
    response = response_of(survey, kostroma)
    said = {"participation": "pilot", "respondent": "И.И. Иванов", "version": response.version, "action": "submit"}
    with meanwhile(AnswerForm, "store", lambda: survey.move(RoundAction.CLOSE, by=secretariat)):
        answer = client_for(kostroma_official).post(f"{response.get_absolute_url()}answer/", said)
    assert answer.status_code == 403
    assert "ответы больше не принимаются" in answer.content.decode()
    assert response_of(survey, kostroma).state == "not_opened"


def test_a_response_that_changed_is_not_returned(secretary: Client, sent: SurveyResponse) -> None:
    said = {"version": sent.version - 1, "remark": "Уточните"}
    answer = secretary.post(f"{sent.get_absolute_url()}return/", said)
    assert answer.status_code == 409
    assert "Пока вы читали, ответ изменился" in answer.content.decode()
    sent.refresh_from_db()
    assert sent.state == "submitted"


def test_after_the_closing_nothing_is_returned(
    secretary: Client, survey: SurveyRound, sent: SurveyResponse, secretariat: User
) -> None:
    with meanwhile(SurveyResponse, "send_back", lambda: survey.move(RoundAction.CLOSE, by=secretariat)):
        answer = secretary.post(f"{sent.get_absolute_url()}return/", {"version": sent.version, "remark": "Уточните"})
    assert answer.status_code == 403
    assert "ответы больше не принимаются" in answer.content.decode()
    sent.refresh_from_db()
    assert sent.state == "submitted"


def test_what_a_colleague_returned_is_not_accepted(
    secretary: Client, survey: SurveyRound, sent: SurveyResponse, kostroma: Municipality, secretariat: User
) -> None:
    def send_back() -> None:
        response_of(survey, kostroma).send_back(remark="Уточните", version=sent.version, by=secretariat)

    with meanwhile(SurveyResponse, "accept", send_back):
        answer = secretary.post(f"{sent.get_absolute_url()}accept/", {"version": sent.version + 1})
    assert answer.status_code == 403
    assert "принимать или возвращать нечего" in answer.content.decode()
    assert not ParticipationRecord.objects.exists()


def test_a_record_that_the_municipality_refuses_accepts_nothing(
    secretary: Client, sent: SurveyResponse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise ValidationError("Дата не подходит.")

    monkeypatch.setattr(Municipality, "record_participation", refuse)
    answer = secretary.post(f"{sent.get_absolute_url()}accept/", {"version": sent.version}, follow=True)
    assert "Ответ не принят: Дата не подходит." in answer.content.decode()
    sent.refresh_from_db()
    assert sent.state == "submitted"
