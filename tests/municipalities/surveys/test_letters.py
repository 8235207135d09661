"""Invitations and reminders: to exactly those who are due, each sending recorded, a broken server shown."""

import email
from email.policy import default
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, User
from accounts.roles import Role
from municipalities.models import Municipality, Representative
from municipalities.personal_links import withdraw
from municipalities.surveys import letters
from municipalities.surveys.letters import to_invite, to_remind, write
from municipalities.surveys.links import way_in
from municipalities.surveys.models import LetterPurpose, SurveyDelivery, SurveyRound
from revisions.sent_once import new_token
from tests.conftest import ClientFor
from tests.mail import delivered
from tests.municipalities.factory import city
from tests.municipalities.surveys.factory import a_round, link_of, names, response_of, say

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def survey(
    secretariat: User,
    kostroma: Municipality,
    arkhangelsk: Municipality,
    kostroma_official: User,
    arkhangelsk_official: User,
) -> SurveyRound:
    return a_round(kostroma, arkhangelsk, city("Безадресный", 7), opened_by=secretariat)


def send(client: Client, survey: SurveyRound, purpose: str) -> str:
    return client.post(f"/surveys/{survey.pk}/letters/{purpose}/", follow=True).content.decode()


def recipients() -> list[str]:
    return sorted(address for letter in delivered() for address in letter.to)


def test_an_invitation_carries_the_link_of_its_own_city_alone(client: Client, survey: SurveyRound) -> None:
    page = send(client, survey, "invitation")
    assert "Ждёт отправки: 2\u00a0письма." in page
    assert "Нет адресата: Безадресный." in page
    assert recipients() == ["arkhangelsk@example.org", "kostroma@example.org"]
    for letter, name in zip(sorted(mail.outbox, key=lambda one: one.to), ("Архангельск", "Кострома"), strict=True):
        own = survey.responses.select_related("municipality", "round").get(municipality__name=name)
        assert way_in(own).address in letter.body
        assert letter.body.count("/surveys/form/") == 1


def test_nobody_is_invited_twice(client: Client, survey: SurveyRound) -> None:
    send(client, survey, "invitation")
    delivered().clear()
    assert "Нет адресата: Безадресный." in send(client, survey, "invitation")
    assert delivered() == []


def test_a_reminder_goes_to_exactly_those_who_owe(client: Client, survey: SurveyRound, secretariat: User) -> None:
    people = {}
    for number, (name, state) in enumerate(
        {"Черновой": "draft", "Отправленный": "submitted", "Возвращённый": "returned", "Принятый": "accepted"}.items()
    ):
        one = city(name, 100 + number)
        people[name] = User.objects.create_user(f"{state}@example.org", name=name, role=Role.MUNICIPAL)
        Representative.objects.create(user=people[name], municipality=one)
        survey.ask([*Municipality.objects.filter(survey_responses__round=survey), one])
        response = say(response_of(survey, one), submit=state != "draft")
        if state == "accepted":
            response.accept(version=response.version, by=secretariat)
        elif state == "returned":
            response.send_back(remark="Уточните", version=response.version, by=secretariat)
    owing = ["Архангельск", "Безадресный", "Возвращённый", "Кострома", "Черновой"]
    assert sorted(names(to_remind(survey))) == owing
    send(client, survey, "reminder")
    expected = ["arkhangelsk@example.org", "draft@example.org", "kostroma@example.org", "returned@example.org"]
    assert recipients() == expected


def test_who_is_switched_off_or_lost_the_role_gets_nothing(
    client: Client, survey: SurveyRound, kostroma_official: User, arkhangelsk_official: User
) -> None:
    User.objects.filter(pk=kostroma_official.pk).update(is_active=False)
    User.objects.filter(pk=arkhangelsk_official.pk).update(role=Role.CHAIR)
    page = client.get(f"/surveys/{survey.pk}/letters/reminder/").content.decode()
    assert page.count("нет адресата") == 3
    send(client, survey, "reminder")
    assert delivered() == []


def test_each_sending_is_recorded(client: Client, survey: SurveyRound, secretariat: User) -> None:
    send(client, survey, "invitation")
    rows = SurveyDelivery.objects.values_list("purpose", "channel", "recipient", "mail__state", "sent_by_name")
    assert sorted(rows) == [
        ("invitation", "email", "arkhangelsk@example.org", "waiting", secretariat.name),
        ("invitation", "email", "kostroma@example.org", "waiting", secretariat.name),
    ]


def test_the_board_and_the_page_of_an_answer_say_what_became_of_a_letter(client: Client, survey: SurveyRound) -> None:
    send(client, survey, "invitation")
    pages = (f"/surveys/{survey.pk}/", f"/surveys/{survey.pk}/responses/kostroma/")
    assert all("Ждёт отправки</span>" in client.get(page).content.decode() for page in pages)
    OutgoingMail.objects.update(state="failed", last_error="Почтовый сервер не принял адрес получателя.")
    board, answer = (client.get(page).content.decode() for page in pages)
    assert board.count("Не отправлено</span>") == 2
    assert "Почтовый сервер не принял адрес получателя." in answer


@pytest.mark.parametrize(("state", "again"), [("failed", 3), ("missed", 3), ("sending", 1), ("sent", 1)])
def test_an_invitation_that_did_not_leave_is_none(client: Client, survey: SurveyRound, state: str, again: int) -> None:
    send(client, survey, "invitation")
    facts: dict[str, dict[str, Any]] = {
        "failed": {"last_error": "?"},
        "missed": {"text": "", "last_error": "?"},
        "sending": {"claimed_until": timezone.now(), "attempts": 1},
        "sent": {"sent_at": timezone.now(), "text": ""},
    }
    OutgoingMail.objects.update(state=state, **facts[state])
    assert to_invite(survey).count() == again


def test_letters_are_stored_with_their_records_or_not_at_all(survey: SurveyRound, secretariat: User) -> None:
    with patch("municipalities.surveys.letters.record", side_effect=RuntimeError), pytest.raises(RuntimeError):
        letters.send(to_invite(survey), LetterPurpose.INVITATION, by=secretariat)
    assert not OutgoingMail.objects.exists()


def test_two_clicks_write_once(client: Client, survey: SurveyRound) -> None:
    said = {"form_token": new_token()}
    for _ in "12":
        client.post(f"/surveys/{survey.pk}/letters/reminder/", said)
    assert recipients() == ["arkhangelsk@example.org", "kostroma@example.org"]


def test_a_letter_leaves_as_a_file(client: Client, survey: SurveyRound, kostroma: Municipality) -> None:
    response = response_of(survey, kostroma)
    asked = {"how": "eml", "form_token": new_token()}
    for _ in "12":  # taken twice, and written down once
        answer = client.post(f"/surveys/{survey.pk}/responses/kostroma/letters/reminder/", asked, follow=True)
    letter = email.message_from_bytes(answer.content, policy=default)
    assert (letter["To"], letter["X-Unsent"]) == ("kostroma@example.org", "1")
    assert "Кострома" in letter["Subject"]
    assert way_in(response).address in letter.get_content()
    assert response.deliveries.get().channel == "eml"
    assert delivered() == []


@pytest.mark.parametrize(("how", "count"), [("manual", 0), ("email", 1)])
def test_a_letter_is_copied_or_sent(client: Client, survey: SurveyRound, how: str, count: int) -> None:
    url = f"/surveys/{survey.pk}/responses/kostroma/letters/invitation/"
    assert "/surveys/form/" in client.get(url).content.decode()
    client.post(url, {"how": how})
    assert SurveyDelivery.objects.get().channel == how
    assert len(delivered()) == count


def test_without_a_link_the_letter_leads_to_the_login(
    client: Client, survey: SurveyRound, kostroma: Municipality, secretariat: User
) -> None:
    withdraw(link_of(response_of(survey, kostroma)), reason="Уволен", by=secretariat)
    client.post(f"/surveys/{survey.pk}/responses/kostroma/letters/reminder/", {"how": "email"})
    assert f"/surveys/{survey.pk}/responses/kostroma/answer/" in delivered()[0].body
    assert "/surveys/form/" not in mail.outbox[0].body


def test_a_reminder_says_how_far_the_answer_is(survey: SurveyRound, kostroma: Municipality) -> None:
    response = response_of(survey, kostroma)
    for deed, words in (
        (lambda: None, "форму не открывали."),
        (lambda: response.open(by=None), "форма открыта, но ничего не сохранено."),
        (lambda: say(response, submit=False), "начатый черновик сохранён."),
    ):
        deed()
        letter = write(response_of(survey, kostroma), LetterPurpose.REMINDER, [])
        assert f"Кострома пока нет: {words}" in letter.text


def test_nothing_is_written_for_a_draft_round(client: Client, kostroma: Municipality) -> None:
    survey = a_round(kostroma)
    assert client.post(f"/surveys/{survey.pk}/letters/invitation/").status_code == 403


@pytest.mark.parametrize("purpose", ["remark", "spam"])
def test_other_purposes_are_404(client: Client, survey: SurveyRound, purpose: str) -> None:
    assert client.get(f"/surveys/{survey.pk}/letters/{purpose}/").status_code == 404
