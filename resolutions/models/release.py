"""Обнародование: whether the public may read something. A dated fact that can be taken back."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import BooleanField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from revisions.ledger import LedgerQuerySet, LedgerRow
from revisions.replay import Rules

RELEASED = "Обнародовано и так."
NOT_RELEASED = "Прекратить можно только обнародование, которое действует."


class ReleaseQuerySet(LedgerQuerySet["Release"]):
    """Releases, and where they were taken back."""

    def whether(self, owner: str, day: dt.date, *, known_on: dt.date | None = None) -> Any:
        """Whether something is released, for an annotation of a query of such things.

        Args:
            owner: the name of the field that names the thing: «letter».
            day: at the end of which, in Moscow.
            known_on: only what was written down by the end of this day counts.
        """
        held = self.held_on(day, known_on=known_on).filter(**{owner: OuterRef("pk")}).values("is_released")
        return Coalesce(Subquery(held[:1]), False, output_field=BooleanField())


class Release(LedgerRow):
    """From a day on the public may read something, or may no more. `text` says on what ground, for staff."""

    letter = models.ForeignKey(
        "resolutions.Letter", on_delete=models.PROTECT, null=True, related_name="releases", verbose_name="письмо"
    )
    is_released = models.BooleanField("обнародовано", null=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "запись об обнародовании"
        verbose_name_plural = "записи об обнародовании"
        indexes = [models.Index(fields=["letter", "-happened_on", "-id"], name="release_of_letter_latest")]
        constraints = [
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(voids__isnull=True, is_released__isnull=False)
                | Q(voids__isnull=False, is_released__isnull=True),
                name="release_is_a_release_or_a_voiding",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="release_says_why"),
            models.CheckConstraint(condition=Q(letter__isnull=False), name="release_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.happened_on:%d.%m.%Y}"

    @property
    def name(self) -> str:
        """«Обнародовано»."""
        return "Обнародовано" if self.is_released else "Обнародование прекращено"


@dataclass(frozen=True)
class Publicity:
    """Whether the public may read something, and since when that holds."""

    is_released: bool = False
    since: dt.date | None = None


def _refusal(publicity: Publicity, row: Release) -> str | None:
    if row.is_released == publicity.is_released:
        return RELEASED if row.is_released else NOT_RELEASED
    return None


def _after(publicity: Publicity, row: Release) -> Publicity:
    return Publicity(bool(row.is_released), row.happened_on)


RELEASE_RULES: Rules[Release, Publicity] = Rules(Publicity(), _refusal, _after)
