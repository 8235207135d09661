"""How the cards of points stood on a day, with what had been done about them by letters, reports and promises."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from resolutions.deadlines import Urgency
from resolutions.execution.reading import Reading
from resolutions.execution.results import ShownResult
from resolutions.kinds import PointKind
from resolutions.models import DecisionPoint, Letter, PointState, Side
from resolutions.models.deeds import deeds_beside, deeds_of
from resolutions.models.point_standing import POINT_RULES, Deed, PointStanding, lifted_since, point_on
from revisions.days import end_of
from revisions.history import value_before
from russian.templatetags.russian import long_date

LIFTED = "снят"


@dataclass(frozen=True)
class PointOnDay:
    """A point as it stood at the end of a day.

    Attributes:
        number, kind, text: what was decided.
        url: the control card.
        responsible, controller: who answered for it, in words.
        due_on: the last day; None without a deadline.
        lifted_on: from which day on there was no deadline because it was taken back; None for every other reason.
        state: how far it had been carried out.
        state_told: the same in words, with how many days too late a report came.
        result: what had come of it, and what the answers proposed.
        is_overdue: whether the point was late: its deadline was over, and nobody had reported yet.
    """

    number: int
    kind: PointKind
    text: str
    url: str
    responsible: str
    controller: str
    due_on: dt.date | None
    lifted_on: dt.date | None
    state: PointState
    state_told: str
    result: ShownResult
    is_overdue: bool

    @property
    def title(self) -> str:
        """«Пункт 1. Рекомендация»."""
        return f"Пункт {self.number}. {self.kind.label}"

    @property
    def due_in_words(self) -> str:
        """The last day, or that it was taken back, or that there is none."""
        if self.due_on:
            return long_date(self.due_on)
        return f"{LIFTED} {long_date(self.lifted_on)}" if self.lifted_on else "не установлен"

    @property
    def state_in_words(self) -> str:
        """The state, and that the deadline has passed."""
        return f"{self.state_told}, срок прошёл" if self.is_overdue else self.state_told


def card_on(point: DecisionPoint, stood: PointStanding, result: ShownResult, reading: Reading) -> PointOnDay:
    """A point as it stood on a day. Asks nothing.

    Args:
        point: with its `subpoints` prefetched, and its `progress` where there was no deadline.
        stood: how its card stood.
        result: what had come of it.
        reading: the day.
    """
    return PointOnDay(
        number=point.number,
        kind=point.of_kind,
        text=point.whole_text,
        url=point.get_absolute_url(),
        responsible=stood.party_told(Side.RESPONSIBLE),
        controller=stood.party_told(Side.CONTROLLER),
        due_on=stood.due_on,
        lifted_on=None if stood.due_on else _lifted_on(point, reading),
        state=stood.state,
        state_told=stood.state_in_words,
        result=result,
        is_overdue=stood.urgency_on(reading.day) == Urgency.OVERDUE,
    )


def _lifted_on(point: DecisionPoint, reading: Reading) -> dt.date | None:
    return lifted_since(POINT_RULES.walk(point.progress.all(), reading.day, known_on=reading.known_on))


def stood_on(point: DecisionPoint, letters: Sequence[Letter], day: dt.date, known_on: dt.date | None) -> PointStanding:
    """How the card of a point stood at the end of a day. Asks nothing.

    Args:
        point: with its `progress` and `DEEDS` prefetched.
        letters: of its decision at least, as `letters_known` reads them.
        day: a calendar day in Moscow.
        known_on: only what was recorded by the end of this day counts.
    """
    return point_on(point.progress.all(), deeds_on(point, letters, known_on), day, known_on=known_on)


def deeds_on(point: DecisionPoint, letters: Sequence[Letter], known_on: dt.date | None) -> list[Deed]:
    """What was done about a point that is no entry of its card. Arguments as there; asks nothing."""
    ways = (one.steps.all() for one in letters_of_point(point, letters))
    return deeds_of(ways, *deeds_beside(point), known_on=known_on)


def letters_of_point(point: DecisionPoint, letters: Sequence[Letter]) -> list[Letter]:
    """Those letters that are about a point."""
    return [one for one in letters if one.point_id == point.pk]


def letters_known(letters: QuerySet[Letter], known_on: dt.date | None) -> list[Letter]:
    """Letters with their steps and asks; worded as they were at the end of the day by which is known.

    Args:
        letters: all of one or more decisions.
        known_on: None for the words of today.
    """
    stored: Any = letters.select_related("point").defer("body", "search_text").with_asks()  # type: ignore[attr-defined]
    if known_on is None:
        return list(stored)
    then = {f"{name}_then": value_before(Letter, name, end_of(known_on)) for name in ("addressee", "heading")}
    read = list(stored.annotate(**then))
    for letter in read:
        for name in ("addressee", "heading"):
            worded = getattr(letter, f"{name}_then")
            setattr(letter, name, getattr(letter, name) if worded is None else worded)
    return read
