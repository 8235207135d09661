"""The control sheet «Контроль исполнения решений»: the points of all decisions, as they stood on a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.db.models import Exists, OuterRef, QuerySet, prefetch_related_objects
from django.utils import timezone

from resolutions.execution.reading import Reading
from resolutions.execution.results import ANSWERED, ShownResult, result_of, results_today
from resolutions.execution.standings import PointOnDay, card_on, stood_on
from resolutions.models import (
    DECIDED,
    DecisionPoint,
    Letter,
    Resolution,
    ResolutionStatus,
    ResolutionVersion,
    Side,
)
from resolutions.models.control import UNDER_CONTROL
from resolutions.models.deeds import DEEDS
from resolutions.models.point_standing import PointStanding
from revisions.days import end_of


@dataclass(frozen=True)
class Decision:
    """A decision as the sheet tells it."""

    slug: str
    title: str
    adopted_on: dt.date | None
    number: str
    day_and_number: str
    url: str


@dataclass(frozen=True)
class SheetRow(PointOnDay):
    """A point of some decision as it stood at the end of a day.

    Attributes:
        decision: that decided it.
        parties: the keys of who stood on which side; None before anybody was instructed.
    """

    decision: Decision
    parties: Mapping[Side, int | None]

    @property
    def is_under_control(self) -> bool:
        """Whether somebody still had to see to it."""
        return self.state in UNDER_CONTROL


def decided_by(day: dt.date, *, known_on: dt.date | None = None) -> QuerySet[Resolution]:
    """The decisions that had been taken by the end of a day, newest first.

    Args:
        day: a calendar day in Moscow.
        known_on: only those whose adoption was recorded by the end of this day.
    """
    found = Resolution.objects.exclude(status=ResolutionStatus.DRAFT).filter(adopted_on__lte=day).newest_first()
    if known_on is None:
        return found
    adoptions = ResolutionVersion.objects.filter(action__in=DECIDED, at__lte=end_of(known_on))
    return found.filter(Exists(adoptions.filter(resolution=OuterRef("pk"))))


def sheet_on(day: dt.date, *, known_on: dt.date | None = None) -> tuple[SheetRow, ...]:
    """The points of all decisions as of a day: the newest decision first. Their number does not change that of queries.

    Args:
        day: a calendar day in Moscow.
        known_on: only what was recorded by the end of this day counts.
    """
    decisions = {one.pk: one for one in decided_by(day, known_on=known_on)}
    told = {
        key: Decision(one.slug, one.title, one.adopted_on, one.number, one.day_and_number, one.get_absolute_url())
        for key, one in decisions.items()
    }
    reading = Reading(day, known_on, with_letters=False, with_internal=False)
    points = DecisionPoint.objects.filter(resolution__in=decisions).order_by("number").prefetch_related("subpoints")
    is_today = known_on is None and day == timezone.localdate()
    of_decision: dict[int, list[SheetRow]] = defaultdict(list)
    for point, stood, result in _kept(points) if is_today else _read(points, reading):
        point.resolution = decisions[point.resolution_id]
        of_decision[point.resolution_id].append(_row(told[point.resolution_id], point, stood, result, reading))
    return tuple(row for key in decisions for row in of_decision[key])


Stood: TypeAlias = tuple[DecisionPoint, PointStanding, ShownResult]


def _kept(points: QuerySet[DecisionPoint]) -> Iterator[Stood]:
    """How points stand today, as their columns keep it: most of the past is told by these alone."""
    read = list(points)
    prefetch_related_objects([point for point in read if point.due_on is None], "progress")
    results = results_today(read)
    for point in read:
        yield point, point.kept(), results[point.pk]


def _read(points: QuerySet[DecisionPoint], reading: Reading) -> Iterator[Stood]:
    """How points stood on another day, as their ledgers tell."""
    letters: dict[int | None, list[Letter]] = defaultdict(list)
    for letter in _letters(points):
        letters[letter.point_id].append(letter)
    for point in points.prefetch_related("progress", *DEEDS):
        of_point = letters[point.pk]
        stood = stood_on(point, of_point, reading.day, reading.known_on)
        yield point, stood, result_of(point, stood, of_point, reading.day, known_on=reading.known_on)


def _letters(points: QuerySet[DecisionPoint]) -> Iterator[Letter]:
    """The letters of points: with their asks where answers tell what came of it, else with their ways alone."""
    about = Letter.objects.filter(point__in=points.order_by().values("pk")).defer("body", "search_text")
    yield from about.filter(point__kind__in=ANSWERED).with_asks()
    yield from about.exclude(point__kind__in=ANSWERED).prefetch_related("steps")


def _row(
    decision: Decision, point: DecisionPoint, stood: PointStanding, result: ShownResult, reading: Reading
) -> SheetRow:
    card = card_on(point, stood, result, reading)
    parties = {side: stood.party_id(side) for side in (Side.RESPONSIBLE, Side.CONTROLLER)}
    return SheetRow(**vars(card), decision=decision, parties=parties)
