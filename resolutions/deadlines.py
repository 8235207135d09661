"""Deadlines: how a term becomes a day. How near that day is, every room asks of `accounts.tasks`."""

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db import models

from accounts.tasks import WARN_DAYS, Urgency, urgency_of
from russian.templatetags.russian import counted, long_date

if TYPE_CHECKING:
    import holidays

__all__ = [
    "REPLY_DAYS",
    "WARN_DAYS",
    "TermUnit",
    "Urgency",
    "last_day",
    "late_by",
    "read_term",
    "term_in_words",
    "urgency_of",
]

REPLY_DAYS = 30  # how long an answer is waited for, unless a letter says otherwise


class TermUnit(models.TextChoices):
    """What a term is counted in."""

    WORKING = "working", "рабочих дней"
    CALENDAR = "calendar", "календарных дней"


_DAYS = {
    TermUnit.WORKING: "рабочий день,рабочих дня,рабочих дней",
    TermUnit.CALENDAR: "календарный день,календарных дня,календарных дней",
}


def last_day(start: dt.date, days: int, unit: str) -> dt.date:
    """The day on which a term ends.

    The count begins on the day after the start (ст. 191 ГК РФ); a term of calendar days that ends on a day off is
    carried over to the next working day (ст. 193 ГК РФ). Days off, with those that the government moves, are known
    to the `holidays` library; years it does not know yet have their weekends and public holidays.

    Args:
        start: the day from which the term runs.
        days: how many days, 1 or more.
        unit: a code of `TermUnit`.

    Returns:
        The last day in time.
    """
    calendar = _calendar()
    if unit == TermUnit.WORKING:
        return calendar.get_nth_working_day(start, days)
    end = start + dt.timedelta(days=days)
    return end if calendar.is_working_day(end) else calendar.get_nth_working_day(end, 1)


def term_in_words(start: dt.date, days: int, unit: str) -> str:
    """«10 рабочих дней с 27 июня 2024 г.»."""
    return f"{counted(days, _DAYS[TermUnit(unit)])} с {long_date(start)}"


def read_term(start: dt.date, words: str) -> tuple[int, TermUnit] | None:
    """A term that `term_in_words` has put in words.

    Args:
        start: the day from which the term would run now.
        words: «10 рабочих дней с 27 июня 2024 г.», or nothing.

    Returns:
        How many days, and of which; None when the words say anything else, such as a term from another day.
    """
    days = int("".join(one for one in words.partition(" с ")[0] if one.isdecimal()) or 0)
    return next(((days, unit) for unit in TermUnit if words == term_in_words(start, days, unit)), None)


def late_by(due_on: dt.date | None, day: dt.date, *, since: dt.date | None = None) -> int:
    """How many days something is late.

    Args:
        due_on: its last day; None without one.
        day: the day on which somebody asks, or on which it was done.
        since: the day on which its point was returned for rework or put back under control: lateness is counted from
            the day after at the earliest.

    Returns:
        1 on the day after; 0 in time and without a last day.
    """
    if due_on is None:
        return 0
    return max((day - max(due_on, since or due_on)).days, 0)


@lru_cache(maxsize=1)
def _calendar() -> "holidays.HolidayBase":
    """Russia's calendar; it grows by the years it is asked for. Imported where a term is counted: it is large."""
    import holidays

    return holidays.country_holidays("RU")
