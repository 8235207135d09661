"""Letters as different people see them, and what they wait for."""

import datetime as dt
from typing import Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.access import Visitor, has_permission
from accounts.roles import Permission
from resolutions.models.control import UNDER_CONTROL
from resolutions.models.correspondence import LEFT, NUMBERED, WAITING
from resolutions.models.release import Release
from resolutions.models.resolution import Resolution

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

    def shown_to_public(self) -> Self:
        """What everybody may read today: released letters, unless their text is being corrected before they leave."""
        is_fixed = Q(state__in=LEFT) | Q(issued_document__isnull=False, issued_document__withdrawal__isnull=True)
        return self.with_release().filter(is_fixed, is_released=True)

    def readable_by(self, user: Visitor) -> Self:
        """Whose page somebody may open: what the register shows to them, and what everybody may read."""
        if has_permission(user, Permission.READ_INTERNAL):
            return self
        shown = self.shown_to_public().values("pk")
        return self.filter(Q(pk__in=self.visible_to(user).values("pk")) | Q(pk__in=shown))

    def with_documents(self) -> Self:
        """With everything that a letter's page, steps and paper ask for."""
        return self.select_related("resolution", "point", "issued_document__withdrawal")

    def with_repetitions(self) -> Self:
        """Each with whether a repetition of it has left (`is_carried_on`)."""
        repetitions = self.model._default_manager.filter(repeats=OuterRef("pk"), state__in=LEFT).order_by()
        return self.annotate(is_carried_on=Exists(repetitions))

    def waiting(self) -> Self:
        """Letters that left and whose own answer is waited for until a day.

        A repetition that left waits itself, and a point that is off control waits for nothing.
        """
        waiting = self.with_repetitions().filter(state__in=WAITING, due_on__isnull=False, is_carried_on=False)
        return waiting.filter(Q(point=None) | Q(point__state__in=UNDER_CONTROL))

    def overdue(self, today: dt.date) -> Self:
        """Letters whose answer should have come before a day."""
        return self.waiting().filter(due_on__lt=today)
