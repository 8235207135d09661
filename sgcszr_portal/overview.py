"""What the first page tells: decisions under control, who stands where, what happened lately, what waits for you."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from accounts.access import Visitor
from accounts.models import UnionProfile
from accounts.tasks import Task, Urgency
from municipalities.models import ImportState, Municipality, Participation, ParticipationRecord
from municipalities.models.participation import stated_with
from municipalities.surveys.models import RoundStatus, SurveyRound
from resolutions.access import can_see_internal, past_refusal
from resolutions.execution.results import with_results
from resolutions.models import (
    DecisionPoint,
    PastImport,
    PointAction,
    ProgressEntry,
    Resolution,
    ResolutionStatus,
    ResolutionVersion,
    VersionAction,
)
from resolutions.models.control import UNDER_CONTROL
from resolutions.models.resolution import ResolutionQuerySet
from sgcszr_portal.due import overdue_for, tasks_for

LATEST = 8
FIRST = 6
IN_FULL = 3  # decisions that show their points; of further ones it is told how much is under control
PUBLIC_ACTIONS = (VersionAction.ADOPTED, VersionAction.SIGNED)


@dataclass(frozen=True)
class Share:
    """How many members have one status, and the registry of them."""

    status: Participation
    count: int
    total: int
    url: str


@dataclass(frozen=True)
class Exchange:
    """The latest exchange of information that is over.

    Attributes:
        year: of the Assembly that it was held for.
        asked: how many took part in it, of those in the list.
        url: the registry of these.
    """

    year: int
    asked: int
    url: str


@dataclass(frozen=True)
class Coverage:
    """Where the members of the Union stand today.

    Attributes:
        total: how many members the portal knows.
        by_charter: how many members there are by the charter; 0 where nobody said that.
        exchange: who was asked last, which says nothing of who is a member; None before the first exchange.
        informed, taking_part, stale: how many stated something, take part, and stated it long ago.
        informed_url, taking_part_url, stale_url: the registry of these.
        shares: how many have each status.
    """

    total: int
    by_charter: int
    exchange: Exchange | None
    informed: int
    informed_url: str
    taking_part: int
    taking_part_url: str
    stale: int
    stale_url: str
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Change:
    """One line of the latest changes."""

    at: dt.datetime
    what: str
    where: str
    url: str


@dataclass(frozen=True)
class Further:
    """A decision under control that does not show its points.

    Attributes:
        resolution: the decision.
        watched, late: how many of its points are under control, and late.
        watched_url, late_url: the control sheet of these.
    """

    resolution: Resolution
    watched: int
    watched_url: str
    late: int
    late_url: str


@dataclass(frozen=True)
class Decisions:
    """The decisions, newest first.

    Attributes:
        in_full: with their points and what came of them: the first that are under control; where none is, the latest.
        further: others under control.
        drafts: for those who see them.
    """

    in_full: tuple[Resolution, ...]
    further: tuple[Further, ...]
    drafts: tuple[Resolution, ...]

    @property
    def are_under_control(self) -> bool:
        """Whether what is shown in full is under control."""
        return any(point.is_under_control for one in self.in_full for point in one.points.all())


@dataclass(frozen=True)
class Overview:
    """The first page, for one visitor.

    Attributes:
        decisions: those under control.
        coverage: where the municipalities stand.
        changes: what happened lately.
        tasks: the first of what waits for the visitor.
        all_tasks: how many wait.
        overdue: the first of what else is late, whosever task it is.
        more_overdue: what is late besides.
    """

    decisions: Decisions
    coverage: Coverage
    changes: tuple[Change, ...]
    tasks: tuple[Task, ...]
    all_tasks: int
    overdue: tuple[Task, ...]
    more_overdue: tuple[Task, ...]


def overview_for(user: Visitor) -> Overview:
    """Collect the first page.

    Args:
        user: who looks; drafts and internal steps are left out for those who may not see them.

    Returns:
        The overview, from a number of queries that does not grow with the number of records.
    """
    visible = Resolution.objects.visible_to(user)
    tasks = tasks_for(user)
    overdue = overdue_for(user, besides=tasks)
    return Overview(
        decisions=_decisions(visible),
        coverage=_coverage(),
        changes=_latest_changes(user, visible),
        tasks=tuple(tasks[:FIRST]),
        all_tasks=len(tasks),
        overdue=tuple(overdue[:FIRST]),
        more_overdue=tuple(overdue[FIRST:]),
    )


def _decisions(visible: ResolutionQuerySet) -> Decisions:
    """Six queries and those of the answers to appeals, whatever the number of decisions."""
    watched = Q(points__state__in=UNDER_CONTROL)
    decided = visible.exclude(status=ResolutionStatus.DRAFT).annotate(watched=Count("points", filter=watched))
    ordered: list[Any] = list(decided.newest_first())  # they know how much is `watched`
    under_control = [one for one in ordered if one.watched]
    in_full = under_control[:IN_FULL] or ordered[:1]
    prefetch_related_objects(in_full, "points")
    with_results(point for one in in_full for point in one.points.all())
    return Decisions(
        in_full=tuple(in_full),
        further=tuple(_further(under_control[IN_FULL:])),
        drafts=tuple(visible.filter(status=ResolutionStatus.DRAFT).newest_first()),
    )


def _further(decisions: Sequence[Any]) -> Iterator[Further]:
    """What is under control and late of decisions that know how much is `watched`."""
    today = timezone.localdate()
    points = DecisionPoint.objects.filter(resolution__in=decisions, state__in=UNDER_CONTROL, due_on__lt=today)
    late = Counter(point.resolution_id for point in points if point.urgency == Urgency.OVERDUE)
    sheet = reverse("points")
    for one in decisions:
        of_it = f"{sheet}?decision={one.slug}"
        yield Further(one, one.watched, f"{of_it}&control=yes", late[one.pk], f"{of_it}&due=late")


def _coverage() -> Coverage:
    members = Municipality.objects.members().with_participation()
    statuses = members.order_by().values(status=F("participation")).annotate(count=Count("pk"))
    counts = {row["status"]: row["count"] for row in statuses}
    total = sum(counts.values())
    stale = members.stale().order_by().count()
    registry = reverse("municipalities")
    return Coverage(
        total=total,
        by_charter=UnionProfile.on().members,
        exchange=_exchange(),
        informed=total - counts.get(Participation.UNKNOWN, 0),
        informed_url=f"{registry}?part=informed",
        taking_part=sum(counts.get(status, 0) for status in Participation.taking_part()),
        taking_part_url=f"{registry}?part=taking",
        stale=stale,
        stale_url=f"{registry}?freshness=stale",
        shares=tuple(
            Share(status, counts.get(status, 0), total, f"{registry}?status={status}") for status in Participation
        ),
    )


def _exchange() -> Exchange | None:
    """Who was asked last. One query."""
    listed = Count("responses", filter=Q(responses__municipality__is_listed=True))
    held = SurveyRound.objects.filter(status=RoundStatus.CLOSED, assembly_on__isnull=False).annotate(asked=listed)
    latest = held.order_by("-assembly_on", "-pk").first()
    if latest is None or latest.assembly_on is None:
        return None
    return Exchange(
        latest.assembly_on.year, latest.asked, f"{reverse('municipalities')}?survey={latest.pk}&members=all"
    )


def _told(entry: ProgressEntry) -> str:
    """What was done about a point: the step, and what was said of it."""
    step = "" if entry.action == PointAction.NOTE else f"{entry.get_action_display()}. "
    return f"{step}{entry.text}"


def _load(upload: PastImport) -> Change:
    """A load of decisions of earlier years, whose rows all carry its moment."""
    at = upload.decided_at or upload.uploaded_at
    return Change(at, "Загружены решения прошлых лет", str(upload), upload.get_absolute_url())


def _latest_changes(user: Visitor, visible: ResolutionQuerySet) -> tuple[Change, ...]:
    """The latest of what people did, newest first; a load of earlier years is one line, for those who may open it."""
    records = ParticipationRecord.objects.in_force().filter(municipality__is_listed=True)
    latest = list(records.select_related("municipality").order_by("-recorded_at", "-pk")[:LATEST])
    stated = stated_with(latest)
    loads = list(PastImport.objects.filter(state=ImportState.APPLIED).order_by("-decided_at"))
    done = ProgressEntry.objects.in_force().exclude(recorded_at__in=[one.decided_at for one in loads])
    entries = done.filter(point__resolution__in=visible)
    typed = ResolutionVersion.objects.exclude(action=VersionAction.LOADED)
    versions = typed.filter(resolution__in=visible).select_related("resolution")
    if not can_see_internal(user):
        versions = versions.filter(action__in=PUBLIC_ACTIONS)
    changes = [
        *([] if past_refusal(user) else map(_load, loads[:LATEST])),
        *(
            Change(
                r.recorded_at, str(stated[r.pk].status.label), r.municipality.name, r.municipality.get_absolute_url()
            )
            for r in latest
        ),
        *(
            Change(e.recorded_at, _told(e), e.point.in_full, e.point.get_absolute_url())
            for e in entries.select_related("point__resolution").order_by("-recorded_at", "-pk")[:LATEST]
        ),
        *(
            Change(v.at, v.get_action_display(), v.resolution.title, v.resolution.get_absolute_url())
            for v in versions.order_by("-at")[:LATEST]
        ),
    ]
    return tuple(sorted(changes, key=lambda change: change.at, reverse=True)[:LATEST])
