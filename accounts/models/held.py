"""The days for which somebody holds a role or an office, as they are kept with the person."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

from django.utils import timezone

from accounts.roles import Office, Permission, Role, permissions_of, permissions_of_office
from listings.badges import ToneChoices
from revisions.days import EARLIEST, LATEST
from russian.templatetags.russian import long_date


class TermState(ToneChoices):
    """Where a term of office stands."""

    HOLDS = "holds", "active", "Исполняет"
    AHEAD = "ahead", "planned", "Ещё не началось"
    ENDED = "ended", "off", "Закончилось"
    VOIDED = "voided", "off", "Отменено"


class Days:
    """A role or an office with a first and a last day; None where no last day is named."""

    begins: dt.date
    until: dt.date | None

    @property
    def post(self) -> Role | Office:
        """What is held."""
        raise NotImplementedError  # pragma: no cover - each says what it is about

    def holds_on(self, day: dt.date) -> bool:
        """Whether a day lies within it."""
        known = min(max(day, EARLIEST), LATEST)  # what has no first or no last day holds on any
        return self.meets(known, known)

    def meets(self, begins: dt.date, until: dt.date | None) -> bool:
        """Whether it has a day in common with others."""
        return self.begins <= (until or LATEST) and begins <= (self.until or LATEST)

    @property
    def days_in_words(self) -> str:
        """«с 28 ноября 2026 г. по 12 декабря 2026 г.»; without a first day that nobody knows."""
        since = f"с {long_date(self.begins)}" if self.begins > EARLIEST else ""
        return f"{since} {f'по {long_date(self.until)}' if self.until else ''}".strip()

    @property
    def told(self) -> str:
        """«председателем Союза вы были с 1 марта 2024 г. по 5 мая 2025 г.»; «вы стали 1 марта 2024 г.» if it lasts."""
        if self.until and self.until < timezone.localdate():
            return f"{self.post.instrumental} вы были {self.days_in_words}"
        return f"{self.post.instrumental} вы стали {long_date(self.begins)}"


@dataclass(frozen=True)
class HeldRole(Days):
    """A role by its code, with its first and its last day; begun at the earliest of all where nobody knows the day."""

    role: str
    begins: dt.date
    until: dt.date | None

    @property
    def post(self) -> Role:
        """What is held."""
        return Role(self.role)

    @property
    def label(self) -> str:
        """What the role is called."""
        return str(dict(Role.choices).get(self.role, self.role))

    @property
    def permissions(self) -> frozenset[Permission]:
        """What it may."""
        return permissions_of(self.role)


@dataclass(frozen=True)
class Held(Days):
    """An office with its first and its last day; None where no last day is named."""

    office: Office
    begins: dt.date
    until: dt.date | None

    @classmethod
    def of(cls, kept: Any) -> Self:
        """What `User.offices` keeps of one term."""
        office, begins, until = kept
        return cls(Office(office), dt.date.fromisoformat(begins), dt.date.fromisoformat(until) if until else None)

    @property
    def kept(self) -> list[str | None]:
        """What `User.offices` keeps of it."""
        return [self.office.value, self.begins.isoformat(), self.until.isoformat() if self.until else None]

    @property
    def post(self) -> Office:
        """What is held."""
        return self.office

    @property
    def permissions(self) -> frozenset[Permission]:
        """What it gives."""
        return permissions_of_office(self.office)

    @property
    def state(self) -> TermState:
        """Where it stands today."""
        today = timezone.localdate()
        if self.begins > today:
            return TermState.AHEAD
        return TermState.HOLDS if self.holds_on(today) else TermState.ENDED


Power = HeldRole | Held


def roles_held(changes: Iterable[tuple[str, dt.date]]) -> list[HeldRole]:
    """The roles somebody held one after the other, each until the day before the next.

    Args:
        changes: the roles with their first days, in the order of the ledger; empty is no role.
    """
    rows = [*changes, ("", LATEST)]
    spans = [(role, first, following) for (role, first), (_, following) in pairwise(rows) if role and first < following]
    return [
        HeldRole(role, first, None if following == LATEST else following - dt.timedelta(days=1))
        for role, first, following in spans
    ]


def giving(powers: Iterable[Power], permission: Permission) -> list[Power]:
    """Those of somebody's powers that give a permission."""
    return [one for one in powers if permission in one.permissions]
