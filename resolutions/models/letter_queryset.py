"""Letters as different people see them, and what they wait for."""

import datetime as dt
from collections.abc import Collection
from typing import Self, TypeVar

from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone

from accounts.access import Visitor, has_permission
from accounts.roles import Permission
from resolutions.models.ask import Ask, CarriedAsk
from resolutions.models.control import UNDER_CONTROL
from resolutions.models.correspondence import LEFT, NUMBERED
from resolutions.models.incoming import Outcome
from resolutions.models.release import Release
from resolutions.models.resolution import Resolution

# Of letters with their release, those that everybody may read: unless their text is being corrected before they leave.
_IS_FIXED = Q(state__in=LEFT) | Q(issued_document__isnull=False, issued_document__withdrawal__isnull=True)
_SHOWN = Q(_IS_FIXED, is_released=True)


def _with(asks: Collection[int]) -> Q:
    """The letters that bore or carry asks."""
    born, carried = Ask.objects.filter(pk__in=asks).order_by(), CarriedAsk.objects.filter(ask__in=asks).order_by()
    return Q(pk__in=born.values("letter")) | Q(pk__in=carried.values("letter"))


LetterT = TypeVar("LetterT", bound=models.Model, covariant=True)


class LetterQueries(models.QuerySet[LetterT]):
    """What is asked of letters."""

    def visible_to(self, user: Visitor) -> Self:
        """The register: staff see all; municipal users, what was registered under a decision they may read; strangers,
        none. What everybody may read is no part of it.
        """
        if has_permission(user, Permission.READ_INTERNAL):
            return self
        if has_permission(user, Permission.READ_CORRESPONDENCE):
            return self.filter(resolution__in=Resolution.objects.visible_to(user), state__in=NUMBERED)
        return self.none()

    def with_release(self, day: dt.date | None = None, *, known_on: dt.date | None = None) -> Self:
        """Each with whether it was released (`is_released`) at the end of a day, today without one.

        Args:
            day: a calendar day in Moscow.
            known_on: only what was written down by the end of this day counts.
        """
        held = Release.objects.whether("letter", day or timezone.localdate(), known_on=known_on)
        return self.annotate(is_released=held)

    def readable_by(self, user: Visitor) -> Self:
        """Whose page somebody may open: what the register shows to them, and what everybody may read."""
        if has_permission(user, Permission.READ_INTERNAL):
            return self
        return self.with_release().filter(Q(pk__in=self.visible_to(user).values("pk")) | _SHOWN)

    def with_documents(self) -> Self:
        """With everything that a letter's page, steps and paper ask for."""
        return self.select_related("resolution", "point", "issued_document__withdrawal")

    def with_asks(self) -> Self:
        """With their ways, the asks that they bore, and what was said of those, and releases: six queries."""
        said = Outcome.objects.select_related(
            "forwarded_to__municipality",
            "entry__correspondent__municipality",
            "entry__letter",
            "entry__voided_by",
            "entry__stands_for",
            "entry__placed_before",
        )
        return self.select_related("correspondent__municipality", "issued_document__withdrawal").prefetch_related(
            "steps__carried", "releases", Prefetch("asks__outcomes", queryset=said)
        )

    def about(self, asks: Collection[int]) -> Self:
        """All letters of the points that asks, given by their keys, are about, and those that bore or carry them."""
        # Three lists of keys: joins would multiply the letters of a point by each other, 300 of them by 300.
        born = Ask.objects.filter(pk__in=asks).order_by()
        points = born.filter(letter__point__isnull=False).values("letter__point")
        return self.filter(_with(asks) | Q(point__in=points))

    def carrying(self, asks: Collection[int]) -> Self:
        """The letters that bore or carry asks, given by their keys: all that happened to these."""
        return self.filter(_with(asks))

    def awaited(self) -> Self:
        """Letters by which an answer is waited for: a point that is off control waits for nothing."""
        return self.filter(Q(point=None) | Q(point__state__in=UNDER_CONTROL), is_awaited=True)

    def overdue(self, today: dt.date) -> Self:
        """Letters with an ask that should have been answered before a day, and before its point was taken up again."""
        taken_up_since = Q(point__watched_anew_on__gte=today)
        return self.awaited().filter(awaited_until__lt=today).exclude(taken_up_since)
