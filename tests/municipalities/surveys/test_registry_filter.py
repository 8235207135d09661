"""The registry by survey round: who was asked, who answered, who did not."""

import pytest
from django.test import Client

from accounts.models import User
from municipalities.models import Municipality
from municipalities.seed import seed_municipalities
from municipalities.surveys.models import RoundAction, SurveyRound
from municipalities.surveys.seed import seed_round
from tests.conftest import ClientFor
from tests.municipalities.factory import city
from tests.municipalities.surveys.factory import a_round, response_of, say
from tests.municipalities.test_registry import names
from tests.words import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

URL = "/municipalities/"


@pytest.fixture
def survey(kostroma: Municipality, arkhangelsk: Municipality, secretariat: User) -> SurveyRound:
    """Two were asked, one answered, one city was not asked."""
    city("Орёл", 1)
    opened = a_round(kostroma, arkhangelsk, opened_by=secretariat)
    say(response_of(opened, kostroma))
    return opened


@pytest.mark.parametrize(
    ("part", "expected"), [("", ["Архангельск", "Кострома"]), ("-answered", ["Кострома"]), ("-owing", ["Архангельск"])]
)
@pytest.mark.parametrize("persona", ["secretariat", "chair"])
def test_staff_see_who_answered(
    client_for: ClientFor,
    request: pytest.FixtureRequest,
    survey: SurveyRound,
    persona: str,
    part: str,
    expected: list[str],
) -> None:
    client = client_for(request.getfixturevalue(persona))
    assert names(client, f"?survey={survey.pk}{part}") == expected
    assert "Информационный обмен: Весенний обмен" in client.get(f"{URL}?survey={survey.pk}{part}").content.decode()


@pytest.mark.parametrize("persona", [None, "kostroma_official"])
def test_others_see_who_was_asked_once_the_round_is_over(
    client_for: ClientFor,
    request: pytest.FixtureRequest,
    survey: SurveyRound,
    secretariat: User,
    persona: str | None,
) -> None:
    client = client_for(request.getfixturevalue(persona) if persona else None)
    assert len(names(client, f"?survey={survey.pk}")) == 3  # the filter is not offered, and not understood
    survey.move(RoundAction.CLOSE, by=secretariat)
    assert names(client, f"?survey={survey.pk}") == ["Архангельск", "Кострома"]
    for part in ("answered", "owing"):
        assert client.get(f"{URL}?survey={survey.pk}-{part}").status_code == 422


def test_the_round_of_the_decision_has_its_twenty(client: Client) -> None:
    seed_municipalities()
    city("Орёл", 1)
    held, _ = seed_round()
    page = client.get(f"{URL}?survey={held.pk}").content.decode()
    assert "Найдено 20 из 21" in words_of(page)


@pytest.mark.parametrize("choice", ["x", "0", "1-answered-owing", "999999999999999999999"])
def test_a_round_that_is_not_there_is_said_to(
    client_for: ClientFor, survey: SurveyRound, secretariat: User, choice: str
) -> None:
    assert client_for(secretariat).get(f"{URL}?survey={choice}").status_code == 422


def test_a_round_that_is_prepared_is_not_offered(
    client_for: ClientFor, secretariat: User, kostroma: Municipality
) -> None:
    prepared = a_round(kostroma, title="Тайный обмен")
    client = client_for(secretariat)
    assert "Тайный обмен" not in client.get(URL).content.decode()
    assert len(names(client, f"?survey={prepared.pk}")) == 1  # nothing to filter by, nothing filtered
