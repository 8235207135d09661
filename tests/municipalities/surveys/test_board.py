"""The board against tables computed by hand, the boundaries of days included."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from municipalities.models import Municipality
from municipalities.surveys.board import board_of
from municipalities.surveys.models import SurveyResponse, SurveyRound
from tests.conftest import ClientFor
from tests.municipalities.factory import city, many_cities
from tests.municipalities.surveys.factory import a_round, event, response_of, say
from tests.sgcszr_portal.figures.crawler import Crawler
from tests.words import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# city -> what happened: the state after it, and when in Moscow
HISTORY = {
    "Вологда": [],
    "Псков": [("draft", "2026-03-02 10:00")],
    "Иваново": [("draft", "2026-03-02 10:00"), ("submitted", "2026-03-03 23:59:59")],
    "Котлас": [("submitted", "2026-03-04 00:00:00")],  # still the third in UTC
    "Шуя": [("submitted", "2026-03-02 09:00"), ("returned", "2026-03-03 12:00"), ("submitted", "2026-03-05 12:00")],
    "Мурманск": [("submitted", "2026-03-02 09:00"), ("accepted", "2026-03-04 12:00")],
}
# day -> not opened, draft, submitted, returned, accepted; answered of six
EXPECTED = {
    "2026-03-01": ([6, 0, 0, 0, 0], 0),
    "2026-03-02": ([2, 2, 2, 0, 0], 2),
    "2026-03-03": ([2, 1, 2, 1, 0], 2),
    "2026-03-04": ([1, 1, 2, 1, 1], 3),
    "2026-03-05": ([1, 1, 3, 0, 1], 4),
}


@pytest.fixture
def survey(db: None) -> SurveyRound:
    cities = [city(name, number) for number, name in enumerate(HISTORY, start=1)]
    survey = a_round(*cities, opens_on=dt.date(2026, 3, 1), closes_on=dt.date(2026, 3, 10))
    for response in survey.responses.select_related("municipality"):
        for state, moment in HISTORY[response.municipality.name]:
            event(response, state, moment)
    return survey


@pytest.mark.parametrize("day", EXPECTED)
def test_counts_at_the_end_of_a_day(survey: SurveyRound, day: str) -> None:
    board = board_of(survey, dt.date.fromisoformat(day))
    assert ([one.count for one in board.counts()], board.answered) == EXPECTED[day]
    assert (board.total, board.owing) == (6, 6 - EXPECTED[day][1])


def test_rows_are_in_russian_order_with_their_last_activity(survey: SurveyRound) -> None:
    rows = board_of(survey, dt.date(2026, 3, 3)).rows
    assert [row.municipality.name for row in rows] == sorted(HISTORY)
    assert rows[0].active_at is None or rows[0].active_at.astimezone(dt.UTC) < dt.datetime(
        2026, 3, 3, 21, tzinfo=dt.UTC
    )
    assert {row.municipality.name: row.state for row in rows}["Шуя"] == "returned"


def test_the_page_says_how_many_of_how_many(survey: SurveyRound, client_for: ClientFor, chair: User) -> None:
    page = client_for(chair).get(f"/surveys/{survey.pk}/?as_of=2026-03-04").content.decode()
    assert "Ответили 3 из 6." in words_of(page)
    assert "конец дня 4\u00a0марта\u00a02026\u00a0г." in page


@pytest.mark.parametrize(("state", "names"), [("answered", 3), ("submitted", 2), ("draft", 1), ("", 6)])
def test_figures_of_a_day_open_their_rows(
    survey: SurveyRound, client_for: ClientFor, chair: User, state: str, names: int
) -> None:
    crawler = Crawler(client_for(chair))
    url = f"/surveys/{survey.pk}/?as_of=2026-03-04"
    assert crawler.faults(url) == []
    assert crawler.followed == 7  # two in the sentence, and five states
    assert crawler.open(f"{url}&state={state}").rows() == names


def test_a_day_that_is_none_is_422(survey: SurveyRound, client_for: ClientFor, chair: User) -> None:
    assert client_for(chair).get(f"/surveys/{survey.pk}/?as_of=x").status_code == 422


def test_events_and_states_agree(secretariat: User, kostroma: Municipality, arkhangelsk: Municipality) -> None:
    survey = a_round(kostroma, arkhangelsk, opened_by=secretariat)
    sent = say(response_of(survey, kostroma))
    sent.accept(version=sent.version, by=secretariat)
    say(response_of(survey, arkhangelsk), submit=False)
    stored = dict(SurveyResponse.objects.values_list("municipality__name", "state"))
    assert {row.municipality.name: row.state.value for row in board_of(survey).rows} == stored


def test_who_has_no_representative_has_no_address(
    kostroma: Municipality, arkhangelsk: Municipality, kostroma_official: User, arkhangelsk_official: User
) -> None:
    arkhangelsk_official.is_active = False
    arkhangelsk_official.save()
    rows = board_of(a_round(kostroma, arkhangelsk)).rows
    assert [row.addresses for row in rows] == [(), ("kostroma@example.org",)]


@pytest.mark.parametrize("count", [20, 500])
def test_queries_do_not_grow_with_the_municipalities(
    client_for: ClientFor,
    secretariat: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    many_cities(count)
    survey = a_round(*Municipality.objects.all(), opened_by=secretariat)
    client: Client = client_for(secretariat)
    with django_assert_max_num_queries(12):
        page = client.get(f"/surveys/{survey.pk}/")
    assert f"Ответили 0 из {count}." in words_of(page.content.decode())
    with django_assert_max_num_queries(8):
        client.get(f"/surveys/{survey.pk}/letters/reminder/")
    with django_assert_max_num_queries(10):
        client.get(f"/surveys/{survey.pk}/summary/")
