"""What was done about a point: the dated ledger from which the card can be read as of any day."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from resolutions.models.control import PointAction, PointState
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet
from russian.text import plain_text


class ProgressQuerySet(AppendOnlyQuerySet["ProgressEntry"]):
    """Entries of progress."""


class ProgressEntry(AppendOnlyModel):
    """One step: what was done, on which day, by whose record, and how the card stood after it. Append-only."""

    point = models.ForeignKey("resolutions.DecisionPoint", on_delete=models.PROTECT, related_name="progress")
    action = models.CharField("шаг", max_length=20, choices=PointAction)
    happened_on = models.DateField("когда сделано")
    text = models.TextField("что сделано", validators=[plain_text])
    state_before = models.CharField("состояние до", max_length=20, choices=PointState)
    state_after = models.CharField("состояние после", max_length=20, choices=PointState)
    due_before = models.DateField("срок до", null=True)
    due_on = models.DateField("срок после", null=True)
    responsible = models.CharField("ответственный после", max_length=250, blank=True)
    controller = models.CharField("контролирует после", max_length=250, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    author_name = models.CharField("кто записал", max_length=150)
    recorded_at = models.DateTimeField("записано", auto_now_add=True)

    objects = ProgressQuerySet.as_manager()

    class Meta:
        verbose_name = "запись об исполнении"
        verbose_name_plural = "ход исполнения"
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state_before__in=PointState.values, state_after__in=PointState.values),
                name="progress_states_known",
            ),
            models.CheckConstraint(condition=Q(action__in=PointAction.values), name="progress_action_known"),
            models.CheckConstraint(condition=~Q(text=""), name="progress_says_something"),
            models.CheckConstraint(condition=~Q(author_name=""), name="progress_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.text[:60]}"

    @property
    def moves_deadline(self) -> bool:
        """Whether the deadline is another one after this entry."""
        return self.due_before != self.due_on
