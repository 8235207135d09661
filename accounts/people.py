"""What the secretariat does with accounts: they are switched off and on, never deleted."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.roles import Permission, roles_with
from listings.badges import ToneChoices
from revisions.history import sign

LAST_SECRETARY = (
    "Это последняя действующая учётная запись секретариата. "
    "Сначала пригласите или включите ещё одного сотрудника секретариата."
)


class AccountState(ToneChoices):
    """Where an account stands."""

    ACTIVE = "active", "active", "Работает"
    INVITED = "invited", "planned", "Ещё не входил"
    OFF = "off", "off", "Отключён"


def state_of(user: User) -> AccountState:
    """Where an account stands."""
    if not user.is_active:
        return AccountState.OFF
    return AccountState.ACTIVE if user.last_login else AccountState.INVITED


@contextmanager
def secretariat_remains() -> Iterator[None]:
    """Change accounts inside; undone if nobody of the secretariat could log in afterwards.

    Raises:
        ValidationError: it would have been so.
    """
    # By their role: who holds an office does so for a time, and then nobody would be left.
    secretariat = User.objects.filter(role__in=roles_with(Permission.MANAGE_USERS), is_active=True)
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
