"""What the secretariat does with accounts: they are switched off and on, never deleted."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import Role, User
from revisions.history import sign
from russian.collation import in_russian_order
from russian.text import search_form

STATES = {"active": "Работает", "invited": "Ещё не входил", "off": "Отключён"}
LAST_SECRETARY = (
    "Это последняя действующая учётная запись секретариата. "
    "Сначала пригласите или включите ещё одного сотрудника секретариата."
)


def state_of(user: User) -> str:
    """Where an account stands: a key of `STATES`."""
    if not user.is_active:
        return "off"
    return "active" if user.last_login else "invited"


def find_people(*, search: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """The accounts that match, in the order of their names.

    Args:
        search: part of a name, position or address, in any case.
        role: one of `Role`, or empty for all.
        state: a key of `STATES`, or empty for all.

    Returns:
        A query; nothing is fetched yet.
    """
    people = User.objects.order_by(in_russian_order("name"), "pk")
    if role:
        people = people.filter(role=role)
    if state:
        people = people.filter(_in_state(state))
    wanted = search_form(search)
    if wanted:
        # SQLite folds the case of ASCII only, so Russian is compared here: a union has hundreds of people.
        found = [
            pk
            for pk, *texts in User.objects.values_list("pk", "name", "position", "email")
            if wanted in search_form(" ".join(texts))
        ]
        people = people.filter(pk__in=found)
    return people


def _in_state(state: str) -> Q:
    if state == "off":
        return Q(is_active=False)
    return Q(is_active=True, last_login__isnull=state == "invited")


@contextmanager
def secretariat_remains() -> Iterator[None]:
    """Change accounts inside; undone if nobody of the secretariat could log in afterwards.

    Raises:
        ValidationError: it would have been so.
    """
    secretariat = User.objects.filter(role=Role.SECRETARIAT, is_active=True)
    with transaction.atomic():
        # Two who demote each other at the same moment wait here for one another.
        had_somebody = bool(secretariat.select_for_update().order_by("pk").values_list("pk"))
        yield
        if had_somebody and not secretariat.exists():
            raise ValidationError(LAST_SECRETARY, code="last_secretary")


def deactivate(user: User, *, by: User) -> None:
    """Switch an account off: nobody logs in with it, and open sessions end with their next request.

    Args:
        user: whose account; unchanged if it is off already.
        by: who does it.

    Raises:
        ValidationError: the account is the last of the secretariat.
    """
    with secretariat_remains():
        _switch(user, on=False, by=by, reason="Учётная запись отключена")


def activate(user: User, *, by: User) -> None:
    """Let somebody log in again, with the password they had.

    Args:
        user: whose account; unchanged if it is on already.
        by: who does it.
    """
    with transaction.atomic():
        _switch(user, on=True, by=by, reason="Учётная запись включена")


def _switch(user: User, *, on: bool, by: User, reason: str) -> None:
    current = User.objects.select_for_update().get(pk=user.pk)
    if current.is_active == on:
        return
    current.is_active = on
    current.version += 1
    sign(current, by=by, reason=reason)
    current.save(update_fields=["is_active", "version"])
