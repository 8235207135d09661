"""Letters as different people see them, and what they wait for."""

import datetime as dt
from typing import Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.access import Visitor, has_permission
from accounts.roles import Permission
from resolutions.models.control import UNDER_CONTROL
from resolutions.models.correspondence import LEFT, NUMBERED, WAITING
from resolutions.models.resolution import Resolution

LetterT = TypeVar("LetterT", bound=models.Model, covariant=True)


class LetterQueries(models.QuerySet[LetterT]):
    """What is asked of letters."""

    def visible_to(self, user: Visitor) -> Self:
        """Staff see all; municipal users, what was registered under a decision they may read; strangers, none."""
        if has_permission(user, Permission.READ_INTERNAL):
            return self
        if has_permission(user, Permission.READ_CORRESPONDENCE):
            return self.filter(resolution__in=Resolution.objects.visible_to(user), state__in=NUMBERED)
        return self.none()

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
