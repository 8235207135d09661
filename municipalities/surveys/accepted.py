"""Whose accepted answers to a question count, as of a day: for rooms above, which measure something by them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F

from municipalities.models import Municipality
from municipalities.surveys.models import Question, RoundStatus, SurveyAnswer, SurveyResponse
from revisions.days import end_of


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
        rows: all that were asked, by name; none before the round began.
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
    """How questions were answered. Three queries, whatever their number.

    Args:
        questions: their keys.
        day: the day whose end is meant, in Moscow; an answer counts from the day on which it was sent.
        known_on: only what was accepted by the end of this day counts.

    Returns:
        By the keys of the questions.
    """
    asked = list(Question.objects.filter(pk__in=questions).select_related("round"))
    begun = [one.round_id for one in asked if one.round.status != RoundStatus.DRAFT and _opens(one) <= day]
    responses = SurveyResponse.objects.filter(round__in=begun).select_related("municipality")
    accepted = SurveyAnswer.objects.filter(question__in=asked, response__record__happened_on__lte=day)
    if known_on is not None:
        accepted = accepted.filter(response__record__recorded_at__lt=end_of(known_on))
    said = accepted.values_list("question", "response", F("response__record__happened_on"))
    days = {(question, response): answered_on for question, response, answered_on in said}
    of_round = defaultdict(list)
    for response in responses.order_by("municipality__name", "pk"):
        of_round[response.round_id].append(response)
    return {
        one.pk: AcceptedAnswers(
            one.text,
            tuple(
                AskedMunicipality(response.municipality, days.get((one.pk, response.pk)))
                for response in of_round[one.round_id]
            ),
        )
        for one in asked
    }


def _opens(question: Question) -> dt.date:
    return question.round.opens_on or dt.date.max
