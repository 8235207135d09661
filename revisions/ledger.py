"""Ledgers: dated rows that are written once and hold what they change, read as of a day and as known on a day.

A row has two days: the one it holds for, and the one on which it was written down. A reading (D, K) folds the rows that
hold by the end of D and were written down by the end of K, in the order of day; within a day a row may be placed before
another, otherwise the order of writing decides. A wrong row is voided by a later one that says why.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet
from revisions.days import end_of
from russian.templatetags.russian import long_date
from russian.text import plain_text

# A row has the rank of the row it stands for, or its own. It stands in the slot of the row it was placed before, or in
# its own; those that were placed there come first.
_RANK = Coalesce("stands_for_id", "pk")
_SLOT = Coalesce("placed_before_id", "stands_for_id", "pk")
_PLACED = F("placed_before_id")
IN_ORDER = (F("happened_on").asc(), _SLOT.asc(), _PLACED.asc(nulls_last=True), _RANK.asc(), F("pk").asc())
LATEST_FIRST = (F("happened_on").desc(), _SLOT.desc(), _PLACED.desc(nulls_first=True), _RANK.desc(), F("pk").desc())

_LAST = 2**63  # the key of a row that is not stored yet: it comes last


def recorded_now() -> dt.datetime:
    """The moment of writing down, by the portal's clock."""
    return timezone.now()


RowT = TypeVar("RowT", bound="LedgerRow", covariant=True)


class LedgerQuerySet(AppendOnlyQuerySet[RowT]):
    """Rows of a ledger."""

    def known_on(self, day: dt.date | None) -> Self:
        """What was written down by the end of a day, voidings and voided rows too.

        Args:
            day: a calendar day in Moscow; None for everything that was written down since.
        """
        return self if day is None else self.filter(recorded_at__lt=end_of(day))

    def in_force(self, *, known_on: dt.date | None = None) -> Self:
        """The rows that count: without voidings, and without what they void.

        Args:
            known_on: only what was written down by the end of this day counts, voidings too.
        """
        stored: LedgerQuerySet[Any] = LedgerQuerySet(self.model)
        voidings = stored.known_on(known_on).filter(voids=OuterRef("pk")).order_by()
        return self.known_on(known_on).filter(~Exists(voidings), voids=None)

    def held_on(self, day: dt.date, *, known_on: dt.date | None = None) -> Self:
        """The reading of a day: rows in force that hold by its end, the one that counts first coming first.

        Args:
            day: a calendar day in Moscow.
            known_on: only what was written down by the end of this day counts.
        """
        return self.in_force(known_on=known_on).filter(happened_on__lte=day).order_by(*LATEST_FIRST)

    def to_show(self) -> Self:
        """For a page of history: all rows but voidings, which are told beside what they void, the latest first."""
        return self.filter(voids=None).select_related("voided_by").order_by(*LATEST_FIRST)


class LedgerRow(AppendOnlyModel):
    """One row: what somebody says to hold from a day on. Append-only; a wrong one is voided by another row.

    A field that is left out stays as it was; taking something back is a value of its own.
    """

    happened_on = models.DateField("когда")
    text = models.TextField("примечание", blank=True, validators=[plain_text])
    recorded_at = models.DateTimeField("записано", default=recorded_now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="кто записал",
    )
    actor_name = models.CharField("кто записал (имя на тот момент)", max_length=150, editable=False)
    on_behalf_of = models.CharField("за кого", max_length=250, blank=True, editable=False, validators=[plain_text])
    behalf_ground = models.CharField(
        "на каком основании", max_length=250, blank=True, editable=False, validators=[plain_text]
    )
    voids = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="voided_by",
        verbose_name="отменяет запись",
    )
    placed_before = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="в тот же день раньше, чем",
    )

    stands_for = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="в тот же день на месте отменённой",
    )

    actor_id: int | None
    voids_id: int | None
    placed_before_id: int | None
    stands_for_id: int | None

    class Meta:
        abstract = True
        ordering = LATEST_FIRST
        constraints = [
            models.CheckConstraint(condition=~Q(actor_name=""), name="%(class)s_by_somebody"),
            models.CheckConstraint(
                condition=Q(on_behalf_of="", behalf_ground="") | (~Q(on_behalf_of="") & ~Q(behalf_ground="")),
                name="%(class)s_on_behalf_with_ground",
            ),
            models.CheckConstraint(
                condition=Q(voids__isnull=True)
                | (~Q(text="") & Q(placed_before__isnull=True) & Q(stands_for__isnull=True)),
                name="%(class)s_voiding_says_why",
            ),
        ]

    @property
    def name(self) -> str:
        """What the row is called in a sentence: «Доложено об исполнении»."""
        raise NotImplementedError  # pragma: no cover - each ledger has names of its own

    @property
    def told(self) -> str:
        """What the row says in words, for whoever may read all of it."""
        return self.text

    @property
    def day_in_words(self) -> str:
        """The day that it holds for."""
        return long_date(self.happened_on)

    @property
    def behalf_told(self) -> str:
        """«За кого: Кострома. Основание: письмо № 7»; empty for a step of one's own."""
        return f"За кого: {self.on_behalf_of}. Основание: {self.behalf_ground}" if self.on_behalf_of else ""

    @property
    def is_voiding(self) -> bool:
        """Whether all that the row does is to void another one."""
        return self.voids_id is not None

    @property
    def voiding(self) -> Self | None:
        """The row that voids this one; None while it stands."""
        voiding: Self | None = getattr(self, "voided_by", None)
        return voiding

    @property
    def order(self) -> tuple[dt.date, int, bool, int, int]:
        """What rows in Python are sorted by, as `IN_ORDER` sorts them in the database."""
        key = self.pk or _LAST
        rank = self.stands_for_id or key
        return self.happened_on, self.placed_before_id or rank, self.placed_before_id is None, rank, key

    def take_place_of(self, wrong: Self) -> None:
        """Stand where a voided row of the same day stood; a row of another day stands by its own day."""
        if self.happened_on == wrong.happened_on:
            self.placed_before, self.stands_for = wrong.placed_before, wrong.stands_for or wrong

    @property
    def slot_id(self) -> int:
        """What a row names that is placed before this one: the first row that stood here."""
        return self.stands_for_id or self.pk

    @classmethod
    def voiding_of(cls, row: Self, *, reason: str, by: Any, **owner: Any) -> Self:
        """A row that is not stored yet, and voids another one from the day that this one holds for.

        Args:
            row: the wrong one.
            reason: why it is wrong, in Russian.
            by: who says so; the name is kept as it is now.
            **owner: whose ledger it is.
        """
        return cls(voids=row, happened_on=row.happened_on, text=reason, actor=by, actor_name=str(by)[:150], **owner)


def placing_refusal(day: dt.date, before: LedgerRow | None) -> str | None:
    """Why a new row of a day cannot be placed before another row, in Russian; None when it can, or is placed nowhere.

    A row that was placed itself has no slot of its own, so that nothing is placed before it.
    """
    if before is None or (before.happened_on == day and before.placed_before_id is None):
        return None
    return "Поставить запись можно только раньше другой записи того же дня."


AnyRowT = TypeVar("AnyRowT", bound=LedgerRow)


def in_force(rows: Iterable[AnyRowT], day: dt.date | None = None, *, known_on: dt.date | None = None) -> list[AnyRowT]:
    """`LedgerQuerySet.held_on` of rows that were read already, in their order.

    Args:
        rows: all rows of one ledger, voidings too, in any order.
        day: only rows that hold by the end of this day; of any day without it.
        known_on: only what was written down by the end of this day counts, voidings too.
    """
    known = [one for one in rows if known_on is None or timezone.localdate(one.recorded_at) <= known_on]
    voided = {one.voids_id for one in known if one.voids_id is not None}
    held = (one for one in known if one.voids_id is None and (one.pk is None or one.pk not in voided))
    return sorted((one for one in held if day is None or one.happened_on <= day), key=lambda one: one.order)
