"""What waits for whom, and how near its day is. Each room tells its own tasks; `sgcszr_portal.due` joins them."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Self, TypeAlias

from django.db import models

from accounts.access import Visitor, has_permission
from accounts.roles import Permission

WARN_DAYS = 14  # how early the portal begins to warn, unless the thing itself says otherwise


class Urgency(models.TextChoices):
    """How near a deadline is."""

    NONE = "none", "Без срока"
    IN_TIME = "in_time", "В срок"
    SOON = "soon", "Срок близко"
    OVERDUE = "overdue", "Просрочено"


def urgency_of(due_on: dt.date | None, today: dt.date, warn_days: int = WARN_DAYS) -> Urgency:
    """How near a deadline is.

    Args:
        due_on: the last day; None without a deadline.
        today: the day on which somebody asks.
        warn_days: from how many days before the deadline on it counts as near.

    Returns:
        The urgency; the last day itself is still in time.
    """
    if due_on is None:
        return Urgency.NONE
    if due_on < today:
        return Urgency.OVERDUE
    return Urgency.SOON if (due_on - today).days <= warn_days else Urgency.IN_TIME


class Everybody:
    """All for whom anything waits, at once: asked for them, each task is told once, and says whose it is."""


EVERYBODY = Everybody()
Asking: TypeAlias = Visitor | Everybody  # for whom tasks are asked


def works_by(asking: Asking, permission: Permission) -> bool:
    """Whether what waits for those who hold a permission is asked for. No query.

    Args:
        asking: whoever asks for their own tasks; or everybody.
        permission: which.
    """
    return isinstance(asking, Everybody) or has_permission(asking, permission)


@dataclass(frozen=True)
class Whose:
    """For whom something waits; one of the three is given.

    Attributes:
        permission: for whoever holds it, by a role or an office.
        municipality: for whoever speaks for the one with this key.
        person: for who has this key.
    """

    permission: Permission | None = None
    municipality: int | None = None
    person: int | None = None


@dataclass(frozen=True)
class Task:
    """Something that waits for somebody.

    Attributes:
        key: names the task, for the same person and as long as it waits, whatever becomes of its day and words.
        what: the thing, «Пункт 2 решения от 27 июня 2024 г.».
        why: what to do about it, or what is expected.
        url: where to do it, without the host.
        due_on: the last day; None without one.
        urgency: how near that day is.
        warn_days: from how many days before on a calendar should warn.
        whose: for whom it waits.
        about: the page about it that others read, where its own address is only for whom it waits.
    """

    key: str
    what: str
    why: str
    url: str
    due_on: dt.date | None = None
    urgency: Urgency = Urgency.NONE
    warn_days: int = WARN_DAYS
    whose: Whose = field(kw_only=True)
    about: str = ""

    @property
    def url_for_others(self) -> str:
        """Where whoever looks after the Union's work reads about it."""
        return self.about or self.url

    @classmethod
    def due(
        cls,
        due_on: dt.date | None,
        today: dt.date,
        *,
        key: str,
        what: str,
        why: str,
        url: str,
        whose: Whose,
        warn: int = WARN_DAYS,
        about: str = "",
    ) -> Self:
        """A task with a last day, as it stands on a day.

        Args:
            due_on: the last day; None when it is not known yet.
            today: the day on which somebody asks.
            key, what, why, url, whose, about: as the attributes.
            warn: from how many days before the last day on it counts as near.
        """
        return cls(key, what, why, url, due_on, urgency_of(due_on, today, warn), warn, whose=whose, about=about)
