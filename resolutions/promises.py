"""Promises that name points: what the room of the practices asks about points."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from municipalities.models import Municipality
from municipalities.practices.models import Commitment
from municipalities.practices.naming_points import NamedPoint, NamingPoints
from resolutions.models import (
    DecisionPoint,
    PartyKind,
    PointPromise,
    ProgressEntry,
    ResolutionStatus,
    Side,
    StepRefused,
)
from resolutions.models.point_standing import party_on

UNKNOWN = "Такого пункта больше нет: выберите из списка."


def choices(municipality: Municipality) -> list[tuple[str, str]]:
    """The points that are or were all members' work, or this municipality's, the latest decision first. A query.

    Args:
        municipality: who promises.
    """
    named = ProgressEntry.objects.in_force()
    named = named.filter(Q(responsible__kind=PartyKind.MEMBERS) | Q(responsible__municipality=municipality))
    points = DecisionPoint.objects.exclude(resolution__status=ResolutionStatus.DRAFT)
    return _in_words(points.filter(pk__in=named.order_by().values("point")))


def named() -> list[tuple[str, str]]:
    """The points that some promise names, the latest decision first. A query."""
    return _in_words(DecisionPoint.objects.filter(pk__in=PointPromise.objects.order_by().values("point")))


def _in_words(points: QuerySet[DecisionPoint]) -> list[tuple[str, str]]:
    ordered = points.select_related("resolution").order_by("-resolution__adopted_on", "resolution", "number")
    return [(str(one.pk), f"{one.in_full}: {one.resolution.title}") for one in ordered]


def tie(commitment: Commitment, key: str) -> None:
    """Let a promise name a point, in the transaction that makes it.

    Args:
        commitment: made just now.
        key: of `choices`.

    Raises:
        ValidationError: there is no such choice, or the progress of the point would become impossible.
    """
    if key not in dict(choices(commitment.municipality)):
        raise ValidationError(UNKNOWN)
    point = DecisionPoint.objects.select_related("resolution").get(pk=int(key))
    rows = point.progress.select_related("responsible")
    day = commitment.made_on or dt.date.min
    if refusal := naming_refusal(rows, point.resolution.adopted_on, commitment.municipality_id, day):
        raise ValidationError({"happened_on": refusal})
    PointPromise.objects.create(commitment=commitment, point=point)
    _take_note(int(key))


def naming_refusal(
    rows: Iterable[ProgressEntry], decided_on: dt.date | None, municipality_id: int, day: dt.date
) -> str | None:
    """Why a promise cannot name a point, in Russian: the point was nobody's or somebody else's work on its day.

    Args:
        rows: all entries of the point, with the responsible parties that they name.
        decided_on: the day of the decision.
        municipality_id: who promises.
        day: of the making.
    """
    if day < (decided_on or dt.date.min):
        return "Обязательство не может быть взято раньше даты решения, пункт которого оно называет."
    party = party_on(rows, Side.RESPONSIBLE, day)
    is_theirs = party.kind == PartyKind.MEMBERS or party.municipality_id == municipality_id
    return None if is_theirs else "В этот день пункт не был обращён к этому муниципальному образованию."


def told(commitments: Collection[Commitment]) -> dict[int, NamedPoint]:
    """The points that promises name, by the keys of the promises. One query."""
    ties = PointPromise.objects.filter(commitment__in=[one.pk for one in commitments])
    return {
        one.commitment_id: NamedPoint(str(one.point_id), one.point.in_full, one.point.get_absolute_url())
        for one in ties.select_related("point__resolution")
    }


def changed(commitment: Commitment) -> None:
    """Bring the point that a promise names into line with it, in the transaction that wrote about it.

    Raises:
        ValidationError: the progress of the point would become impossible.
    """
    for one in PointPromise.objects.filter(commitment=commitment.pk):
        _take_note(one.point_id)


def _take_note(point: int) -> None:
    try:
        DecisionPoint.take_note_of_deeds(point)
    except StepRefused as refusal:
        raise ValidationError(str(refusal)) from refusal


NAMING = NamingPoints(choices, tie, named, told, changed)
