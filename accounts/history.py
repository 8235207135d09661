"""What happened to an account, as people read it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User

SHOWN = {
    "name": "имя",
    "position": "должность",
    "role": "роль",
    "email": "адрес электронной почты",
    "is_active": "может входить",
    "is_superuser": "технический администратор",
}


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class AccountChange:
    """One line of an account's history.

    Attributes:
        at: when.
        by: the author's name as it was then; empty for a command.
        reason: what was done, in words; empty for an ordinary edit.
        fields: what changed; empty for the first line.
    """

    at: dt.datetime
    by: str
    reason: str
    fields: Sequence[FieldChange]


def account_history(user: User) -> list[AccountChange]:
    """Everything that changed in an account, latest first.

    Args:
        user: whose account.

    Returns:
        Lines in which a reader would see a difference, and the first one.
    """
    stored: Any = user.history  # a manager, which the library does not tell mypy
    lines = list(stored.order_by("history_date", "history_id"))
    changes = []
    for earlier, line in zip([None, *lines], lines, strict=False):
        fields = _differences(earlier, line) if earlier else []
        if fields or earlier is None:
            changes.append(
                AccountChange(line.history_date, line.history_user_name, line.history_change_reason or "", fields)
            )
    return changes[::-1]


def _differences(earlier: Any, later: Any) -> list[FieldChange]:
    return [
        FieldChange(label, _shown(earlier, name), _shown(later, name))
        for name, label in SHOWN.items()
        if getattr(earlier, name) != getattr(later, name)
    ]


def _shown(line: Any, name: str) -> str:
    value = getattr(line, name)
    if isinstance(value, bool):
        return "да" if value else "нет"
    if name == "role":
        return line.get_role_display() or "—"
    return value or "—"
