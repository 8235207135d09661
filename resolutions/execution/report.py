"""«Информация об исполнении решения» as of any day: one value, which the page, PDF, Word and Excel all render.

Everything is read from dated records, so that the report as of last March comes out today as it was in March: as it is
known now, with what was recorded later marked, or with `known_on` exactly as it was known then. The table of members
names them as on the day of the report; where texts name a municipality besides, that is its name of today.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accounts.access import Visitor
from accounts.models import UnionProfile
from municipalities.practices.promise_figures import Promises
from resolutions import access
from resolutions.correspondence.ask_words import Watch
from resolutions.correspondence.register import LetterOnDay, LettersOnDay, placed_on
from resolutions.execution.fulfilment import Fulfilment, fulfilment_of, watch_of
from resolutions.execution.letters_report import Correspondence, letters_report, registered
from resolutions.execution.measured import Measured, measured_on
from resolutions.execution.member_rows import MemberRows, read_members
from resolutions.execution.members_report import MunicipalitiesReport, members_report
from resolutions.execution.point_promises import promises_of
from resolutions.execution.point_report import PointFacts, PointReport, point_report
from resolutions.execution.reading import Reading
from resolutions.execution.results import HowNamed, ShownResult, result_of
from resolutions.execution.standings import deeds_on, letters_known, letters_of_point, stood_on
from resolutions.models import DecisionPoint, Letter, PointResult, PointState, Resolution
from resolutions.models.deeds import DEEDS
from resolutions.models.point_standing import PointStanding

LATE = "внесено позже отчётной даты"


@dataclass(frozen=True)
class StateLine:
    """How many points were in a state."""

    state: PointState
    number: int


@dataclass(frozen=True)
class ResultLine:
    """Of how many points something came: those without support, and those that nobody has accepted yet, apart."""

    result: PointResult
    how: HowNamed
    label: str
    number: int


@dataclass(frozen=True)
class ExecutionReport:
    """The report.

    Attributes:
        as_of: its day: everything is told as it stood at the end of it, in Moscow.
        known_on: only what was recorded by the end of this day counts; everything without it.
        slug, title, body_name, adopted_on, day_and_number, place: the decision.
        union: the Union by the full name that it has on the day of the report, as that was known.
        points: what became of each.
        states: the points by state; states without points are left out.
        results: the points by what came of them; results without points are left out.
        overdue: how many points were overdue.
        municipalities: None when no point was measured by them.
        correspondence: None for readers who see no letters.
        has_late: whether something in it was recorded after its day.
    """

    as_of: dt.date
    known_on: dt.date | None
    slug: str
    title: str
    body_name: str
    adopted_on: dt.date
    day_and_number: str
    place: str
    union: str
    points: tuple[PointReport, ...]
    states: tuple[StateLine, ...]
    results: tuple[ResultLine, ...]
    overdue: int
    municipalities: MunicipalitiesReport | None
    correspondence: Correspondence | None
    has_late: bool


def report_on(
    resolution: Resolution,
    as_of: dt.date,
    *,
    known_on: dt.date | None = None,
    with_letters: bool,
    reader: Visitor | None = None,
) -> ExecutionReport:
    """Report on the execution of a decision. The number of queries does not depend on how much there is to tell.

    Args:
        resolution: adopted or signed.
        as_of: the day, in Moscow; not before the decision.
        known_on: count only what was recorded by the end of this day.
        with_letters: whether letters are named: in a section of their own, and by what was done about the points.
        reader: who reads it: letters that they may not see are left out, and who recorded what is for the Union's
            staff. Without a reader the portal itself asks, and gets everything.

    Raises:
        ValueError: the decision is a draft, or the day lies before it.
    """
    adopted_on = _adopted_on(resolution, as_of)
    reading = Reading(as_of, known_on, with_letters, reader is None or access.can_see_internal(reader))
    facts = _Facts.of(resolution, reading, reader)
    points = tuple(facts.report(point) for point in facts.points)
    members = members_report(adopted_on, reading) if facts.are_of_members else None
    correspondence = facts.correspondence() if with_letters else None
    return ExecutionReport(
        as_of=as_of,
        known_on=known_on,
        slug=resolution.slug,
        title=resolution.title,
        body_name=resolution.body_name,
        adopted_on=adopted_on,
        day_and_number=resolution.day_and_number,
        place=resolution.place,
        union=UnionProfile.on(as_of, known_on=known_on).full_name,
        points=points,
        states=_states(points),
        results=_results(points),
        overdue=sum(point.is_overdue for point in points),
        municipalities=members,
        correspondence=correspondence,
        has_late=_has_late(points, members, correspondence),
    )


def points_on(resolution: Resolution, as_of: dt.date, *, known_on: dt.date | None = None) -> tuple[PointReport, ...]:
    """The points of `report_on` alone, without letters and files: as everybody may read them. Arguments as there."""
    _adopted_on(resolution, as_of)
    facts = _Facts.of(resolution, Reading(as_of, known_on, with_letters=False, with_internal=False), None)
    return tuple(facts.report(point) for point in facts.points)


def _adopted_on(resolution: Resolution, as_of: dt.date) -> dt.date:
    """The day of the decision, on which its execution begins."""
    if access.execution_refusal(resolution) or resolution.adopted_on is None or as_of < resolution.adopted_on:
        raise ValueError("Execution begins with adoption.")
    return resolution.adopted_on


def _states(points: Sequence[PointReport]) -> tuple[StateLine, ...]:
    """How many points are in each state that there is."""
    lines = (StateLine(state, sum(point.state == state for point in points)) for state in PointState)
    return tuple(line for line in lines if line.number)


def _results(points: Sequence[PointReport]) -> tuple[ResultLine, ...]:
    """Of how many points each result is told that there is, from the best to none."""
    places = list(PointResult)
    told = Counter(point.result.result_told for point in points)
    lines = (ResultLine(result, how, label, number) for (result, how, label), number in told.items())
    return tuple(sorted(lines, key=lambda line: (places.index(line.result), line.label)))


def _has_late(
    points: Iterable[PointReport], members: MunicipalitiesReport | None, correspondence: Correspondence | None
) -> bool:
    return (
        any(
            point.fulfilment_is_late
            or point.members_are_late
            or point.promises_are_late
            or point.result_is_late
            or any(one.is_late for one in point.done)
            or any(one.is_late for one in point.asks)
            for point in points
        )
        or bool(members and members.has_late)
        or any(one.is_late for one in (correspondence.letters if correspondence else ()))
    )


@dataclass(frozen=True)
class _Known:
    """What was known by the end of a day about the day of the report, and what is counted from it.

    Attributes:
        letters: all letters of the decision and what they ask for, as they stood.
        measured: what was counted of the points by their measures, by their keys.
        promises: those that name the points, by their keys.
        members: the members of points that are addressed to all, by the keys of the points.
    """

    letters: LettersOnDay
    measured: Mapping[int, Measured]
    promises: Mapping[int, Promises]
    members: Mapping[int, MemberRows]

    def fulfilment_of(self, point: DecisionPoint, day: dt.date, stood: PointStanding) -> Fulfilment:
        """How far a point was fulfilled, whose card stood so."""
        letters = self.letters.of_point(point.pk)
        return fulfilment_of(point, day, letters=letters, measured=self.measured[point.pk], stood=stood)


@dataclass(frozen=True)
class _Facts:
    """What is read from the database, once.

    Attributes:
        reading: the day, and for whom.
        points: with their progress.
        known: what the report tells.
        in_time: what it would have told on its own day: a difference is late.
        letters: all letters of the decision, with their steps.
        seen: registered letters that the reader may see.
    """

    reading: Reading
    points: Sequence[DecisionPoint]
    known: _Known
    in_time: _Known
    letters: Sequence[Letter]
    seen: Sequence[LetterOnDay]

    @classmethod
    def of(cls, resolution: Resolution, reading: Reading, reader: Visitor | None) -> "_Facts":
        """Read the database."""
        progress = "progress__files" if reading.with_internal else "progress"
        points = resolution.points.select_related("resolution").prefetch_related("subpoints", progress, *DEEDS)
        letters = letters_known(resolution.letters.all(), reading.known_on)
        visible = Letter.objects.all() if reader is None else Letter.objects.visible_to(reader)
        seen = set(visible.filter(resolution=resolution).values_list("pk", flat=True)) if reading.with_letters else ()

        def known(known_on: dt.date | None) -> _Known:
            day = reading.day
            stood = [(one, stood_on(one, letters, day, known_on)) for one in points]
            measures = [(one, one.measure_in(then)) for one, then in stood]
            promises = promises_of(points, day, as_of=day, known_on=known_on, with_waiting=reading.with_internal)
            return _Known(
                letters=placed_on(day, letters, known_on=known_on),
                measured=measured_on(measures, day, known_on=known_on),
                promises=promises,
                members=read_members(stood, day, as_of=day, known_on=known_on, promises=promises),
            )

        everything, in_time = known(reading.known_on), min(reading.day, reading.known_on or reading.day)
        return cls(
            reading=reading,
            points=list(points),
            known=everything,
            letters=letters,
            in_time=known(in_time),
            seen=registered(one for one in everything.letters.letters if one.letter.pk in seen),
        )

    def report(self, point: DecisionPoint) -> PointReport:
        """One point."""
        day, known_on = self.reading.day, self.reading.known_on
        in_time = min(day, known_on or day)
        stood, stood_in_time = self._stood(point, known_on), self._stood(point, in_time)
        members, promises = self.known.members.get(point.pk), self.known.promises[point.pk]
        fulfilment, result = self.known.fulfilment_of(point, day, stood), self._result(point, stood, known_on)
        read = PointFacts(
            counts=self.known.measured[point.pk].counts,
            members=members,
            members_are_late=members is not None and members.sentence != self._told_in_time(point),
            promises=promises,
            promises_are_late=promises.sentence != self.in_time.promises[point.pk].sentence,
            letters=[one for one in self.seen if one.letter.point_id == point.pk],
            asks=self.known.letters.of_point(point.pk).asks,
            fulfilment=fulfilment,
            fulfilment_is_late=fulfilment != self.in_time.fulfilment_of(point, day, stood_in_time),
            deeds=deeds_on(point, self.letters, known_on),
            result=result,
            result_is_late=result != self._result(point, stood_in_time, in_time),
        )
        return point_report(point, read, self.reading)

    @property
    def are_of_members(self) -> bool:
        """Whether a point was measured by the members on the day of the report, as known for it."""
        return any(one.measure_in(self._stood(one, self.reading.known_on)).is_of_members for one in self.points)

    def _told_in_time(self, point: DecisionPoint) -> str:
        """What was to be told of the members on the day of the report."""
        members = self.in_time.members.get(point.pk)
        return members.sentence if members else ""

    def correspondence(self) -> Correspondence:
        """The register of the letters that the reader may see."""
        watched = {one.number: self._watch(one) for one in self.points}
        return letters_report(self.seen, self.reading, watched=watched)

    def _watch(self, point: DecisionPoint) -> Watch:
        """How the asks of a point were watched on the day of the report."""
        return watch_of(self._stood(point, self.reading.known_on), self.reading.day)

    def _stood(self, point: DecisionPoint, known_on: dt.date | None) -> PointStanding:
        """How the card of a point stood, as known on a day."""
        return stood_on(point, self.letters, self.reading.day, known_on)

    def _result(self, point: DecisionPoint, stood: PointStanding, known_on: dt.date | None) -> ShownResult:
        """What had come of a point, as known on a day."""
        return result_of(point, stood, letters_of_point(point, self.letters), self.reading.day, known_on=known_on)
