"""When a status is too old to rely on."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from municipalities.models.participation import Participation


def stale_before(day: dt.date | None = None) -> dt.date:
    """The first day that is still recent: a status effective before it is stale.

    Args:
        day: the day from which one looks back, in Moscow; today without it.

    Returns:
        That day less `STATUS_STALE_AFTER_DAYS`: a status of exactly so many days ago is not stale yet.
    """
    return (day or timezone.localdate()) - dt.timedelta(days=settings.STATUS_STALE_AFTER_DAYS)


def is_stale(status: str, effective_on: dt.date | None, day: dt.date | None = None) -> bool:
    """Whether a status is too old to rely on.

    Args:
        status: a code of `Participation`; that nothing is known does not grow old.
        effective_on: the day it was stated for; None when nothing was.
        day: the day from which one looks back, in Moscow; today without it.
    """
    return effective_on is not None and status != Participation.UNKNOWN and effective_on < stale_before(day)
