"""Whose accepted answers to a question count, as of a day: for rooms above, which measure something by them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F

from municipalities.models import Municipality
from municipalities.surveys.models import Question, RoundStatus, SurveyAnswer, SurveyResponse
from revisions.days import end_of
from russian.collation import in_russian_order


@dataclass(frozen=True)
class AskedMunicipality:
    """One that was asked.

    Attributes:
        municipality: which.
        answered_on: the day of its accepted answer to the question; None while there is none.
    """

    municipality: Municipality
    answered_on: dt.date | None


@dataclass(frozen=True)
class AcceptedAnswers:
    """How a question was answered by the end of a day.

    Attributes:
        question: the words of the question.
        rows: all that were asked, by their names of the day; none before the round began.
    """

    question: str
    rows: tuple[AskedMunicipality, ...]

    @property
    def asked(self) -> int:
        """How many were asked."""
        return len(self.rows)

    @property
    def accepted(self) -> int:
        """Of how many an answer to the question was accepted."""
        return sum(one.answered_on is not None for one in self.rows)


def accepted_answers(
    questions: Collection[int], day: dt.date, *, known_on: dt.date | None = None
) -> dict[int, AcceptedAnswers]:
    """How questions were answered. Four queries, whatever their number.

    Args:
        questions: their keys.
        day: the day whose end is meant, in Moscow; an answer counts from the day on which it was sent.
        known_on: only what was accepted by the end of this day counts.

    Returns:
        By the keys of the questions.
    """
    asked = list(Question.objects.filter(pk__in=questions).select_related("round"))
    begun = {one.round_id for one in asked if one.round.status != RoundStatus.DRAFT and _opens(one) <= day}
    towns = Municipality.objects.named_on(day, known_on=known_on).order_by(in_russian_order("name_on_day"), "pk")
    asked_by = SurveyResponse.objects.filter(round__in=begun)
    towns = towns.filter(pk__in=asked_by.order_by().values("municipality"))
    responses = {(one.round_id, one.municipality_id): one.pk for one in asked_by}
    accepted = SurveyAnswer.objects.filter(question__in=asked, response__record__happened_on__lte=day)
    if known_on is not None:
        accepted = accepted.filter(response__record__recorded_at__lt=end_of(known_on))
    said = accepted.values_list("question", "response", F("response__record__happened_on"))
    days = {(question, response): answered_on for question, response, answered_on in said}
    of_round = defaultdict(list)
    for town in towns:
        for round_id in begun:
            if (round_id, town.pk) in responses:
                of_round[round_id].append((town, responses[round_id, town.pk]))
    return {
        one.pk: AcceptedAnswers(
            one.text,
            tuple(AskedMunicipality(town, days.get((one.pk, response))) for town, response in of_round[one.round_id]),
        )
        for one in asked
    }


def _opens(question: Question) -> dt.date:
    return question.round.opens_on or dt.date.max
