"""How the report on execution is read: as of which day, from what was known when, and for whom."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from russian.templatetags.russian import long_date


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


def early_refusal(day: dt.date, adopted_on: dt.date | None) -> str | None:
    """Why nothing is told of a day, in Russian: before the decision there was nothing to carry out or to record."""
    if adopted_on and day < adopted_on:
        return f"Решение принято {long_date(adopted_on)} Выберите этот или более поздний день."
    return None
