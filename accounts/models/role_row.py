"""Which role somebody has, and from which day on: a dated ledger for every person.

It begins with the first change: then a row of what was before is written too. Who has no row has had their role from
the beginning.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.user import User
from accounts.roles import Role
from revisions.days import EARLIEST
from revisions.ledger import LedgerQuerySet, LedgerRow
from revisions.replay import Rules
from russian.templatetags.russian import long_date

SAME_ROLE = "Роль с этого дня и так такая. Неверную запись о роли отмените в истории ролей."


class RoleRecordQuerySet(LedgerQuerySet["RoleRecord"]):
    """Rows of roles; they come, and stay."""


class RoleRecord(LedgerRow):
    """Somebody has a role from a day on; an empty one is none. The day may be unknown: then from the beginning."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_records", verbose_name="кто")
    role = models.CharField("роль", max_length=20, choices=Role, blank=True)
    day_is_known = models.BooleanField("день известен", default=True)

    objects = RoleRecordQuerySet.as_manager()

    user_id: int

    class Meta(LedgerRow.Meta):
        verbose_name = "запись о роли"
        verbose_name_plural = "записи о ролях"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(condition=Q(happened_on__gte=EARLIEST), name="role_record_not_before_2000"),
            models.CheckConstraint(
                condition=Q(voids__isnull=True, role__in=["", *Role.values]) | Q(voids__isnull=False, role=""),
                name="role_record_is_a_known_role_or_a_voiding",
            ),
            models.CheckConstraint(
                condition=Q(day_is_known=True) | Q(happened_on=EARLIEST), name="role_record_without_day_is_of_old"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.name}, {self.day_in_words}"

    @property
    def name(self) -> str:
        """«Роль: Председатель»."""
        return f"Роль: {self.get_role_display() or 'технический администратор'}"

    @property
    def day_in_words(self) -> str:
        """The day, or that nobody stated it."""
        return long_date(self.happened_on) if self.day_is_known else "день не указан"


@dataclass(frozen=True)
class RoleStanding:
    """The role somebody has; None before the first row."""

    role: str | None = None


ROLE_RULES: Rules[RoleRecord, RoleStanding] = Rules(
    RoleStanding(),
    refusal=lambda standing, row: None,  # from any role to any other, on any day
    after=lambda standing, row: RoleStanding(row.role),
    needless=lambda standing, row: SAME_ROLE if standing.role == row.role else None,
)


def role_among(rows: Iterable[RoleRecord], day: dt.date | None = None) -> str | None:
    """The role that a ledger tells for a day, today without one; None where nothing is in force on it.

    Args:
        rows: all rows of one person, voidings too.
        day: a calendar day in Moscow.
    """
    return ROLE_RULES.fold(rows, day or timezone.localdate()).role


def kept_roles(rows: Iterable[RoleRecord]) -> list[list[str]]:
    """What `User.roles` has to be.

    Args:
        rows: all rows of one person, voidings too.
    """
    return [[one.row.role, one.row.happened_on.isoformat()] for one in ROLE_RULES.walk(rows)]
