"""Lists of information exchange: the rounds, and the board of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from accounts.access import Visitor
from listings.columns import LINK, Column, to_the_minute
from listings.filters import Choice, Day
from listings.listing import Listing
from listings.words import Words
from municipalities.surveys import access
from municipalities.surveys.board import Board, BoardRow, StateCount, board_of
from municipalities.surveys.letters import addressees
from municipalities.surveys.models import LetterPurpose, ResponseState, SurveyResponse, SurveyRound
from municipalities.surveys.models.steps import ANSWERED

HAVE_ANSWERED = "answered"
NOBODY = "Писать некому: эти письма уже отправлены или ответы получены."


class Rounds(Listing[QuerySet[SurveyRound]]):
    """The rounds that the visitor may see, the latest first."""

    def sees_results(self) -> bool:
        """Whether this visitor may know who answered."""
        return access.can_see_survey_results(self.user)

    address = "surveys"
    cells = "municipalities/surveys/rounds"
    columns = (
        Column("title", "Обмен", cell=LINK, heads=True),
        Column("status", "Состояние", "get_status_display", cell="_status"),
        Column("opens_on", "Приём ответов", cell="_days"),
        Column("assembly_on", "К Собранию"),
        Column("answered", "Ответили", cell="_answered", numeric=True, when=sees_results),
    )
    order = ("-opens_on", "-assembly_on", "-pk")

    def __init__(self, data: QueryDict, user: Visitor) -> None:
        super().__init__(data, user)
        empty = "Обменов пока не было."
        if not self.sees_results():
            empty = "Вашему муниципальному образованию пока не приходило вопросов."
        self.words = Words(table="Информационные обмены", empty=empty)

    def everything(self) -> QuerySet[SurveyRound]:
        """The rounds with how many were asked, and answered."""
        answered = Q(responses__state__in=ANSWERED)
        return access.visible_rounds(self.user).annotate(
            asked=Count("responses", distinct=True),
            answered=Count("responses", filter=answered, distinct=True),
        )


def _of_state(listing: Any, rows: Sequence[BoardRow], code: str) -> tuple[BoardRow, ...]:
    """The rows in a state, or in any in which an answer is there."""
    states = ANSWERED if code == HAVE_ANSWERED else (code,)
    return tuple(row for row in rows if row.state in states)


class Answering(Listing[tuple[BoardRow, ...]]):
    """Who has answered a round; now, or as of a past day."""

    address = "survey"
    words = Words(
        table="Муниципальные образования обмена",
        filters="Отбор муниципальных образований",
        empty="Муниципальные образования не выбраны.",
        nothing="Таких муниципальных образований в обмене нет.",
        refused="покажите состояние на сейчас",
    )
    filters = (
        Choice("state", "Состояние", "Любое", [(HAVE_ANSWERED, "Ответили"), *ResponseState.choices], by=_of_state),
        Day("as_of", "Показать на дату"),
    )
    cells = "municipalities/surveys/board"
    columns = (
        Column(
            "name",
            "Муниципальное образование",
            "municipality.name",
            cell="_name",
            heads=True,
        ),
        Column("state", "Состояние", "state.label", cell="_state"),
        Column("active_at", "Последнее действие", shown=to_the_minute),
        Column("written_at", "Последнее письмо", cell="_letter"),
        Column("addresses", "Адресаты", lambda row: len(row.addresses), cell="_addresses"),
    )

    def __init__(self, data: QueryDict, user: Visitor, survey: SurveyRound) -> None:
        super().__init__(data, user)
        self.survey = survey

    @property
    def args(self) -> tuple[int]:
        return (self.survey.pk,)

    @cached_property
    def board(self) -> Board:
        """Everything that the board shows."""
        return board_of(self.survey, self.as_of)

    def everything(self) -> tuple[BoardRow, ...]:
        """Those who were asked."""
        return self.board.rows

    def counts(self) -> list[tuple[StateCount, str]]:
        """How many are in each state, and what shows them."""
        return [(one, self.url(state=one.state)) for one in self.board.counts()]

    @property
    def answered_url(self) -> str:
        """What shows those whose answer does not wait for a correction."""
        return self.url(state=HAVE_ANSWERED)

    @property
    def total_url(self) -> str:
        """What shows all, on the same day."""
        return self.url(state="")


@dataclass(frozen=True)
class ToWrite:
    """A municipality that a letter is due to, and the addresses that it would reach."""

    response: SurveyResponse
    addresses: tuple[str, ...]


class Recipients(Listing[list[ToWrite]]):
    """Who would get the invitation or the reminder."""

    address = "survey_letters"
    words = Words(table="Кому будет отправлено", empty=NOBODY)
    cells = "municipalities/surveys/letters"
    columns = (
        Column("name", "Муниципальное образование", "response.municipality.name", cell="_name", heads=True),
        Column("state", "Состояние", "response.get_state_display", cell="_state"),
        Column("addresses", "Адресаты", lambda row: ", ".join(row.addresses) or "нет адресата"),
        Column("letter", "Вручную", cell="_letter"),
    )

    def __init__(
        self, data: QueryDict, user: Visitor, survey: SurveyRound, purpose: LetterPurpose, due: Iterable[SurveyResponse]
    ) -> None:
        super().__init__(data, user)
        self.survey, self.purpose, self._due = survey, purpose, list(due)

    @property
    def args(self) -> tuple[int, str]:
        """The round, and what is written."""
        return (self.survey.pk, self.purpose.value)

    @cached_property
    def with_address(self) -> int:
        """How many a letter would reach."""
        return sum(bool(one.addresses) for one in self.page)

    def everything(self) -> list[ToWrite]:
        """Those to whom it is due."""
        known = addressees(one.municipality_id for one in self._due)
        return [ToWrite(one, tuple(known.get(one.municipality_id, ()))) for one in self._due]
