"""Deeds of those who stand in: for whom and on what ground, and whether that still holds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import timezone

from accounts.models import OFFICE_RULES, OfficeTerm, RoleRecord, Term, User
from accounts.offices import taken_back
from accounts.role_keeping import role_taken_back
from accounts.roles import Office, Permission, Role, permissions_of, permissions_of_office
from revisions.ledger import LedgerRow
from russian.templatetags.russian import long_date


@dataclass(frozen=True)
class Behalf:
    """For whom somebody acts, and on what ground: the two fields of `LedgerRow`.

    Attributes:
        on_behalf_of: «Председатель Союза».
        behalf_ground: «и.о. председателя с 28 ноября 2026 г. по 12 декабря 2026 г.: Распоряжение …».
    """

    on_behalf_of: str
    behalf_ground: str

    @property
    def fields(self) -> dict[str, str]:
        """The columns of a row."""
        return asdict(self)


def behalf_of(user: User, permission: Permission, day: dt.date | None = None) -> Behalf | None:
    """For whom somebody does what their role does not let them do. One query, none where the role does.

    Args:
        user: who acts.
        permission: by which.
        day: of the deed, in Moscow; today without one.

    Returns:
        None where the role gives the permission, and where nobody is stood in for.
    """
    day = day or timezone.localdate()
    if permission in permissions_of(user.role_on(day)):
        return None
    terms = OFFICE_RULES.fold(OfficeTerm.objects.filter(user=user).select_related("user"))
    held = (one for one in terms if one.held.holds_on(day) and one.held.office.stands_in)
    term = next((one for one in held if permission in permissions_of_office(one.held.office)), None)
    return Behalf(term.held.office.principal, _ground(term)) if term else None


def _ground(term: Term) -> str:
    return f"{term.held.office.in_sentence} {term.held.days_in_words}: {term.appointed.basis}"


@dataclass(frozen=True)
class ActingStep:
    """What somebody did in an office or a role, in whatever table it is kept.

    Attributes:
        key: what the answer is found by.
        user_id: who; None where the portal knows no account.
        post: in which office or role.
        day: in Moscow.
        recorded_at: when it was written down.
    """

    key: Hashable
    user_id: int | None
    post: Office | Role
    day: dt.date
    recorded_at: dt.datetime


def doubts(deeds: Iterable[ActingStep]) -> dict[Any, str]:
    """What is to be looked at, as pages say it: the powers of a deed were taken back after it was written down.

    Args:
        deeds: any number of them.

    Returns:
        A sentence for each doubtful deed, by its key. A query for those in an office, one for those in a role.
    """
    found = list(deeds)
    return {**_doubts_of_offices(found), **_doubts_of_roles(found)}


def _doubts_of_offices(deeds: list[ActingStep]) -> dict[Any, str]:
    people = [(one, one.post) for one in deeds if one.user_id is not None and isinstance(one.post, Office)]
    if not people:
        return {}
    ledgers: dict[int | None, list[OfficeTerm]] = defaultdict(list)
    for row in OfficeTerm.objects.filter(user__in={one.user_id for one, _ in people}).select_related("user"):
        ledgers[row.user_id].append(row)
    taken = ((one, post, taken_back(ledgers[one.user_id], post, one.day, one.recorded_at)) for one, post in people)
    return {one.key: _doubt(post, row) for one, post, row in taken if row}


def _doubts_of_roles(deeds: list[ActingStep]) -> dict[Any, str]:
    people = [(one, one.post) for one in deeds if one.user_id is not None and isinstance(one.post, Role)]
    if not people:
        return {}
    ledgers: dict[int | None, list[RoleRecord]] = defaultdict(list)
    for row in RoleRecord.objects.filter(user__in={one.user_id for one, _ in people}):
        ledgers[row.user_id].append(row)
    taken = ((one, post, role_taken_back(ledgers[one.user_id], post, one.day, one.recorded_at)) for one, post in people)
    return {
        one.key: f"Проверьте: полномочий {post.genitive} на этот день нет, {_written(row)}"
        for one, post, row in taken
        if row
    }


def doubts_of(rows: Iterable[LedgerRow]) -> dict[Any, str]:
    """The same of the rows of a ledger that were done in somebody's stead, by their keys; no query without such."""
    offices = {office.principal: office for office in Office if office.stands_in}
    return doubts(
        ActingStep(row.pk, row.actor_id, offices[row.on_behalf_of], row.happened_on, row.recorded_at)
        for row in rows
        if row.on_behalf_of in offices
    )


def _written(row: LedgerRow) -> str:
    """«запись от 28 ноября 2026 г., С.С. Секретарёва: Не та дата.», the reason where one is named."""
    written = f"запись от {long_date(timezone.localdate(row.recorded_at))}, {row.actor_name}"
    return f"{written}: {row.text}" if row.text else f"{written}."


def _doubt(office: Office, row: OfficeTerm) -> str:
    if row.is_voiding:
        return f"Проверьте: полномочия {office.genitive} отменены, {_written(row)}"
    written = f"запись от {long_date(timezone.localdate(row.recorded_at))}, {row.actor_name}"
    return f"Проверьте: полномочия {office.genitive} прекращены с {long_date(row.happened_on)}, {written}: {row.basis}"
