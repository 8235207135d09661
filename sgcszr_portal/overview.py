"""What the first page tells: the decision, its points, who stands where, what happened lately, what waits for you."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from accounts.access import Visitor, is_chair, is_secretariat
from municipalities.access import own_municipalities
from municipalities.models import Municipality, Participation, ParticipationRecord
from resolutions.access import can_see_internal
from resolutions.models import ProgressEntry, Resolution, ResolutionStatus, ResolutionVersion, VersionAction
from resolutions.models.resolution import ResolutionQuerySet

LATEST = 8
PUBLIC_ACTIONS = (VersionAction.ADOPTED, VersionAction.SIGNED)


@dataclass(frozen=True)
class Share:
    """How many municipalities have one status."""

    status: Participation
    count: int
    total: int
    url: str


@dataclass(frozen=True)
class Coverage:
    """Where the municipalities of the list stand today."""

    total: int
    informed: int
    taking_part: int
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
class Task:
    """Something that waits for this visitor."""

    what: str
    why: str
    url: str


@dataclass(frozen=True)
class Overview:
    """The first page, for one visitor."""

    resolution: Resolution | None
    coverage: Coverage
    changes: tuple[Change, ...]
    tasks: tuple[Task, ...]


def overview_for(user: Visitor) -> Overview:
    """Collect the first page.

    Args:
        user: who looks; drafts and internal steps are left out for those who may not see them.

    Returns:
        The overview, from a number of queries that does not grow with the number of records.
    """
    visible = Resolution.objects.visible_to(user)
    decided = visible.exclude(status=ResolutionStatus.DRAFT).newest_first().prefetch_related("points")
    resolution = decided.first() or visible.newest_first().prefetch_related("points").first()
    return Overview(resolution, _coverage(), _latest_changes(user, visible), _tasks(user, visible))


def _coverage() -> Coverage:
    listed = Municipality.objects.listed().with_participation()
    statuses = listed.order_by().values_list("participation")  # type: ignore[misc]  # annotated, the plugin is lost
    counts = dict(statuses.annotate(count=Count("pk")))
    total = sum(counts.values())
    stale = Municipality.objects.listed().with_participation().stale().order_by().count()
    registry = reverse("municipalities")
    return Coverage(
        total=total,
        informed=total - counts.get(Participation.UNKNOWN, 0),
        taking_part=counts.get(Participation.ACTIVE, 0) + counts.get(Participation.PILOT, 0),
        stale=stale,
        stale_url=f"{registry}?freshness=stale",
        shares=tuple(
            Share(status, counts.get(status, 0), total, f"{registry}?status={status}") for status in Participation
        ),
    )


def _latest_changes(user: Visitor, visible: ResolutionQuerySet) -> tuple[Change, ...]:
    """The latest of three kinds of history, newest first."""
    records = ParticipationRecord.objects.filter(municipality__is_listed=True).select_related("municipality")
    entries = ProgressEntry.objects.filter(point__resolution__in=visible).select_related("point__resolution")
    versions = ResolutionVersion.objects.filter(resolution__in=visible).select_related("resolution")
    if not can_see_internal(user):
        versions = versions.filter(action__in=PUBLIC_ACTIONS)
    changes = [
        *(
            Change(r.recorded_at, r.get_status_display(), r.municipality.name, r.municipality.get_absolute_url())
            for r in records.order_by("-recorded_at")[:LATEST]
        ),
        *(
            Change(e.recorded_at, e.text, f"Пункт {e.point.number}", e.point.get_absolute_url())
            for e in entries.order_by("-recorded_at")[:LATEST]
        ),
        *(
            Change(v.at, v.get_action_display(), v.resolution.title, v.resolution.get_absolute_url())
            for v in versions.order_by("-at")[:LATEST]
        ),
    ]
    return tuple(sorted(changes, key=lambda change: change.at, reverse=True)[:LATEST])


def _tasks(user: Visitor, visible: ResolutionQuerySet) -> tuple[Task, ...]:
    """What waits for this visitor: the chair's signatures, the secretariat's drafts, an official's own cities."""
    if is_chair(user):
        waiting = visible.filter(status=ResolutionStatus.ADOPTED).newest_first()
        return tuple(Task(r.title, "Ждёт вашей подписи", reverse("resolution_sign", args=[r.slug])) for r in waiting)
    if is_secretariat(user):
        drafts = visible.filter(status=ResolutionStatus.DRAFT).newest_first()
        return tuple(Task(r.title, "Проект решения", r.get_absolute_url()) for r in drafts)
    own = own_municipalities(user).with_participation()
    return tuple(Task(m.name, _own_status(m), reverse("municipality_participation", args=[m.slug])) for m in own)


def _own_status(municipality: Municipality) -> str:
    status = Participation(municipality.participation).label  # type: ignore[attr-defined]  # annotated
    since = municipality.participation_since  # type: ignore[attr-defined]  # annotated
    stale = ", сведения устарели" if municipality.participation_is_stale else ""
    return f"{status}, по состоянию на {since:%d.%m.%Y}{stale}" if since else status
