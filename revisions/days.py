"""Calendar days and the moments between them."""

import datetime as dt

from django.utils import timezone

# Nothing is recorded for an earlier day.
EARLIEST = dt.date(2000, 1, 1)
# Nothing is waited for, or planned, until a later one.
LATEST = dt.date(2100, 12, 31)
TOO_LATE = "Проверьте год: срок не может быть позже 2100 года."


def end_of(day: dt.date) -> dt.datetime:
    """The moment at which a day is over in Moscow: the first of the next one."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time())
    return timezone.make_aware(midnight, timezone.get_default_timezone())


def noon_of(day: dt.date) -> dt.datetime:
    """A steady moment of a day, in Moscow: what is made as of a day and dated with it comes out the same each time."""
    return dt.datetime.combine(day, dt.time(12), tzinfo=timezone.get_default_timezone())
