"""What a change of membership changes, told before it is written down."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from municipalities.models import MembershipAction, Municipality
from revisions.days import EARLIEST


@dataclass(frozen=True)
class Effect:
    """What a change of membership changes.

    Attributes:
        day: from which it counts; None for the beginning.
        members_before, members_after: of the Union on that day, without and with it.
        is_ahead: whether that day is still to come.
    """

    day: dt.date | None
    members_before: int
    members_after: int
    is_ahead: bool


def effect_of(municipality: Municipality, action: MembershipAction, day: dt.date | None) -> Effect:
    """Count the members of the day. Two queries.

    Args:
        municipality: which joins or leaves.
        action: which.
        day: from which it counts; None for the beginning.
    """
    members = Municipality.objects.members_on(day or EARLIEST)
    before, belongs = members.count(), members.filter(pk=municipality.pk).exists()
    joins = action == MembershipAction.JOIN
    counts = municipality.is_listed  # what was taken off the list counts on no day
    after = before + (counts and joins and not belongs) - (not joins and belongs)
    return Effect(day, before, after, day is not None and day > timezone.localdate())
