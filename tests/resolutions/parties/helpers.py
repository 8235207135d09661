"""What waits about a point."""

import datetime as dt

from accounts.models import User
from resolutions.due import tasks_for

DUE = dt.date(2024, 12, 27)


def waits(user: User, on: dt.date = dt.date(2024, 9, 1)) -> list[str]:
    """What somebody has to do about point 1."""
    return [one.why for one in tasks_for(user, on) if one.key.startswith("point-") and one.url.endswith("/1/")]
