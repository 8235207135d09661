"""A point that is addressed to all: one row for each member, as of a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from listings.asking import query_of
from municipalities.models import Membership, MembershipAction, Municipality, Participation
from municipalities.practices.models import AdoptionStatus
from municipalities.practices.promise_figures import Promises
from municipalities.practices.promises import PromiseOnDay, PromiseStatus
from municipalities.practices.uptake import public_adoptions
from resolutions.deadlines import late_by
from resolutions.execution.point_promises import promises_of
from resolutions.models import DecisionPoint, Measure, MeasureCode, MemberReport, MemberReportRow, Party, PartyKind
from resolutions.models.control import UNREPORTED
from resolutions.models.member_report_row import REPORT_RULES
from resolutions.models.point_standing import PointStanding
from revisions.days import EARLIEST
from russian.collation import in_russian_order


class MemberPart(models.TextChoices):
    """Which rows a figure counts."""

    MEMBERS = "members", "Члены Союза"
    REPORTED = "reported", "Доложили"
    UNREPORTED = "unreported", "Не доложили"
    LATE = "late", "Не доложили в срок"
    PROMISED = "promised", "Взяли обязательства"
    PROMISE_LATE = "promise-late", "Просрочили обязательства"
    PROMISE_KEPT = "promise-kept", "Исполнили обязательства"
    LEFT = "left", "Вышли из Союза"


OF_PROMISES = (MemberPart.PROMISED, MemberPart.PROMISE_LATE, MemberPart.PROMISE_KEPT)


@dataclass(frozen=True)
class MemberRow:
    """Where one member stands with a point.

    Attributes:
        municipality: which; with its name of the day.
        participation: its status in the project.
        mark: how far it has come with the experience that is counted; None where it has marked none.
        is_owner: whether that experience is its own.
        report: the last report that stands; None without one.
        reported_on: since when one stands.
        promises: that name the point.
        is_late: whether its report is late.
        left_on: when it left the Union; None for a member.
        is_returned: whether its last report was returned, and none came since.
        is_recorded_later: whether its report was written down after the day that is read.
    """

    municipality: Municipality
    participation: Participation
    mark: AdoptionStatus | None
    is_owner: bool
    report: MemberReportRow | None
    reported_on: dt.date | None
    promises: tuple[PromiseOnDay, ...]
    is_late: bool
    left_on: dt.date | None
    is_returned: bool = False
    is_recorded_later: bool = False

    @property
    def name(self) -> str:
        """What it was called on the day."""
        return self.municipality.name_then

    def is_in(self, part: MemberPart) -> bool:
        """Whether a figure counts it."""
        return _PARTS[part](self)


def _has(*statuses: PromiseStatus) -> Callable[[MemberRow], bool]:
    return lambda row: any(one.badge in statuses and not one.is_of_leaver for one in row.promises)


_PARTS: dict[MemberPart, Callable[[MemberRow], bool]] = {
    MemberPart.MEMBERS: lambda row: row.left_on is None,
    MemberPart.REPORTED: lambda row: row.left_on is None and row.reported_on is not None,
    MemberPart.UNREPORTED: lambda row: row.left_on is None and row.reported_on is None,
    MemberPart.LATE: lambda row: row.is_late,
    MemberPart.PROMISED: lambda row: any(not one.is_of_leaver for one in row.promises),
    MemberPart.PROMISE_LATE: _has(PromiseStatus.LATE),
    MemberPart.PROMISE_KEPT: _has(PromiseStatus.KEPT, PromiseStatus.KEPT_LATE),
    MemberPart.LEFT: lambda row: row.left_on is not None,
}


@dataclass(frozen=True)
class MemberRows:
    """The rows of one point on a day.

    Attributes:
        rows: members by name, then those that have left.
        as_of, known_on: how they were read; None as of `read_members`.
        slug, number: of the point.
    """

    rows: tuple[MemberRow, ...]
    as_of: dt.date | None
    known_on: dt.date | None
    slug: str
    number: int

    def count(self, part: MemberPart) -> int:
        """How many a figure counts."""
        return sum(row.is_in(part) for row in self.rows)

    def url(self, part: MemberPart) -> str:
        """The list of those whom a figure counts."""
        days = {"as_of": self.as_of, "known_on": self.known_on}
        named = {name: day.isoformat() for name, day in days.items() if day}
        return reverse("point_members", args=[self.slug, self.number]) + query_of({"part": part.value} | named)

    @property
    def figures(self) -> list[tuple[MemberPart, int, str]]:
        """The counts for a page, each with its list; those of nobody are left out, but for who reported.

        Promises are counted by `Promises.figures`, which open promises: a member may have several.
        """
        counted = [(part, self.count(part), self.url(part)) for part in MemberPart if part not in OF_PROMISES]
        always = (MemberPart.MEMBERS, MemberPart.REPORTED)
        return [(part, number, url) for part, number, url in counted if number or part in always]

    @property
    def sentence(self) -> str:
        """«Доложили: 1 из 5. Вышли из Союза: 1.»"""
        members = self.count(MemberPart.MEMBERS)
        parts = [f"Доложили: {self.count(MemberPart.REPORTED)} из {members}."]
        parts += [
            f"{part.label}: {self.count(part)}." for part in (MemberPart.LATE, MemberPart.LEFT) if self.count(part)
        ]
        return " ".join(parts)


def is_for_all(party: Party | None) -> bool:
    """Whether a point is addressed to all members, by its responsible."""
    return party is not None and party.kind == PartyKind.MEMBERS


def read_members(
    points: Iterable[tuple[DecisionPoint, PointStanding]],
    day: dt.date,
    *,
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
    with_waiting: bool = False,
    promises: Mapping[int, Promises] | None = None,
) -> dict[int, MemberRows]:
    """Read the rows of points that are addressed to all. The number of queries does not depend on theirs.

    Args:
        points: each with its card as it stood; others than those are passed over.
        day: the day whose end is meant, in Moscow.
        as_of: the same where the addresses of lists are to say it.
        known_on: only what was recorded by the end of this day counts.
        with_waiting: whether promises by link that nobody has accepted yet are told, too: for the Union's people.
        promises: of these points, where the caller has read them.

    Returns:
        By the keys of the points.
    """
    everybody = set(Party.objects.filter(kind=PartyKind.MEMBERS).values_list("pk", flat=True))
    addressed = [
        (point, stood)
        for point, stood in points
        if stood.responsible_id in everybody or MeasureCode.REPORTS in point.measure_in(stood).codes
    ]
    if not addressed:
        return {}
    found = [point for point, _ in addressed]
    if promises is None:
        promises = promises_of(found, day, known_on=known_on, with_waiting=with_waiting)
    owners = {point.measure_in(stood).owner_id for point, stood in addressed} - {None}
    read = _Read.of(found, owners, day, known_on, promises)
    return {
        point.pk: MemberRows(tuple(read.rows(point, stood)), as_of, known_on, point.resolution.slug, point.number)
        for point, stood in addressed
    }


@dataclass(frozen=True)
class _Read:
    """What is read of a day, once for all points."""

    day: dt.date
    members: Sequence[Municipality]
    former: Sequence[Municipality]
    since: Mapping[int, Membership]
    reports: Mapping[tuple[int, int], Sequence[MemberReportRow]]
    marks: Mapping[tuple[int, int], AdoptionStatus]
    promises: Mapping[tuple[int, int], Sequence[PromiseOnDay]]
    known_on: dt.date | None

    @classmethod
    def of(
        cls,
        points: Sequence[DecisionPoint],
        owners: Collection[int | None],
        day: dt.date,
        known_on: dt.date | None,
        promises: Mapping[int, Promises],
    ) -> "_Read":
        """Ask the database; owners are those whose experience was counted on that day."""
        since: dict[int, Membership] = {}
        for row in Membership.objects.held_on(day, known_on=known_on):
            since.setdefault(row.municipality_id, row)
        gone = [pk for pk, row in since.items() if row.action == MembershipAction.LEAVE]
        named: Any = Municipality.objects.with_participation(day, known_on=known_on).named_on(day, known_on=known_on)
        ordered = named.order_by(in_russian_order("name_on_day"), "pk")
        return cls(
            day=day,
            members=list(ordered.members_on(day, known_on=known_on)),
            former=list(ordered.filter(pk__in=gone, is_listed=True)),
            since=since,
            reports=_reports(points),
            marks=_marks(owners, day, known_on) if owners else {},
            promises=_by_municipality(promises),
            known_on=known_on,
        )

    def rows(self, point: DecisionPoint, stood: PointStanding) -> Iterable[MemberRow]:
        """The rows of a point: its members, and those that left since the decision."""
        decided_on = point.resolution.adopted_on or EARLIEST
        measure = point.measure_in(stood)
        for one in self.members:
            yield self._row(point, stood, measure, one, None)
        for one in self.former:
            if (left_on := self.since[one.pk].happened_on) > decided_on:
                yield self._row(point, stood, measure, one, left_on)

    def _row(
        self,
        point: DecisionPoint,
        stood: PointStanding,
        measure: Measure,
        one: Municipality,
        left_on: dt.date | None,
    ) -> MemberRow:
        rows = self.reports.get((point.pk, one.pk), ())
        moments = list(REPORT_RULES.walk(rows, self.day, known_on=self.known_on))
        reported_on = moments[-1].after.reported_on if moments else None
        last = moments[-1].row if moments else None
        return MemberRow(
            municipality=one,
            participation=one.standing.status,
            mark=self.marks.get((measure.owner_id or 0, one.pk)),
            is_owner=one.pk == measure.owner_id,
            report=last if reported_on else None,
            reported_on=reported_on,
            promises=tuple(self.promises.get((point.pk, one.pk), ())),
            is_late=left_on is None and reported_on is None and self._is_due(stood, one),
            left_on=left_on,
            is_returned=last is not None and reported_on is None,
            is_recorded_later=last is not None and timezone.localdate(last.recorded_at) > self.day,
        )

    def _is_due(self, stood: PointStanding, one: Municipality) -> bool:
        """Whether a member should have reported: who joined after the deadline is not late for it."""
        if stood.state not in UNREPORTED or stood.due_on is None:
            return False
        joined_on = self.since[one.pk].happened_on
        return joined_on <= stood.due_on and late_by(stood.due_on, self.day, since=stood.watched_anew_on) > 0


def _reports(points: Sequence[DecisionPoint]) -> dict[tuple[int, int], Sequence[MemberReportRow]]:
    found = MemberReport.objects.filter(point__in=points).prefetch_related("rows")
    return {(one.point_id, one.municipality_id): list(one.rows.all()) for one in found}


def _marks(
    owners: Iterable[int | None], day: dt.date, known_on: dt.date | None
) -> dict[tuple[int, int], AdoptionStatus]:
    """The furthest mark of each municipality with the experience of each owner."""
    marks = public_adoptions(None, day, known_on=known_on).filter(practice__municipality__in=[*owners])
    said = marks.order_by().values_list(F("practice__municipality"), "municipality", "mark")
    furthest: dict[tuple[int, int], AdoptionStatus] = {}
    places = list(AdoptionStatus)
    for owner, who, code in said:
        mark = AdoptionStatus(code)
        stored = furthest.get((owner, who))
        if stored is None or places.index(mark) > places.index(stored):
            furthest[owner, who] = mark
    return furthest


def _by_municipality(promises: Mapping[int, Promises]) -> dict[tuple[int, int], list[PromiseOnDay]]:
    found: dict[tuple[int, int], list[PromiseOnDay]] = defaultdict(list)
    for point, named in promises.items():
        for one in named.rows:
            found[point, one.municipality.pk].append(one)
    return found
