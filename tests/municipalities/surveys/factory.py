"""Rounds, questions and answers for tests, in one line each."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality, PersonalLink
from municipalities.personal_links import links_of, token_of
from municipalities.surveys.models import Question, RoundAction, SurveyEvent, SurveyResponse, SurveyRound
from municipalities.surveys.models.round import LINKS

DAY = dt.timedelta(days=1)


def a_round(*municipalities: Municipality, opened_by: User | None = None, **facts: Any) -> SurveyRound:
    """A round that began yesterday and ends in a week; open when somebody is named who opened it."""
    today = timezone.localdate()
    defaults = {"title": "Весенний обмен", "opens_on": today - DAY, "closes_on": today + 7 * DAY}
    survey = SurveyRound.objects.create(**defaults | facts)
    survey.ask(municipalities)
    if opened_by:
        survey.move(RoundAction.OPEN, by=opened_by)
    return survey


def question(survey: SurveyRound, kind: str = "number", text: str = "Сколько?", **facts: Any) -> Question:
    """A question of a round."""
    return Question.objects.create(round=survey, kind=kind, text=text, **facts)


def response_of(survey: SurveyRound, municipality: Municipality) -> SurveyResponse:
    """The stored response of a municipality."""
    return survey.responses.select_related("round", "municipality").get(municipality=municipality)


def link_of(response: SurveyResponse) -> PersonalLink:
    """The latest personal link of a response."""
    return links_of(LINKS, response)[0]


def path_to(response: SurveyResponse) -> str:
    """What the latest personal link opens."""
    return f"/surveys/form/{token_of(link_of(response))}/"


def say(response: SurveyResponse, *, submit: bool = True, participation: str = "active", **said: Any) -> SurveyResponse:
    """Answer as somebody with the link would."""
    defaults: dict[str, Any] = {"participation_basis": "", "respondent": "И.И. Иванов", "answers": {}, "by": None}
    response.answer(**defaults | said, submit=submit, participation=participation, version=response.version)
    return response


def event(response: SurveyResponse, state: str, moment: str) -> None:
    """A line of history at a moment in Moscow."""
    when = timezone.make_aware(dt.datetime.fromisoformat(moment), timezone.get_default_timezone())
    SurveyEvent.objects.create(response=response, action="save", state=state, actor_name="Кто-то", at=when)


def names(responses: Iterable[SurveyResponse]) -> list[str]:
    """The municipalities of responses."""
    return [one.municipality.name for one in responses]
