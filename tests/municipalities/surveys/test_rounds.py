"""Preparing a round: municipalities, questions that freeze, opening and closing."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality
from municipalities.surveys.letters import record
from municipalities.surveys.models import LetterPurpose, Question, RoundAction, SurveyRefused, SurveyRound
from municipalities.surveys.models.delivery import DeliveryChannel
from tests.conftest import ClientFor
from tests.municipalities.factory import city
from tests.municipalities.surveys.factory import DAY, a_round, question, response_of, say
from tests.papers import paper
from tests.words import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


def filled(*municipalities: Municipality, **changes: Any) -> dict[str, Any]:
    today = timezone.localdate()
    said = {"title": "Обмен", "opens_on": today, "closes_on": today + DAY, "version": 1}
    return {**said, "municipalities": [one.pk for one in municipalities], **changes}


def test_a_new_round_proposes_the_listed_municipalities(client: Client, kostroma: Municipality) -> None:
    city("Исключённый", 9, is_listed=False)
    page = client.get("/surveys/add/").content.decode()
    assert page.count('name="municipalities"') == page.count(" checked") == 1


def test_a_round_is_created_for_those_chosen(client: Client, kostroma: Municipality, arkhangelsk: Municipality) -> None:
    answer = client.post("/surveys/add/", filled(kostroma))
    survey = SurveyRound.objects.get()
    assert answer["Location"] == f"/surveys/{survey.pk}/"
    assert [one.municipality for one in survey.responses.all()] == [kostroma]
    assert survey.status == "draft"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Обязательное поле"),
        ({"title": "Kотлас"}, "буква «K» – латинская"),
        ({"closes_on": "2020-01-01"}, "раньше первого"),
        ({"opens_on": "скоро"}, "Укажите дату так"),
        ({"municipalities": []}, "Выберите хотя бы одно"),
        ({"municipalities": [str(2**63)]}, "Выберите корректный вариант"),
        ({"municipalities": ["9" * 5000]}, "является неверным значением"),
    ],
)
def test_a_bad_field_is_named(client: Client, kostroma: Municipality, changes: dict[str, Any], message: str) -> None:
    answer = client.post("/surveys/add/", filled(kostroma, **changes))
    assert (answer.status_code, SurveyRound.objects.exists()) == (422, False)
    assert message in answer.content.decode()


def test_who_has_begun_cannot_be_taken_out(
    client: Client, kostroma: Municipality, arkhangelsk: Municipality, secretariat: User
) -> None:
    survey = a_round(kostroma, arkhangelsk, opened_by=secretariat)
    say(response_of(survey, kostroma), submit=False)
    answer = client.post(f"/surveys/{survey.pk}/edit/", filled(arkhangelsk, version=survey.version))
    assert answer.status_code == 422
    assert "ответ начат – Кострома" in answer.content.decode()
    client.post(f"/surveys/{survey.pk}/edit/", filled(kostroma, version=survey.version))
    assert survey.responses.get().municipality == kostroma


def test_who_was_written_to_cannot_be_taken_out(
    client: Client, kostroma: Municipality, arkhangelsk: Municipality, secretariat: User
) -> None:
    survey = a_round(kostroma, arkhangelsk, opened_by=secretariat)
    record(response_of(survey, kostroma), LetterPurpose.INVITATION, DeliveryChannel.MANUAL, by=secretariat)
    with pytest.raises(SurveyRefused, match="письмо уже отправлено или ответ начат – Кострома"):
        survey.ask([arkhangelsk])
    assert survey.responses.count() == 2


def test_the_second_of_two_editors_sees_both_texts(client: Client, kostroma: Municipality) -> None:
    survey = a_round(kostroma)
    client.post(f"/surveys/{survey.pk}/edit/", filled(kostroma, title="Первое"))
    answer = client.post(f"/surveys/{survey.pk}/edit/", filled(kostroma, title="Второе"))
    assert answer.status_code == 409
    assert SurveyRound.objects.get().title == "Первое"


def test_questions_are_added_moved_and_removed(client: Client, kostroma: Municipality) -> None:
    survey = a_round(kostroma)
    for text in ("Один", "Два", "Три"):
        client.post(f"/surveys/{survey.pk}/questions/add/", {"text": text, "kind": "text", "version": 1})
    last = survey.questions.get(text="Три")
    client.post(f"/surveys/{survey.pk}/questions/{last.pk}/up/")
    client.post(f"/surveys/{survey.pk}/questions/{survey.questions.get(text='Один').pk}/remove/")
    assert list(survey.questions.values_list("number", "text")) == [(1, "Три"), (2, "Два")]


@pytest.mark.parametrize(("options", "status"), [("Да\nНет", 302), ("Да\n\nДа", 422), ("", 422)])
def test_a_choice_needs_two_options(client: Client, kostroma: Municipality, options: str, status: int) -> None:
    survey = a_round(kostroma)
    data = {"text": "Какой?", "kind": "choice", "options": options, "version": 1}
    assert client.post(f"/surveys/{survey.pk}/questions/add/", data).status_code == status


@pytest.mark.parametrize("submit", [True, False])
def test_questions_freeze_with_the_first_answer(
    client: Client, kostroma: Municipality, secretariat: User, submit: bool
) -> None:
    survey = a_round(kostroma, opened_by=secretariat)
    asked = question(survey)
    say(response_of(survey, kostroma), submit=submit)
    base = f"/surveys/{survey.pk}/questions"
    data = {"text": "Иначе?", "kind": "text", "version": 1}
    answers = [
        client.post(f"{base}/{where}/", data) for where in ("add", asked.pk, f"{asked.pk}/up", f"{asked.pk}/remove")
    ]
    assert {one.status_code for one in answers} == {403}
    assert "На вопросы уже отвечают" in answers[0].content.decode()
    for change in (asked.save, asked.delete, asked.move_up, Question(round=survey, text="Ещё", kind="text").save):
        with pytest.raises(SurveyRefused):
            change()


def test_a_round_without_municipalities_or_time_is_not_opened(client: Client, kostroma: Municipality) -> None:
    past = timezone.localdate() - 5 * DAY
    for survey in (a_round(), a_round(kostroma, opens_on=past, closes_on=past)):
        assert client.post(f"/surveys/{survey.pk}/step/", {"action": "open"}).status_code == 403
        survey.refresh_from_db()
        assert survey.status == "draft"


def test_a_round_is_opened_closed_and_opened_again(client: Client, kostroma: Municipality) -> None:
    survey = a_round(kostroma)
    for action, status in (("open", "open"), ("close", "closed"), ("reopen", "open")):
        client.post(f"/surveys/{survey.pk}/step/", {"action": action})
        survey.refresh_from_db()
        assert survey.status == status
    assert client.post(f"/surveys/{survey.pk}/step/", {"action": "open"}).status_code == 403
    assert "Обмен открыт снова" in client.get(f"/surveys/{survey.pk}/").content.decode()


def test_a_round_held_elsewhere_stays_as_it_is(client: Client, kostroma: Municipality, secretariat: User) -> None:
    survey = SurveyRound.objects.create(
        title="Прежний", status="closed", held_elsewhere=True, assembly_on=dt.date(2024, 6, 27)
    )
    survey.ask([kostroma])
    assert client.get(f"/surveys/{survey.pk}/edit/").status_code == 403
    with pytest.raises(SurveyRefused):
        survey.move(RoundAction.REOPEN, by=secretariat)
    page = client.get(f"/surveys/{survey.pk}/").content.decode()
    assert "Участвовали 1 муниципальное образование." in words_of(page)
    assert paper(client, f"/surveys/{survey.pk}/summary.pdf").content.startswith(b"%PDF-")


def test_an_official_sees_only_the_rounds_of_their_city(
    client_for: ClientFor, kostroma_official: User, kostroma: Municipality, arkhangelsk: Municipality, secretariat: User
) -> None:
    a_round(kostroma, arkhangelsk, opened_by=secretariat, title="Общий")
    a_round(arkhangelsk, opened_by=secretariat, title="Чужой")
    a_round(kostroma, title="Будущий")
    page = client_for(kostroma_official).get("/surveys/").content.decode()
    assert [title in page for title in ("Общий", "Чужой", "Будущий")] == [True, False, False]
    assert " из 2" not in page


def test_a_closed_round_says_to_those_who_run_it_why_nobody_is_reminded(
    client: Client, client_for: ClientFor, secretariat: User, chair: User, kostroma: Municipality
) -> None:
    survey = a_round(kostroma, opened_by=secretariat)
    survey.move(RoundAction.CLOSE, by=secretariat)
    assert "ответы больше не принимаются" in client.get(survey.get_absolute_url()).content.decode()
    assert "не принимаются" not in client_for(chair).get(survey.get_absolute_url()).content.decode()
