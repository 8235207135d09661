"""What a municipality is called, and its ОКТМО: a dated ledger, which begins with the first change of either.

One that never changed has no rows: then its columns say what has been from the beginning. Together with the first
change a row is written that holds what was before, so that the ledger tells every day by itself. From then on the
columns are a cache of today's reading.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from revisions.days import EARLIEST, LATEST
from revisions.ledger import LedgerQuerySet, LedgerRow
from revisions.replay import Rules
from russian.templatetags.russian import long_date, quoted
from russian.text import plain_text

NAME_LENGTH = 150
BEGINNING = "Сведения портала до первого изменения"
SAME = "Ничего не меняется: на этот день название и код такие же."
NOTHING_BEFORE = "неизвестно, каковы были название и код раньше: внесите верную запись вместо отменяемой."
oktmo_digits = RegexValidator(r"\A[0-9]{8}([0-9]{3})?\Z", "Код ОКТМО состоит из 8 или 11 цифр.")


class RenamingQuerySet(LedgerQuerySet["Renaming"]):
    """Rows of names and codes; they come, and stay."""


def named_on(day: dt.date | None, *, known_on: dt.date | None = None) -> dict[str, Any]:
    """What annotates municipalities with `name_on_day` and `oktmo_on_day`: `naming_on` for a whole list, in its query.

    Args:
        day: a calendar day in Moscow; today's columns without it, which are a cache of the reading.
        known_on: only what was written down by the end of this day counts; who had no ledger by then is told by its
            beginning.
    """
    if day is None:
        return {"name_on_day": F("name"), "oktmo_on_day": F("oktmo")}
    return {
        f"{column}_on_day": Coalesce(
            _said(f"new_{column}", Renaming.objects.held_on(day, known_on=known_on)),
            _said(f"new_{column}", Renaming.objects.held_on(EARLIEST)),
            F(column),
        )
        for column in ("name", "oktmo")
    }


def _said(column: str, rows: RenamingQuerySet) -> Subquery:
    """The last of some rows that says a name, or a code."""
    return Subquery(rows.filter(municipality=OuterRef("pk")).exclude(**{column: ""}).values(column)[:1])


class Renaming(LedgerRow):
    """A municipality is called otherwise, or has another code, from a day on. What the row leaves empty stays."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="renamings",
        verbose_name="муниципальное образование",
    )
    new_name = models.CharField(
        "новое название", max_length=NAME_LENGTH, blank=True, validators=[plain_text], help_text="Пусто – прежнее."
    )
    new_oktmo = models.CharField(
        "новый код ОКТМО", max_length=11, blank=True, validators=[oktmo_digits], help_text="Пусто – прежний."
    )
    basis = models.CharField(
        "основание",
        max_length=500,
        blank=True,
        validators=[plain_text],
        help_text="Публикуется. Например: «Закон Костромской области от 12 марта 2026 г. № 3».",
    )

    objects = RenamingQuerySet.as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "запись о названии и коде"
        verbose_name_plural = "записи о названиях и кодах"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(happened_on__gte=EARLIEST, happened_on__lte=LATEST), name="renaming_within_a_century"
            ),
            models.CheckConstraint(
                condition=Q(voids__isnull=True) & ~Q(new_name="", new_oktmo="") & ~Q(basis="")
                | Q(voids__isnull=False, new_name="", new_oktmo="", basis=""),
                name="renaming_is_a_change_with_basis_or_a_voiding",
            ),
            models.CheckConstraint(
                condition=Q(new_oktmo="") | Q(new_oktmo__regex=r"^[0-9]{8}([0-9]{3})?$"),
                name="renaming_oktmo_8_or_11_digits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.day_in_words}"

    @property
    def is_beginning(self) -> bool:
        """Whether it says what was before the first change."""
        return self.happened_on == EARLIEST

    @property
    def name(self) -> str:
        """«Новое название»."""
        if self.is_beginning:
            return "Название и код до изменений"
        if self.new_name and self.new_oktmo:
            return "Новые название и код"
        return "Новое название" if self.new_name else "Новый код ОКТМО"

    @property
    def said(self) -> str:
        """The name and the code that it brings: «„Буй“, ОКТМО 34702000»."""
        name = quoted(self.new_name) if self.new_name else ""
        return ", ".join(filter(None, [name, f"ОКТМО {self.new_oktmo}" if self.new_oktmo else ""]))

    @property
    def told(self) -> str:
        """What it brings, the basis and the note."""
        return "\n".join(filter(None, [self.said, self.basis, self.text]))

    @property
    def day_in_words(self) -> str:
        """The day, or that it is of old."""
        return "с самого начала" if self.is_beginning else long_date(self.happened_on)


@dataclass(frozen=True)
class Naming:
    """What a municipality is called, and its code; both empty before the ledger begins."""

    name: str = ""
    oktmo: str = ""

    def with_row(self, row: Renaming) -> "Naming":
        """The same after a row."""
        return replace(self, name=row.new_name or self.name, oktmo=row.new_oktmo or self.oktmo)


def _refusal(naming: Naming, row: Renaming) -> str | None:
    return None if naming.oktmo or (row.new_name and row.new_oktmo) else f"На этот день {NOTHING_BEFORE}"


NAMING_RULES: Rules[Renaming, Naming] = Rules(
    Naming(),
    _refusal,
    after=Naming.with_row,
    needless=lambda naming, row: SAME if naming.with_row(row) == naming else None,
)


class Span(NamedTuple):
    """From when until when something held; `until` is the first day on which it did not, None while there is none."""

    value: str
    since: dt.date
    until: dt.date | None

    def outside(self, others: "Iterable[Span]") -> "list[Span]":
        """Its days on which none of the others says the same."""
        left = [self]
        for other in others:
            left = [piece for one in left for piece in one._around(other)]
        return left

    def _around(self, other: "Span") -> "list[Span]":
        """What is left of it before and after another span."""
        if self.meets(other) is None:
            return [self]
        before = [self._replace(until=other.since)] if self.since < other.since else []
        if other.until is None or (self.until is not None and self.until <= other.until):
            return before
        return [*before, self._replace(since=other.until)]

    def meets(self, other: "Span") -> dt.date | None:
        """The first day on which both say the same; None when they never do."""
        first = max(self.since, other.since)
        ends = [one.until for one in (self, other) if one.until is not None]
        return first if self.value == other.value and all(first < end for end in ends) else None
