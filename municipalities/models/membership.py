"""Who belongs to the Union: a dated ledger. Having been asked in an exchange of information is another thing."""

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.db.models import Q

from revisions.days import EARLIEST
from revisions.ledger import LedgerQuerySet, LedgerRow
from revisions.replay import Rules
from russian.templatetags.russian import long_date
from russian.text import plain_text

BELONGS = "Муниципальное образование и так входит в Союз."
DOES_NOT_BELONG = "Выйти из Союза можно, пока муниципальное образование в него входит."


class MembershipAction(models.TextChoices):
    """What happened to a membership."""

    JOIN = "join", "Вступление в Союз"
    LEAVE = "leave", "Выход из Союза"


class MembershipQuerySet(LedgerQuerySet["Membership"]):
    """Rows of membership; they come, and stay."""


class Membership(LedgerRow):
    """A municipality joins the Union or leaves it. Who joins counts on the day itself; who leaves does not.

    The day may be unknown: then the row holds from the beginning. It may lie ahead: then it counts from its day.
    """

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="memberships",
        verbose_name="муниципальное образование",
    )
    action = models.CharField("что произошло", max_length=10, choices=MembershipAction, blank=True)
    basis = models.CharField("основание", max_length=500, blank=True, validators=[plain_text])
    day_is_known = models.BooleanField("день известен", default=True)

    objects = MembershipQuerySet.as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "запись о членстве"
        verbose_name_plural = "записи о членстве"
        indexes = [models.Index(fields=["municipality", "-happened_on", "-id"], name="membership_latest")]
        constraints = [
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(condition=Q(happened_on__gte=EARLIEST), name="membership_not_before_2000"),
            models.CheckConstraint(
                condition=Q(voids__isnull=True, action__in=MembershipAction.values) & ~Q(basis="")
                | Q(voids__isnull=False, action="", basis=""),
                name="membership_is_a_change_with_basis_or_a_voiding",
            ),
            models.CheckConstraint(
                condition=Q(day_is_known=True) | Q(happened_on=EARLIEST), name="membership_without_day_is_of_old"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.day_in_words}"

    @property
    def name(self) -> str:
        """«Вступление в Союз»."""
        return str(self.get_action_display())

    @property
    def told(self) -> str:
        """The basis and the note."""
        return "\n".join(filter(None, [self.basis, self.text]))

    @property
    def day_in_words(self) -> str:
        """The day, or that nobody stated it."""
        return long_date(self.happened_on) if self.day_is_known else "день не указан"


@dataclass(frozen=True)
class Belonging:
    """Whether a municipality belongs to the Union, and since when the last change holds."""

    is_member: bool = False
    since: dt.date | None = None


def _refusal(belonging: Belonging, row: Membership) -> str | None:
    if row.action == MembershipAction.JOIN:
        return BELONGS if belonging.is_member else None
    return None if belonging.is_member else DOES_NOT_BELONG


def _after(belonging: Belonging, row: Membership) -> Belonging:
    return Belonging(row.action == MembershipAction.JOIN, row.happened_on)


MEMBERSHIP_RULES: Rules[Membership, Belonging] = Rules(Belonging(), _refusal, _after)
