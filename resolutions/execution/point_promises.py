"""The promises that name points, as of a day."""

import datetime as dt
from collections.abc import Iterable

from municipalities.practices.models import Commitment
from municipalities.practices.promise_figures import Promises
from municipalities.practices.promises import PromiseOnDay, promises_on
from resolutions.models import DecisionPoint


def promises_of(
    points: Iterable[DecisionPoint],
    day: dt.date,
    *,
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
    with_waiting: bool = False,
) -> dict[int, Promises]:
    """The promises that name points. The number of queries does not depend on theirs.

    Args:
        points: of which.
        day: the day whose end is meant, in Moscow.
        as_of: the same where the addresses of lists are to say it.
        known_on: only what was recorded by the end of this day counts.
        with_waiting: whether those are told, too, that everybody does not read: for the Union's people.

    Returns:
        By the keys of the points; of each one, though nothing names it.
    """
    found: dict[int, list[PromiseOnDay]] = {point.pk: [] for point in points}
    named = Commitment.objects.filter(named_point__point__in=list(found)).select_related("named_point")
    for one in promises_on(day, known_on=known_on, commitments=named):
        if with_waiting or one.is_public:
            found[one.commitment.named_point.point_id].append(one)
    days = {"as_of": as_of, "known_on": known_on}
    asked = {name: on.isoformat() for name, on in days.items() if on}
    return {point: Promises(rows, {"point": str(point)} | asked) for point, rows in found.items()}
