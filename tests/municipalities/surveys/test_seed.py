"""The round held for the Assembly of 27 June 2024, and the illustrative one."""

import datetime as dt

import pytest

from accounts.models import User
from municipalities.models import ParticipationRecord
from municipalities.seed import seed_municipalities
from municipalities.surveys.board import board_of
from municipalities.surveys.demo import SAID, seed_demo_round
from municipalities.surveys.models import SurveyAnswer, SurveyEvent, SurveyRound
from municipalities.surveys.seed import seed_round

pytestmark = pytest.mark.django_db


def test_the_round_of_2024_has_twenty_participants_and_no_invented_answers() -> None:
    seed_municipalities()
    survey, entered = seed_round()
    assert (entered, survey.status, survey.held_elsewhere) == (True, "closed", True)
    assert survey.assembly_on == dt.date(2024, 6, 27)
    assert (survey.opens_on, survey.closes_on) == (None, None)
    assert survey.responses.filter(state="not_opened", participation="", saved_at=None).count() == 20
    assert not SurveyAnswer.objects.exists()
    assert not SurveyEvent.objects.exists()


def test_entering_it_again_changes_nothing() -> None:
    seed_municipalities()
    first, _ = seed_round()
    assert seed_round() == (first, False)
    assert SurveyRound.objects.count() == 1


def test_the_demonstration_shows_every_state_and_is_marked(secretariat: User) -> None:
    seed_municipalities()
    for _ in range(2):
        seed_demo_round(by=secretariat)
    survey = SurveyRound.objects.get()
    assert "Демонстрационн" in survey.title
    assert {row.state.value for row in board_of(survey).rows} == {
        "not_opened",
        *(state for state, _, _ in SAID.values()),
    }
    assert survey.responses.get(events__action="open").municipality.slug == "arkhangelsk"
    assert ParticipationRecord.objects.exclude(survey_response=None).get().survey_response.round == survey
