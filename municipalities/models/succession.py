"""Which municipality came of which: a dated ledger of mergers. Facts stay with the predecessors."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from revisions.days import EARLIEST, LATEST
from revisions.ledger import LedgerQuerySet, LedgerRow
from revisions.models import VersionedModel
from revisions.replay import Rules
from russian.text import plain_text

NAMED_TWICE = "Этот предшественник уже назван."


class SuccessionQuerySet(LedgerQuerySet["Succession"]):
    """Rows of successions; they come, and stay."""

    def with_names(self) -> "SuccessionQuerySet":
        """With both municipalities, in one query."""
        return self.select_related("successor", "predecessor")


class Succession(LedgerRow):
    """A municipality merges into another one on a day. A merger is a row for each predecessor, written at one moment.

    Attributes:
        leaving: the predecessor's leaving of the Union that was written with it; None where it was no member.
        joining: the successor's joining that was written with it; the same for all predecessors.
    """

    successor = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="predecessions",
        verbose_name="правопреемник",
    )
    predecessor = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="successions",
        verbose_name="предшественник",
    )
    basis = models.CharField("основание", max_length=500, blank=True, validators=[plain_text])
    leaving = models.ForeignKey(
        "municipalities.Membership", on_delete=models.PROTECT, null=True, editable=False, related_name="ended_by"
    )
    joining = models.ForeignKey(
        "municipalities.Membership", on_delete=models.PROTECT, null=True, editable=False, related_name="begun_by"
    )

    objects = SuccessionQuerySet.as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "запись о правопреемстве"
        verbose_name_plural = "записи о правопреемстве"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(happened_on__gte=EARLIEST, happened_on__lte=LATEST), name="succession_within_a_century"
            ),
            models.CheckConstraint(condition=~Q(successor=F("predecessor")), name="succession_of_another"),
            models.CheckConstraint(
                condition=Q(voids__isnull=True) & ~Q(basis="")
                | Q(voids__isnull=False, basis="", leaving__isnull=True, joining__isnull=True),
                name="succession_has_a_basis_or_is_a_voiding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}, {self.day_in_words}"

    @property
    def merger(self) -> "SuccessionQuerySet":
        """The rows in force that were written together: one for each predecessor. One query."""
        return Succession.objects.in_force().filter(successor=self.successor_id, recorded_at=self.recorded_at)

    @property
    def name(self) -> str:
        """«Объединение муниципальных образований»."""
        return "Объединение муниципальных образований"

    @property
    def told(self) -> str:
        """Who came of whom, the basis and the note."""
        return "\n".join(filter(None, [f"{self.predecessor} → {self.successor}", self.basis, self.text]))


@dataclass(frozen=True)
class Predecessors:
    """Of whom a municipality came."""

    keys: frozenset[int] = frozenset()


SUCCESSION_RULES: Rules[Succession, Predecessors] = Rules(
    Predecessors(),
    refusal=lambda before, row: NAMED_TWICE if row.predecessor_id in before.keys else None,
    after=lambda before, row: Predecessors(before.keys | {row.predecessor_id}),
)


class Succeeding(VersionedModel):
    """What may come of others, and become part of another."""

    predecessions: models.Manager[Succession]
    successions: models.Manager[Succession]

    class Meta:
        abstract = True

    @property
    def came_of(self) -> "SuccessionQuerySet":
        """The rows in force that name its predecessors, of days to come too. One query."""
        rows = Succession.objects.in_force().filter(successor=self.pk).with_names()
        return rows.order_by("happened_on", "predecessor__name")

    @property
    def succession(self) -> Succession | None:
        """The row in force that names its successor, of a day to come too; None while it has none. One query."""
        return Succession.objects.in_force().filter(predecessor=self.pk).with_names().first()


def merged_by(day: dt.date) -> models.QuerySet[Succession, Any]:
    """The keys of those that are part of another at the end of a day: for a subquery, which nobody need order."""
    return Succession.objects.held_on(day).order_by().values_list("predecessor", flat=True)


def merged_by_today() -> models.QuerySet[Succession, Any]:
    """The keys of those that have become part of another."""
    return merged_by(timezone.localdate())
