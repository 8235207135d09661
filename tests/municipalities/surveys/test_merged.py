"""After a merger nobody acts for the predecessors: no task, no page, no letter, no place in a new round."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality, Succession
from municipalities.practices.letters import representatives_of
from municipalities.surveys.access import visible_responses, visible_rounds
from municipalities.surveys.board import board_of
from municipalities.surveys.due import tasks_for
from municipalities.surveys.letters import addressees, to_invite, to_remind
from municipalities.surveys.models import SurveyRound
from tests.conftest import ClientFor
from tests.municipalities.factory import city
from tests.municipalities.surveys.factory import DAY, a_round, names, path_to, response_of, say

pytestmark = [pytest.mark.django_db, pytest.mark.loose_ledgers]  # whose leaving is no matter here


@pytest.fixture
def whole() -> Municipality:
    return city("Костромархангельск", 9)


@pytest.fixture
def survey(
    secretariat: User, kostroma: Municipality, arkhangelsk: Municipality, kostroma_official: User
) -> SurveyRound:
    return a_round(kostroma, arkhangelsk, opened_by=secretariat)


def merge(whole: Municipality, *parts: Municipality, on: dt.date) -> None:
    for one in parts:
        Succession.objects.create(successor=whole, predecessor=one, happened_on=on, basis="Закон", actor_name="Кто-то")


def test_the_representatives_of_a_part_have_nothing_to_do_or_see(
    survey: SurveyRound, whole: Municipality, kostroma: Municipality, kostroma_official: User, client_for: ClientFor
) -> None:
    today = timezone.localdate()
    merge(whole, kostroma, on=today + DAY)
    assert len(tasks_for(kostroma_official, today)) == 1  # until the day they speak
    assert representatives_of(kostroma) == [kostroma_official]
    Succession.objects.create(
        voids=Succession.objects.get(), successor=whole, predecessor=kostroma, happened_on=today + DAY, text="Раньше",
        actor_name="Кто-то",
    )  # fmt: skip
    merge(whole, kostroma, on=today)
    assert tasks_for(kostroma_official, today) == []
    assert not visible_responses(kostroma_official).exists()
    assert not visible_rounds(kostroma_official).exists()
    assert client_for(kostroma_official).get(f"/surveys/{survey.pk}/responses/kostroma/").status_code == 404
    assert (addressees([kostroma.pk]), representatives_of(kostroma)) == ({}, [])


def test_the_personal_link_of_a_part_answers_no_more(
    survey: SurveyRound, whole: Municipality, kostroma: Municipality, client: Client, secretariat: User
) -> None:
    response = response_of(survey, kostroma)
    path, today = path_to(response), timezone.localdate()
    assert client.get(path).status_code == 200
    merge(whole, kostroma, on=today)
    said = {"action": "submit", "participation": "pilot", "participation_basis": "Закон", "respondent": "И.И. Иванов"}
    answered = client.post(path, said | {"version": response.version})
    page = answered.content.decode()
    assert answered.status_code == 410
    assert "Кострома – часть другого муниципального образования: за прежнее ответы не принимаются" in page
    assert "И.И. Иванов" in page  # to be copied
    response.refresh_from_db()
    assert (response.state, kostroma.participation_records.count()) == ("not_opened", 0)


def test_nothing_is_written_to_a_part(
    survey: SurveyRound, whole: Municipality, kostroma: Municipality, client_for: ClientFor, secretariat: User
) -> None:
    merge(whole, kostroma, on=timezone.localdate())
    assert (names(to_invite(survey)), names(to_remind(survey))) == (["Архангельск"], ["Архангельск"])
    client = client_for(secretariat)
    refused = client.get(f"/surveys/{survey.pk}/responses/kostroma/letters/reminder/")
    assert (refused.status_code, "вошло в состав другого" in refused.content.decode()) == (403, True)
    assert "вошло в состав другого" in client.get(survey.get_absolute_url()).content.decode()


def test_a_part_is_no_debtor(
    survey: SurveyRound, whole: Municipality, kostroma: Municipality, arkhangelsk: Municipality, secretariat: User
) -> None:
    today = timezone.localdate()
    merge(whole, kostroma, on=today)
    assert board_of(survey).owing == 1
    assert board_of(survey, today - DAY).owing == 2
    assert "Ответили 0 из 2: напомните остальным" in [one.why for one in tasks_for(secretariat, today)]
    say(response_of(survey, arkhangelsk))
    assert "Ответили 1 из 2, остальные вошли в состав других: обмен можно закрыть" in [
        one.why for one in tasks_for(secretariat, today)
    ]


def test_a_new_round_does_not_offer_the_parts_and_an_old_one_keeps_them(
    survey: SurveyRound,
    whole: Municipality,
    kostroma: Municipality,
    arkhangelsk: Municipality,
    secretariat: User,
    client_for: ClientFor,
) -> None:
    merge(whole, kostroma, arkhangelsk, on=timezone.localdate())
    client: Client = client_for(secretariat)
    form = client.get("/surveys/add/").context["form"]
    assert form.initial["municipalities"] == [whole.pk]
    assert names_of(form) == ["Костромархангельск"]
    form = client.get(f"{survey.get_absolute_url()}edit/").context["form"]
    assert sorted(form.initial["municipalities"]) == sorted([kostroma.pk, arkhangelsk.pk])
    assert names_of(form) == ["Архангельск", "Кострома", "Костромархангельск"]


def names_of(form: object) -> list[str]:
    """What the form lets choose."""
    return [str(one) for one in form.fields["municipalities"].queryset]  # type: ignore[attr-defined]  # of a response
