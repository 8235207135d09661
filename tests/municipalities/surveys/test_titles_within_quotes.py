"""A round's title is quoted everywhere; what it quotes itself stands in other marks."""

import pytest

from accounts.models import User
from municipalities.models import Municipality
from municipalities.surveys.letters import write
from municipalities.surveys.models import SurveyRound
from municipalities.surveys.models.delivery import LetterPurpose
from municipalities.surveys.waiting import open_rounds
from tests.municipalities.surveys.factory import a_round, response_of

pytestmark = pytest.mark.django_db

QUOTED = "«Обмен „Умный город“»"


def test_a_title_with_quotes_is_quoted_by_other_marks(secretariat: User, kostroma: Municipality) -> None:
    survey = a_round(kostroma, opened_by=secretariat)
    SurveyRound.objects.filter(pk=survey.pk).update(title="Обмен «Умный город»")
    assert open_rounds([kostroma]) == [f"Информационный обмен {QUOTED} ждёт ответа: Кострома."]
    response = response_of(SurveyRound.objects.get(), kostroma)
    for purpose in LetterPurpose:
        assert QUOTED in write(response, purpose, []).text
