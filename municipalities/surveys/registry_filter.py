"""The registry by survey round: who was asked, who answered, who did not."""

from accounts.access import Visitor
from listings.filters import Choice
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.surveys.access import can_see_survey_results
from municipalities.surveys.models import RoundStatus, SurveyResponse, SurveyRound
from municipalities.surveys.models.steps import ANSWERED, OWING

_STATES = {"answered": ANSWERED, "owing": OWING}


def round_choices(user: Visitor) -> list[tuple[str, str]]:
    """The rounds by which this visitor may filter, the latest first. One query.

    Who was asked in a finished round is no secret; who answered, and what is going on now, is for the Union's people.

    Args:
        user: who asks.

    Returns:
        Codes and labels: "5" for all who were asked in round 5, "5-answered" and "5-owing" for parts of them.
    """
    results = can_see_survey_results(user)
    rounds = SurveyRound.objects.exclude(status=RoundStatus.DRAFT).order_by("-assembly_on", "-pk")
    if not results:
        rounds = rounds.filter(status=RoundStatus.CLOSED)
    choices = []
    for one in rounds:
        choices.append((f"{one.pk}", one.title))
        if results and not one.held_elsewhere:  # of those the portal knows no answers
            choices += [
                (f"{one.pk}-answered", f"{one.title}: ответили"),
                (f"{one.pk}-owing", f"{one.title}: не ответили"),
            ]
    return choices


def of_round(rows: MunicipalityQuerySet, choice: str) -> MunicipalityQuerySet:
    """The rows that a choice asks for.

    Args:
        rows: to filter.
        choice: one of the codes of `round_choices`.
    """
    number, _, part = choice.partition("-")
    responses = SurveyResponse.objects.filter(round_id=int(number))
    if part:
        responses = responses.filter(state__in=_STATES[part])
    return rows.filter(pk__in=responses.values("municipality"))


BY_ROUND = Choice(
    "survey",
    "Информационный обмен",
    "Любой",
    choices=lambda listing: round_choices(listing.user) or None,
    by=lambda listing, rows, choice: of_round(rows, choice),
)
