"""Calendar days and the moments between them."""

import datetime as dt

from django.utils import timezone


def end_of(day: dt.date) -> dt.datetime:
    """The moment at which a day is over in Moscow: the first of the next one."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time())
    return timezone.make_aware(midnight, timezone.get_default_timezone())
