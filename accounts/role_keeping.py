"""Whose role is written down, and from which day on; and what was done by a role that was taken back since."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import RoleRecord, User
from accounts.models.role_row import ROLE_RULES, kept_roles, role_among
from accounts.people import secretariat_remains
from accounts.roles import Role
from revisions.days import EARLIEST
from revisions.history import sign
from revisions.replay import void_refusal

NO_ROLE_LEFT = "Без этой записи у человека не осталось бы роли: внесите вместо неё верную."
COMMAND = "Команда сервера"  # who writes where nobody is logged in


def new_role(
    user: User, role: str, since: dt.date | None, *, stored: Sequence[RoleRecord], text: str = ""
) -> list[RoleRecord]:
    """Rows that are not stored yet, by which somebody has a role from a day on.

    Args:
        user: whose role; as it is stored.
        role: one of `Role`; empty for none.
        since: the first day; None for the beginning.
        stored: all rows of that person.
        text: a note.

    Returns:
        One row; two when the ledger begins with a change: the first one says which role was had before.
    """
    day = since or EARLIEST
    new = RoleRecord(user=user, role=role, happened_on=day, day_is_known=since is not None, text=text)
    if stored or user.role == role:
        return [new]
    return [RoleRecord(user=user, role=user.role, happened_on=EARLIEST, day_is_known=False), new]


def changed_role(user: User, role: str, since: dt.date | None, *, stored: Sequence[RoleRecord]) -> list[RoleRecord]:
    """The rows that a form about an account asks for: none, when it names the role that is, and no day.

    Args:
        user, role, stored: as of `new_role`.
        since: the first day; today without one.
    """
    if since is None and user.role == role:
        return []
    return new_role(user, role, since or timezone.localdate(), stored=stored)


def role_refusal(user: User, stored: Sequence[RoleRecord], new: Sequence[RoleRecord]) -> str | None:
    """Why rows cannot be written together, in Russian; None when they can."""
    if refusal := ROLE_RULES.replay(stored, new):
        return refusal
    return None if user.is_superuser or role_among([*stored, *new]) else NO_ROLE_LEFT


def store_roles(user: User, stored: Sequence[RoleRecord], new: Sequence[RoleRecord], *, by: User | None) -> None:
    """Store rows that are not refused, and keep what the ledger comes to with the person.

    Call it in the transaction in which the person is locked; `User.role` is saved there, with its line of history.
    Without rows nothing is stored.

    Args:
        user: whose.
        stored: all rows of that person.
        new: the rows.
        by: who says so; the name is kept as it is now. None for a command.
    """
    for row in new:
        row.actor, row.actor_name = by, str(by or COMMAND)[:150]
        row.save()
    if new:
        User.objects.filter(pk=user.pk).update(roles=kept_roles([*stored, *new]))  # past save(): no line of history


def void_role(
    wrong: RoleRecord, *, reason: str, by: User, version: int, replacement: tuple[str, dt.date | None] | None = None
) -> None:
    """Say that a row is wrong: it is as if it had never been written.

    Args:
        wrong: the row.
        reason: why it is wrong.
        by: who says so.
        version: of the account, as the page was opened with.
        replacement: the right role and its first day (None: nobody knows it), written together.

    Raises:
        EditConflict: somebody changed the account meanwhile.
        ValidationError: it is voided already, or no role or nobody of the secretariat would remain.
    """
    if refusal := void_refusal(wrong):
        raise ValidationError(refusal)
    with secretariat_remains():
        person = User.locked(wrong.user_id, version)
        stored = list(person.role_records.select_related("voided_by"))
        new = [RoleRecord.voiding_of(wrong, reason=reason, by=by, user=person)]
        if replacement:
            new += new_role(person, *replacement, stored=stored)
            new[-1].take_place_of(wrong)
        if refusal := role_refusal(person, stored, new):
            raise ValidationError(refusal)
        set_role(person, stored, new)
        sign(person, by=by, reason="Отменена запись о роли")
        person.save()
        store_roles(person, stored, new, by=by)


def set_role(user: User, stored: Sequence[RoleRecord], new: Sequence[RoleRecord]) -> None:
    """Give somebody the role that their ledger will tell for today; not stored."""
    user.role = role_among([*stored, *new]) or ""


@transaction.atomic
def change_role(user: User, role: str, *, since: dt.date | None, by: User | None) -> None:
    """Write down that somebody has a role from a day on, whatever else is done to the account.

    Args:
        user: whose; stored, with the role that they had.
        role: one of `Role`; empty for a technical administrator without one.
        since: the first day; None for the beginning.
        by: who says so; None for a command.

    Raises:
        ValidationError: nothing would change, or no role would remain.
    """
    stored = list(user.role_records.select_related("voided_by"))
    new = new_role(user, role, since, stored=stored)
    if refusal := role_refusal(user, stored, new):
        raise ValidationError(refusal)
    set_role(user, stored, new)
    user.version += 1
    user.save(update_fields=["role", "version"])
    store_roles(user, stored, new, by=by)


def role_taken_back(
    rows: Sequence[RoleRecord], role: Role, day: dt.date, recorded_at: dt.datetime
) -> RoleRecord | None:
    """What took a role from somebody for a day on which they acted in it.

    Args:
        rows: all rows of one person, voidings too; in any order.
        role: in which.
        day: of the step, in Moscow.
        recorded_at: when the step was written down.

    Returns:
        The row that was written down later; None when they have the role for that day, or had it not then either.
    """
    if not rows or role_among(rows, day) == role:
        return None
    known = [row for row in rows if row.recorded_at <= recorded_at]
    first = min(rows, key=lambda row: row.pk)  # tells what was before the ledger began
    had = role_among(known, day) if known else first.role
    later = [row for row in rows if row.recorded_at > recorded_at]
    return max(later, key=lambda row: row.pk) if had == role and later else None
