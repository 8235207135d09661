"""Accepting and returning: state × action as a table, and acceptance as one transaction."""

import datetime as dt
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality, ParticipationRecord
from municipalities.surveys.models import (
    ResponseAction,
    RoundAction,
    SurveyEvent,
    SurveyRefused,
    SurveyResponse,
    SurveyRound,
)
from revisions.append_only import AppendOnlyViolation
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.municipalities.surveys.factory import a_round, response_of, say

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STATES = ("not_opened", "draft", "submitted", "returned", "accepted")
#          not_opened, draft, submitted, returned, accepted
WAYS = {
    "open": ("draft", None, None, None, None),
    "save": ("draft", "draft", None, "returned", None),
    "submit": ("submitted", "submitted", None, "submitted", None),
    "return": (None, None, "returned", None, None),
    "accept": (None, None, "accepted", None, None),
}
# state -> the answers to accept, to return, to the municipality's form; as the secretariat, the own official, the chair
ANSWERS = {
    "not_opened": ((403, 403, 403), (403, 403, 403), (403, 200, 403)),
    "draft": ((403, 403, 403), (403, 403, 403), (403, 200, 403)),
    "submitted": ((302, 403, 403), (302, 403, 403), (403, 403, 403)),
    "returned": ((403, 403, 403), (403, 403, 403), (403, 200, 403)),
    "accepted": ((403, 403, 403), (403, 403, 403), (403, 403, 403)),
}


@pytest.fixture
def survey(secretariat: User, kostroma: Municipality) -> SurveyRound:
    return a_round(kostroma, opened_by=secretariat)


def in_state(survey: SurveyRound, municipality: Municipality, state: str, by: User) -> SurveyResponse:
    response = response_of(survey, municipality)
    if state != "not_opened":
        say(response, submit=state != "draft")
    if state == "returned":
        response.send_back(remark="Уточните", version=response.version, by=by)
    elif state == "accepted":
        response.accept(version=response.version, by=by)
    return response_of(survey, municipality)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", WAYS)
def test_each_action_leads_where_the_table_says(
    survey: SurveyRound, kostroma: Municipality, secretariat: User, state: str, action: str
) -> None:
    response = in_state(survey, kostroma, state, secretariat)
    after = WAYS[action][STATES.index(state)]
    refusal = response.refusal(ResponseAction(action))
    assert (refusal is None) == (after is not None)
    if action in ("open", "save") and after:
        response.move(ResponseAction(action), by=secretariat)
        assert response.state == after
    elif not after:
        with pytest.raises(SurveyRefused, match=r"[а-я]+\."):
            response.move(ResponseAction(action), by=secretariat, remark="Уточните")


@pytest.mark.parametrize("state", STATES)
def test_each_persona_gets_what_the_state_allows(
    survey: SurveyRound,
    kostroma: Municipality,
    kostroma_official: User,
    secretariat: User,
    chair: User,
    client_for: ClientFor,
    state: str,
) -> None:
    response = in_state(survey, kostroma, state, secretariat)
    for place, user in enumerate((chair, kostroma_official, secretariat)):
        client, column = client_for(user), 2 - place
        url, data = response.get_absolute_url(), {"version": response.version, "remark": "Уточните"}
        assert client.get(f"{url}answer/").status_code == ANSWERS[state][2][column]
        data["version"] = response_of(survey, kostroma).version
        assert client.post(f"{url}return/", {**data, "remark": ""}).status_code == (
            422 if ANSWERS[state][1][column] == 302 else 403
        )
        assert client.post(f"{url}accept/", data).status_code == ANSWERS[state][0][column]


def test_accepting_records_participation_with_the_round_as_its_basis(
    survey: SurveyRound, kostroma: Municipality, secretariat: User, client_for: ClientFor
) -> None:
    response = say(response_of(survey, kostroma), participation="pilot", participation_basis="Постановление № 5")
    client_for(secretariat).post(f"{response.get_absolute_url()}accept/", {"version": response.version})
    record = ParticipationRecord.objects.get()
    today = timezone.localdate()
    assert (record.status, record.happened_on, record.actor) == ("pilot", today, secretariat)
    assert record.basis.startswith("Информационный обмен «Весенний обмен», ответ от ")
    assert record.basis.endswith(": Постановление № 5")
    assert record.survey_response.round == survey
    assert kostroma.participation_on().status == "pilot"  # type: ignore[union-attr]


def test_the_record_is_dated_by_the_day_of_sending_in_moscow(kostroma: Municipality, secretariat: User) -> None:
    with at("2026-03-01 12:00"):
        survey = a_round(kostroma, opened_by=secretariat)
    with at("2026-03-03 00:30"):  # 2 March in UTC
        response = say(response_of(survey, kostroma))
    with at("2026-03-06 12:00"):
        record = response.accept(version=response.version, by=secretariat)
    assert record.happened_on == dt.date(2026, 3, 3)


def test_the_longest_title_and_basis_fit_into_the_record(kostroma: Municipality, secretariat: User) -> None:
    survey = a_round(kostroma, opened_by=secretariat, title="я" * 200)
    response = say(response_of(survey, kostroma), participation_basis="ю" * 240)
    assert len(response.accept(version=response.version, by=secretariat).basis) <= 500


@pytest.mark.parametrize("broken", ["record_participation", "remember"])
def test_a_failure_accepts_nothing(
    survey: SurveyRound, kostroma: Municipality, secretariat: User, client_for: ClientFor, broken: str
) -> None:
    response = say(response_of(survey, kostroma))
    client: Client = client_for(secretariat)
    client.raise_request_exception = False
    owner = Municipality if broken == "record_participation" else SurveyResponse
    with patch.object(owner, broken, side_effect=RuntimeError):
        answer = client.post(f"{response.get_absolute_url()}accept/", {"version": response.version})
    assert answer.status_code == 500
    assert response_of(survey, kostroma).state == "submitted"
    assert not ParticipationRecord.objects.exists()


def test_a_response_that_changed_meanwhile_is_not_accepted(
    survey: SurveyRound, kostroma: Municipality, secretariat: User, client_for: ClientFor
) -> None:
    response = say(response_of(survey, kostroma))
    for version in (response.version - 1, "x", ""):
        answer = client_for(secretariat).post(f"{response.get_absolute_url()}accept/", {"version": version})
        assert answer.status_code == 409
        assert "Пока вы читали, ответ изменился" in answer.content.decode()
    assert not ParticipationRecord.objects.exists()


def test_a_returned_response_shows_its_remark(
    survey: SurveyRound, kostroma: Municipality, secretariat: User, kostroma_official: User, client_for: ClientFor
) -> None:
    response = say(response_of(survey, kostroma))
    data = {"version": response.version, "remark": "Проверьте статус"}
    answer = client_for(secretariat).post(f"{response.get_absolute_url()}return/", data)
    assert answer["Location"].endswith("/letters/remark/")
    assert (
        "Проверьте статус"
        in client_for(kostroma_official).get(f"{response.get_absolute_url()}answer/").content.decode()
    )


def test_what_is_sent_in_time_is_accepted_after_the_round_and_not_returned(
    survey: SurveyRound, kostroma: Municipality, secretariat: User
) -> None:
    say(response_of(survey, kostroma))
    survey.move(RoundAction.CLOSE, by=secretariat)
    response = response_of(survey, kostroma)
    with pytest.raises(SurveyRefused, match="больше не принимаются"):
        response.send_back(remark="Уточните", version=response.version, by=secretariat)
    response.accept(version=response.version, by=secretariat)
    assert response.state == "accepted"


def test_the_link_is_for_the_secretariat_alone(
    survey: SurveyRound,
    kostroma: Municipality,
    kostroma_official: User,
    secretariat: User,
    chair: User,
    client_for: ClientFor,
) -> None:
    url = response_of(survey, kostroma).get_absolute_url()
    seen = [
        "/surveys/form/" in client_for(one).get(url).content.decode() for one in (secretariat, chair, kostroma_official)
    ]
    assert seen == [True, False, False]


def test_a_draft_is_the_municipalitys_own_affair(
    survey: SurveyRound, kostroma: Municipality, kostroma_official: User, secretariat: User, client_for: ClientFor
) -> None:
    url = say(response_of(survey, kostroma), submit=False, participation_basis="Черновая мысль").get_absolute_url()
    assert "Черновая мысль" not in client_for(secretariat).get(url).content.decode()
    assert "Черновая мысль" in client_for(kostroma_official).get(url).content.decode()


def test_history_is_written_once(survey: SurveyRound, kostroma: Municipality) -> None:
    say(response_of(survey, kostroma))
    with pytest.raises(AppendOnlyViolation):
        SurveyEvent.objects.all().delete()
    with pytest.raises(AppendOnlyViolation):
        SurveyEvent.objects.get().save()
