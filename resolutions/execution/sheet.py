"""The control sheet «Контроль исполнения решений»: the points of all decisions, as they stood on a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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
        is_late: whether by what was known on that day it would have been told otherwise, or not at all.
    """

    decision: Decision
    parties: Mapping[Side, int | None]
    is_late: bool

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
    known = decided_by(day, known_on=min(day, known_on or day))
    in_time = set(decisions if is_today else known.order_by().values_list("pk", flat=True))
    of_decision: dict[int, list[SheetRow]] = defaultdict(list)
    for one in _kept(points) if is_today else _read(points, reading):
        key = one.point.resolution_id
        one.point.resolution = decisions[key]
        of_decision[key].append(_row(told[key], one, reading, is_late=one.is_late or key not in in_time))
    return tuple(row for key in decisions for row in of_decision[key])


@dataclass(frozen=True)
class _Stood:
    """How a point stood, what had come of it, and whether that was known only later."""

    point: DecisionPoint
    stood: PointStanding
    result: ShownResult
    is_late: bool = False


def _kept(points: QuerySet[DecisionPoint]) -> Iterator[_Stood]:
    """How points stand today, as their columns keep it: most of the past is told by these alone."""
    read = list(points)
    prefetch_related_objects([point for point in read if point.due_on is None], "progress")
    results = results_today(read)
    for point in read:
        yield _Stood(point, point.kept(), results[point.pk])


def _read(points: QuerySet[DecisionPoint], reading: Reading) -> Iterator[_Stood]:
    """How points stood on another day, as their ledgers tell."""
    day, in_time = reading.day, min(reading.day, reading.known_on or reading.day)
    letters: dict[int | None, list[Letter]] = defaultdict(list)
    for letter in _letters(points):
        letters[letter.point_id].append(letter)
    for point in points.prefetch_related("progress", *DEEDS):
        of_point = letters[point.pk]
        now, then = (_as_known(point, of_point, day, known_on) for known_on in (reading.known_on, in_time))
        yield _Stood(point, *now, is_late=now != then)


def _as_known(
    point: DecisionPoint, letters: list[Letter], day: dt.date, known_on: dt.date | None
) -> tuple[PointStanding, ShownResult]:
    stood = stood_on(point, letters, day, known_on)
    return stood, result_of(point, stood, letters, day, known_on=known_on)


def _letters(points: QuerySet[DecisionPoint]) -> Iterator[Letter]:
    """The letters of points: with their asks where answers tell what came of it, else with their ways alone."""
    about = Letter.objects.filter(point__in=points.order_by().values("pk")).defer("body", "search_text")
    yield from about.filter(point__kind__in=ANSWERED).with_asks()
    yield from about.exclude(point__kind__in=ANSWERED).prefetch_related("steps")


def _row(decision: Decision, one: _Stood, reading: Reading, *, is_late: bool) -> SheetRow:
    card = card_on(one.point, one.stood, one.result, reading)
    parties = {side: one.stood.party_id(side) for side in (Side.RESPONSIBLE, Side.CONTROLLER)}
    return SheetRow(**vars(card), decision=decision, parties=parties, is_late=is_late)
