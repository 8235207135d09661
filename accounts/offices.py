"""Who holds an office on a day: the readings of its ledger, and what other rooms mark by them.

A reading has two days, as of any ledger: the one asked about, and the one by which it was written down. Whoever is
switched off holds nothing; what their term was is still told.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.models import OFFICE_RULES, OfficeLedger, OfficeTerm, Term, TermAction, User
from accounts.roles import Office, permissions_of, permissions_of_office
from revisions.replay import void_refusal
from russian.text import tidy

NEEDS_AN_END = "Назовите последний день: обязанности исполняют на срок."
NO_ACCOUNT = "Назначить можно того, кто может входить в портал."


def holds(user: User, office: Office, day: dt.date, *, known_on: dt.date | None = None) -> bool:
    """Whether somebody who is let in holds an office on a day. One query.

    Args:
        user: who.
        office: which.
        day: a calendar day in Moscow.
        known_on: only what was written down by the end of this day counts.
    """
    return user.is_active and term_of(user, office, day, known_on=known_on) is not None


def holders(office: Office, day: dt.date, *, known_on: dt.date | None = None) -> QuerySet[User]:
    """Those who are let in and hold an office on a day. Arguments as of `holds`."""
    terms = OfficeTerm.objects.holding_on(day, known_on=known_on).filter(office=office)
    return User.objects.filter(pk__in=terms.order_by().values("user"), is_active=True)


def term_of(user: User, office: Office, day: dt.date, *, known_on: dt.date | None = None) -> OfficeTerm | None:
    """The row by which somebody holds an office on a day, switched off or not. One query. Arguments as of `holds`."""
    return OfficeTerm.objects.holding_on(day, known_on=known_on).filter(user=user, office=office).first()


def voided_since(user: User, office: Office, day: dt.date, recorded_at: dt.datetime) -> OfficeTerm | None:
    """What took an office from somebody for a day on which they acted in it. One query.

    Args:
        user: who acted.
        office: in which.
        day: of the step, in Moscow.
        recorded_at: when the step was written down.

    Returns:
        The voiding, or the end of powers that was written down later; None when they are held for that day as they were
        then, or were not held then either.
    """
    return taken_back(list(OfficeTerm.objects.filter(user=user).select_related("user")), office, day, recorded_at)


def taken_back(rows: list[OfficeTerm], office: Office, day: dt.date, recorded_at: dt.datetime) -> OfficeTerm | None:
    """The same of a ledger that was read already: all rows of one person, voidings too."""
    then = _of_day([row for row in rows if row.recorded_at <= recorded_at], office, day)
    if then is None or _of_day(rows, office, day) is not None:
        return None
    kept = next((one for one in OFFICE_RULES.fold(rows) if one.appointed.pk == then.appointed.pk), None)
    return kept.ended if kept else next(row for row in rows if row.voids_id == then.appointed.pk)


def _of_day(rows: list[OfficeTerm], office: Office, day: dt.date) -> Term | None:
    terms = OFFICE_RULES.fold(rows)
    return next((one for one in terms if one.held.office == office and one.held.holds_on(day)), None)


def void(
    wrong: OfficeTerm, *, reason: str, by: User, version: int, replacement: OfficeTerm | None = None
) -> OfficeTerm:
    """Say that a row is wrong: it is as if it had never been written.

    Args:
        wrong: the row.
        reason: why it is wrong.
        by: who says so.
        version: of the ledger, as the page was opened with.
        replacement: the right row (`new_term`), written together; on the same day it takes its place.

    Raises:
        EditConflict: somebody else wrote meanwhile.
        ValidationError: the row is voided already, or a later one would become impossible.
    """
    if refusal := void_refusal(wrong):
        raise ValidationError(refusal)
    rows = [OfficeTerm.voiding_of(wrong, reason=reason, by=by, user=wrong.user)]
    if replacement:
        replacement.take_place_of(wrong)
        rows.append(replacement)
    OfficeLedger.read().write(rows, version=version)
    return rows[0]


def new_term(
    user: User,
    office: Office,
    action: TermAction,
    *,
    happened_on: dt.date,
    until: dt.date | None,
    basis: str,
    by: User,
    text: str = "",
) -> OfficeTerm:
    """A row that is not stored yet: `OfficeLedger.write` stores it.

    Args:
        user: who.
        office: which.
        action: an appointment, or the end of powers.
        happened_on: the first day, in Moscow, with powers or without; it may lie ahead.
        until: of an appointment: the last day; None where none is named.
        basis: what it rests on.
        by: who says so; the name is kept as it is now.
        text: a note.

    Raises:
        ValidationError: nobody may be appointed so.
    """
    if action == TermAction.APPOINT:
        check_appointment(user, office, until)
    return OfficeTerm(
        user=user,
        office=office,
        action=action,
        happened_on=happened_on,
        until=until,
        basis=tidy(basis),
        text=tidy(text),
        actor=by,
        actor_name=str(by)[:150],
    )


def check_appointment(user: User, office: Office, until: dt.date | None) -> None:
    """Whether somebody may be appointed so, whatever the other rows say.

    Raises:
        ValidationError: they may not, by the names of the fields.
    """
    if not user.is_active or user.is_superuser:
        raise ValidationError({"user": NO_ACCOUNT})
    if office.stands_in and permissions_of_office(office) <= permissions_of(user.role):
        raise ValidationError({"user": f"{user} и так исполняет эти обязанности – по своей роли."})
    if office.stands_in and until is None:
        raise ValidationError({"until": NEEDS_AN_END})
