"""«Сводка по итогам информационного обмена»: one value that the page, the workbook and the paper all show."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from accounts.models import UnionProfile
from municipalities.models import Participation
from municipalities.surveys.kinds import QuestionKind
from municipalities.surveys.models import Question, ResponseState, SurveyResponse, SurveyRound
from municipalities.surveys.models.answer import AnswerValue
from municipalities.surveys.tallies import Bar
from russian.collation import sort_key


@dataclass(frozen=True)
class Digest:
    """What the municipalities answered to one question, taken together.

    Attributes:
        number: of the question.
        text: the question.
        answered: how many answered it.
        bars: how many chose what; for choices and yes/no.
        figures: label and value; sum, mean, least, greatest of numbers and dates.
        kind: of the question; it says how answers and figures are read, and their format in the workbook.
    """

    number: int
    text: str
    answered: int
    bars: tuple[Bar, ...]
    figures: tuple[tuple[str, Any], ...]
    kind: QuestionKind

    @property
    def figures_in_words(self) -> list[tuple[str, str]]:
        """The figures as people read them."""
        return [(label, self.kind.said(value)) for label, value in self.figures]


@dataclass(frozen=True)
class SummaryRow:
    """One municipality: its state, and, once it is accepted, what it said."""

    name: str
    slug: str
    region: str
    state: ResponseState
    participation: str
    basis: str
    answers: tuple[AnswerValue | None, ...]


@dataclass(frozen=True)
class Summary:
    """The result of a round. Only accepted answers count.

    Attributes:
        survey: the round.
        made_at: when this was read; the same result read later is the same.
        union: the full name of the Union on that day.
    """

    survey: SurveyRound
    made_at: dt.datetime = field(compare=False)
    union: str
    questions: tuple[Question, ...]
    rows: tuple[SummaryRow, ...]
    participation: tuple[Bar, ...]
    digests: tuple[Digest, ...]

    @property
    def total(self) -> int:
        """How many were asked."""
        return len(self.rows)

    def answers_in_words(self, row: SummaryRow) -> list[str]:
        """What a municipality said to each question; a dash where it said nothing."""
        return [one.of_kind.said(answer) for one, answer in zip(self.questions, row.answers, strict=True)]

    @property
    def accepted_rows(self) -> tuple[SummaryRow, ...]:
        """Those whose answers count."""
        return tuple(row for row in self.rows if row.state == ResponseState.ACCEPTED)

    @property
    def accepted(self) -> int:
        """How many answers count."""
        return len(self.accepted_rows)

    @property
    def missing(self) -> tuple[str, ...]:
        """Whose answers were not accepted."""
        return tuple(row.name for row in self.rows if row.state != ResponseState.ACCEPTED)


def summary_of(survey: SurveyRound) -> Summary:
    """Count what was accepted, in a steady number of queries.

    Args:
        survey: any round.
    """
    questions = tuple(survey.questions.all())
    responses = survey.responses.select_related("municipality").prefetch_related("answers")
    rows = tuple(_row(one, questions) for one in _in_order(list(responses)))
    accepted = [row for row in rows if row.state == ResponseState.ACCEPTED]
    stated = Counter(row.participation for row in accepted)
    return Summary(
        survey=survey,
        made_at=timezone.now(),
        union=UnionProfile.on().full_name,
        questions=questions,
        rows=rows,
        participation=tuple(
            Bar(str(status.label), stated[str(status.label)], status)
            for status in Participation
            if status != Participation.UNKNOWN or stated[str(status.label)]
        ),
        digests=tuple(
            _digest(question, [row.answers[place] for row in accepted]) for place, question in enumerate(questions)
        ),
    )


def _in_order(responses: list[SurveyResponse]) -> list[SurveyResponse]:
    return sorted(responses, key=lambda one: (sort_key(one.municipality.name), one.pk))


def _row(response: SurveyResponse, questions: Sequence[Question]) -> SummaryRow:
    accepted = response.state == ResponseState.ACCEPTED
    said = {answer.question_id: answer.value for answer in response.answers.all()} if accepted else {}
    return SummaryRow(
        name=response.municipality.name,
        slug=response.municipality.slug,
        region=response.municipality.region,
        state=ResponseState(response.state),
        participation=str(response.get_participation_display()) if accepted else "",
        basis=response.participation_basis if accepted else "",
        answers=tuple(said.get(question.pk) for question in questions),
    )


def _digest(question: Question, answers: Sequence[AnswerValue | None]) -> Digest:
    given = [answer for answer in answers if answer is not None]
    kind = question.of_kind
    tally = kind.tally(question.choices, given)
    return Digest(question.number, question.text, len(given), tally.bars, tally.figures, kind)
