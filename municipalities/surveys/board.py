"""The board of a round: who has answered, who owes, when each was last active; today or as of a past day."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.models import MailState
from municipalities.models import Municipality, PersonalLink
from municipalities.models.succession import merged_by
from municipalities.surveys.letters import addressees
from municipalities.surveys.models import ResponseState, SurveyDelivery, SurveyEvent, SurveyRound
from municipalities.surveys.models.round import LINKS
from municipalities.surveys.models.steps import ANSWERED
from revisions.days import end_of
from russian.collation import in_russian_order


@dataclass(frozen=True)
class BoardRow:
    """One municipality of the round."""

    municipality: Municipality
    state: ResponseState
    active_at: dt.datetime | None
    written_at: dt.datetime | None
    letter_state: MailState | None  # of the last letter; None where it left some other way, or there was none
    addresses: tuple[str, ...]
    has_link: bool
    is_part_of_another: bool


@dataclass(frozen=True)
class StateCount:
    """How many municipalities are in a state."""

    state: ResponseState
    count: int

    @property
    def label(self) -> str:
        """The state in words."""
        return str(self.state.label)


@dataclass(frozen=True)
class Board:
    """Everything that the board shows."""

    rows: tuple[BoardRow, ...]

    @property
    def total(self) -> int:
        """How many were asked."""
        return len(self.rows)

    @property
    def answered(self) -> int:
        """How many have sent an answer that does not wait for a correction."""
        return sum(row.state in ANSWERED for row in self.rows)

    @property
    def owing(self) -> int:
        """How many a reminder would be about: nobody owes an answer for what has become part of another."""
        return sum(row.state not in ANSWERED and not row.is_part_of_another for row in self.rows)

    def counts(self) -> list[StateCount]:
        """Each state with its number, in the order of the way."""
        return [StateCount(state, sum(row.state == state for row in self.rows)) for state in ResponseState]


def board_of(survey: SurveyRound, as_of: dt.date | None = None) -> Board:
    """The board, in four queries however many municipalities there are.

    Args:
        survey: the round.
        as_of: the day whose end is meant, in Moscow; now without it.
    """
    events: QuerySet[SurveyEvent] = SurveyEvent.objects.filter(response=OuterRef("pk")).order_by("-at", "-pk")
    letters: QuerySet[SurveyDelivery] = SurveyDelivery.objects.filter(response=OuterRef("pk")).order_by("-at", "-pk")
    if as_of is not None:
        events, letters = events.filter(at__lt=end_of(as_of)), letters.filter(at__lt=end_of(as_of))
    responses = survey.responses.select_related("municipality").annotate(
        name=Subquery(Municipality.objects.filter(pk=OuterRef("municipality")).values("name")[:1]),
        active_at=Subquery(events.values("at")[:1]),
        last_state=Subquery(events.values("state")[:1]),
        written_at=Subquery(letters.values("at")[:1]),
        has_link=Exists(PersonalLink.objects.live().filter(purpose=LINKS, subject=OuterRef("pk"))),
        letter_state=Subquery(letters.values("mail__state")[:1]),
        is_part_of_another=Exists(
            merged_by(as_of or timezone.localdate()).filter(predecessor=OuterRef("municipality"))
        ),
    )
    rows = list(responses.order_by(in_russian_order("name"), "pk"))
    known = addressees(row.municipality_id for row in rows)
    return Board(
        tuple(
            BoardRow(
                municipality=row.municipality,
                state=ResponseState(row.last_state or ResponseState.NOT_OPENED),
                active_at=row.active_at,
                written_at=row.written_at,
                letter_state=MailState(row.letter_state) if row.letter_state else None,
                addresses=tuple(known.get(row.municipality_id, [])),
                has_link=row.has_link,
                is_part_of_another=row.is_part_of_another,
            )
            for row in rows
        )
    )
