"""The rows behind the figures of a round's summary: whose answers count, and who answered what."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.urls import reverse

from accounts.access import Visitor
from listings.asking import query_of
from listings.columns import Column
from listings.filters import Choice, Choices
from listings.listing import Listing
from listings.words import Words
from municipalities.models import Participation
from municipalities.surveys.models import SurveyRound
from municipalities.surveys.summary import Digest, Summary, SummaryRow, summary_of
from municipalities.surveys.tallies import Bar


@dataclass(frozen=True)
class ShownBar:
    """A bar, and the address of those whom it counts."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class ShownDigest:
    """What was answered to a question, the address of those who answered it, and of those who chose what."""

    digest: Digest
    url: str
    bars: tuple[ShownBar, ...]


def participation_bars(summary: Summary) -> list[ShownBar]:
    """How many stated which status."""
    return [_shown(summary, bar, participation=bar.answer) for bar in summary.participation]


def shown_digests(summary: Summary) -> list[ShownDigest]:
    """The questions one by one."""
    return [
        ShownDigest(
            digest,
            answers_url(summary, answer=f"{digest.number}"),
            tuple(
                _shown(summary, bar, answer=f"{digest.number}-{place}")
                for place, bar in enumerate(digest.bars, start=1)
            ),
        )
        for digest in summary.digests
    ]


def answers_url(summary: Summary, **asked: str) -> str:
    """The page that lists some of the accepted answers.

    Args:
        summary: of the round.
        **asked: answers to the questions of `Answers`.
    """
    return reverse(Answers.address, args=[summary.survey.pk]) + query_of(asked)


def _shown(summary: Summary, bar: Bar, **asked: str) -> ShownBar:
    return ShownBar(bar.label, bar.count, answers_url(summary, **asked))


class Answers(Listing[tuple[SummaryRow, ...]]):
    """Those whose answers were accepted; all, or by what they said."""

    def given(self) -> Choices:
        """The questions, as «2», and what was chosen among, as «2-1»."""
        found = []
        for digest in self.summary.digests:
            found.append((f"{digest.number}", f"{digest.number}. {digest.text}: ответили"))
            for place, bar in enumerate(digest.bars, start=1):
                found.append((f"{digest.number}-{place}", f"{digest.number}. {digest.text}: {bar.label}"))
        return found

    def that_stated(self, rows: tuple[SummaryRow, ...], status: str) -> tuple[SummaryRow, ...]:
        """The rows with a status."""
        return tuple(row for row in rows if row.participation == Participation(status).label)

    def that_said(self, rows: tuple[SummaryRow, ...], code: str) -> tuple[SummaryRow, ...]:
        """The rows with an answer to a question, or with one of the answers to it."""
        number, _, place = code.partition("-")
        question = next(index for index, one in enumerate(self.summary.digests) if f"{one.number}" == number)
        said = tuple(row for row in rows if row.answers[question] is not None)
        if not place:
            return said
        bar = self.summary.digests[question].bars[int(place) - 1]
        return tuple(row for row in said if row.answers[question] == bar.answer)

    address = "survey_answers"
    words = Words(
        table="Принятые ответы",
        filters="Отбор ответов",
        empty="Принятых ответов пока нет.",
        nothing="Таких ответов нет.",
        show_all="Показать все принятые ответы",
        refused="покажите все принятые ответы",
    )
    filters = (
        Choice("participation", "Статус участия", "Любой", Participation.choices, by=that_stated),
        Choice("answer", "Ответ на вопрос", "Любой", given, by=that_said),
    )
    cells = "municipalities/surveys/answers"

    def __init__(self, data: QueryDict, user: Visitor, survey: SurveyRound) -> None:
        self.survey = survey
        super().__init__(data, user)
        self.columns = (
            Column("name", "Муниципальное образование", cell="_name", heads=True),
            Column("participation", "Статус участия"),
            Column("basis", "Основание"),
            *self._questions(),
        )

    @property
    def args(self) -> tuple[int]:
        return (self.survey.pk,)

    @cached_property
    def summary(self) -> Summary:
        """What is counted."""
        return summary_of(self.survey)

    def everything(self) -> tuple[SummaryRow, ...]:
        """Those whose answers count."""
        return self.summary.accepted_rows

    def _questions(self) -> list[Column]:
        """The question that is asked about, or all of them."""
        asked = self.asked.get("answer", "").partition("-")[0]
        return [
            Column(f"answer-{one.number}", str(one), self._answer_to(place))
            for place, one in enumerate(self.summary.questions)
            if asked in ("", f"{one.number}")
        ]

    def _answer_to(self, place: int) -> Callable[[SummaryRow], str]:
        return lambda row: self.summary.answers_in_words(row)[place]
