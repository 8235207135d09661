"""What the forms of information exchange take: each kind of answer, there and back."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality
from municipalities.surveys.letters import record
from municipalities.surveys.models import LetterPurpose, SurveyRound
from municipalities.surveys.models.delivery import DeliveryChannel
from tests.conftest import ClientFor
from tests.municipalities.surveys.factory import a_round, question, response_of, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def official(client_for: ClientFor, kostroma_official: User) -> Client:
    return client_for(kostroma_official)


@pytest.fixture
def survey(secretariat: User, kostroma: Municipality) -> SurveyRound:
    return a_round(kostroma, opened_by=secretariat)


def fill_in(official: Client, survey: SurveyRound, action: str = "submit", **said: Any) -> Any:
    response = survey.responses.get()
    base = {"participation": "active", "respondent": "И.И. Иванов", "version": response.version, "action": action}
    return official.post(f"{response.get_absolute_url()}answer/", {**base, **said})


@pytest.mark.parametrize(("said", "kept", "read"), [("yes", [True], "да"), ("no", [False], "нет")])
def test_yes_and_no_are_kept_shown_and_chosen_again(
    official: Client, survey: SurveyRound, said: str, kept: list[bool], read: str
) -> None:
    asked = question(survey, "yes_no", "Есть ли камеры?", is_required=True)
    fill_in(official, survey, "save", **{f"question-{asked.pk}": said})
    response = survey.responses.get()
    assert [one.value for one in response.answers.all()] == kept
    page = official.get(f"{response.get_absolute_url()}answer/").content.decode()
    assert re.findall(rf'name="question-{asked.pk}" value="(\w+)"[^>]* checked', page) == [said]
    assert f"<dd>{read}</dd>" in official.get(response.get_absolute_url()).content.decode()


def test_words_are_kept_as_they_are_typed_and_strange_letters_told(official: Client, survey: SurveyRound) -> None:
    asked = question(survey, "text", "Что мешает?")
    refused = fill_in(official, survey, "save", **{f"question-{asked.pk}": "Kотлас"})
    assert (refused.status_code, "буква «K» – латинская" in refused.content.decode()) == (422, True)
    assert fill_in(official, survey, **{f"question-{asked.pk}": "Нет денег.\r\nИ людей."}).status_code == 302
    response = survey.responses.get()
    assert [one.value for one in response.answers.all()] == ["Нет денег.\nИ людей."]
    assert "Нет денег." in official.get(response.get_absolute_url()).content.decode()


def test_only_what_may_stay_open_has_a_way_to_say_nothing(official: Client, survey: SurveyRound) -> None:
    question(survey, "yes_no", "Есть ли камеры?", is_required=True)
    response = survey.responses.get()
    response.open(by=None)
    url = f"{response.get_absolute_url()}answer/"
    assert "Нет ответа" not in official.get(url).content.decode()
    question(survey, "yes_no", "Есть ли датчики?")
    assert official.get(url).content.decode().count("Нет ответа") == 1


def test_a_draft_may_leave_a_number_out(official: Client, survey: SurveyRound) -> None:
    question(survey, "number", is_required=True)
    assert fill_in(official, survey, "save").status_code == 302
    assert not survey.responses.get().answers.exists()
    assert fill_in(official, survey).status_code == 422


@pytest.mark.parametrize(("day", "status"), [("0202-06-27", 422), ("2101-01-01", 422), ("2100-12-31", 302)])
def test_a_year_that_nobody_means_is_asked_about(official: Client, survey: SurveyRound, day: str, status: int) -> None:
    asked = question(survey, "date", "С какого дня?")
    answer = fill_in(official, survey, **{f"question-{asked.pk}": day})
    assert answer.status_code == status
    assert ("дата должна лежать между 1900 и 2100 годом" in answer.content.decode()) == (status == 422)


@pytest.mark.parametrize(("length", "status"), [(200, 302), (201, 422)])
def test_an_option_is_at_most_two_hundred_signs_long(
    secretary: Client, survey: SurveyRound, length: int, status: int
) -> None:
    data = {"text": "Какой?", "kind": "choice", "options": f"Да\n{'я' * length}", "version": 1}
    answer = secretary.post(f"/surveys/{survey.pk}/questions/add/", data)
    assert answer.status_code == status
    assert ("Вариант длиннее 200 знаков." in answer.content.decode()) == (status == 422)


def test_the_letter_about_a_returned_response_says_why(
    secretary: Client, survey: SurveyRound, kostroma: Municipality
) -> None:
    response = say(response_of(survey, kostroma))
    said = {"version": response.version, "remark": "Проверьте статус"}
    page = secretary.post(f"{response.get_absolute_url()}return/", said, follow=True).content.decode()
    assert "Кострома: ответ возвращён. Сообщите об этом муниципалитету." in page
    assert "Замечание секретариата: Проверьте статус" in page


def test_when_all_are_invited_there_is_nobody_to_write_to(
    secretary: Client, survey: SurveyRound, kostroma: Municipality, secretariat: User
) -> None:
    record(response_of(survey, kostroma), LetterPurpose.INVITATION, DeliveryChannel.MANUAL, by=secretariat)
    page = secretary.post(f"/surveys/{survey.pk}/letters/invitation/", follow=True).content.decode()
    assert "Писать некому: эти письма уже отправлены или ответы получены." in page


def test_a_letter_of_no_purpose_is_404(secretary: Client, survey: SurveyRound) -> None:
    base = f"{survey.responses.get().get_absolute_url()}letters"
    assert [secretary.get(f"{base}/{purpose}/").status_code for purpose in ("spam", "reminder")] == [404, 200]


def test_rows_are_called_as_people_know_them(survey: SurveyRound, kostroma: Municipality, secretariat: User) -> None:
    asked = question(survey, "text", "Что мешает?")
    response = say(response_of(survey, kostroma), answers={asked.pk: "Деньги"})
    record(response, LetterPurpose.REMINDER, DeliveryChannel.MANUAL, by=secretariat, recipient="a@example.org")
    assert str(response.answers.get()) == "Деньги"
    assert str(response.deliveries.get()) == "Напоминание: a@example.org"
    assert str(response.events.get()) == "Ответ отправлен: И.И. Иванов (по личной ссылке)"
