"""Promises that name points: what the room of the practices asks about points."""

from collections.abc import Collection

from django.core.exceptions import ValidationError

from municipalities.models import Municipality
from municipalities.practices.models import Commitment
from municipalities.practices.naming_points import NamedPoint, NamingPoints
from resolutions.models import DecisionPoint, PartyKind, PointPromise, ResolutionStatus, StepRefused
from resolutions.models.control import UNDER_CONTROL

UNKNOWN = "Такого пункта больше нет: выберите из списка."


def choices(municipality: Municipality) -> list[tuple[str, str]]:
    """The points under control that are all members' work, or this municipality's, the latest decision first. A query.

    Args:
        municipality: who promises.
    """
    points = DecisionPoint.objects.filter(state__in=UNDER_CONTROL).exclude(resolution__status=ResolutionStatus.DRAFT)
    theirs = points.filter(responsible__kind=PartyKind.MEMBERS) | points.filter(responsible__municipality=municipality)
    ordered = theirs.select_related("resolution").order_by("-resolution__adopted_on", "resolution", "number")
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
    PointPromise.objects.create(commitment=commitment, point_id=int(key))
    _take_note(int(key))


def told(commitments: Collection[Commitment]) -> dict[int, NamedPoint]:
    """The points that promises name, by the keys of the promises. One query."""
    ties = PointPromise.objects.filter(commitment__in=[one.pk for one in commitments])
    return {
        one.commitment_id: NamedPoint(one.point.in_full, one.point.get_absolute_url())
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


NAMING = NamingPoints(choices, tie, told, changed)
