"""How the report on execution is read: as of which day, from what was known when, and for whom."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone


@dataclass(frozen=True)
class Reading:
    """How a report is read.

    Attributes:
        day: its day, in Moscow.
        known_on: only what was recorded by the end of this day counts; everything without it.
        with_letters: whether letters are named.
        with_internal: whether it says who recorded what, and what files were attached.
    """

    day: dt.date
    known_on: dt.date | None
    with_letters: bool
    with_internal: bool

    def is_late(self, recorded_at: dt.datetime) -> bool:
        """Whether something was recorded after the day of the report."""
        return timezone.localdate(recorded_at) > self.day
