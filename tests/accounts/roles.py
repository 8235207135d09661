"""Whose role the tests write down."""

import datetime as dt

from accounts.models import RoleRecord, User
from accounts.role_keeping import change_role


def had_role(user: User, role: str = "", *, since: dt.date | None, by: User) -> RoleRecord:
    """Write down that somebody has a role, their own unless said otherwise, from a day on; the user is read anew."""
    change_role(user, role or user.role, since=since, by=by)
    user.refresh_from_db()
    return user.role_records.latest("pk")
