"""Whom the tests appoint."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import OfficeLedger, OfficeTerm, TermAction, User
from accounts.offices import new_term
from accounts.roles import Office
from revisions.days import noon_of

BASIS = "Распоряжение от 20.11.2026 № 14"


def day(after: int) -> dt.date:
    """A day so many days after today."""
    return timezone.localdate() + dt.timedelta(days=after)


def appointed(
    user: User, office: Office = Office.ACTING_CHAIR, first: int = -1, last: int | None = 1, *, by: User
) -> OfficeTerm:
    """Appoint somebody from a day to a day, counted from today; the user's row is read anew."""
    until = None if last is None else day(last)
    return _written(new_term(user, office, TermAction.APPOINT, happened_on=day(first), until=until, basis=BASIS, by=by))


def ended(user: User, office: Office = Office.ACTING_CHAIR, on: int = 0, *, by: User) -> OfficeTerm:
    """End powers from a day on, counted from today; the user's row is read anew."""
    return _written(new_term(user, office, TermAction.END, happened_on=day(on), until=None, basis=BASIS, by=by))


def _written(row: OfficeTerm) -> OfficeTerm:
    ledger = OfficeLedger.read()
    ledger.write([row], version=ledger.version)
    row.user.refresh_from_db()
    return row


def noted(row: OfficeTerm, on: int) -> OfficeTerm:
    """The same row, written down at noon of another day, counted from today."""
    QuerySet(OfficeTerm).filter(pk=row.pk).update(recorded_at=noon_of(day(on)))
    row.refresh_from_db()
    return row
