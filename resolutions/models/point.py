"""A point of a decision and how it is carried out."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from resolutions.models.resolution import Resolution, ResolutionStatus, StepRefused
from resolutions.text import PointKind, PointText
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet
from revisions.models import VersionedModel
from russian.text import plain_text

if TYPE_CHECKING:
    from resolutions.models.letter import Letter


class PointState(models.TextChoices):
    """How far a point has been carried out."""

    PLANNED = "planned", "Не начато"
    IN_PROGRESS = "in_progress", "В работе"
    REPORTED = "reported", "Исполнено, ждёт снятия с контроля"
    CLOSED = "closed", "Снято с контроля"


# state -> states that may follow
NEXT_STATES = {
    PointState.PLANNED: (PointState.IN_PROGRESS,),
    PointState.IN_PROGRESS: (PointState.REPORTED,),
    PointState.REPORTED: (PointState.CLOSED, PointState.IN_PROGRESS),
    PointState.CLOSED: (PointState.IN_PROGRESS,),
}


class DecisionPoint(VersionedModel):
    """A numbered point; its text is the decision's, its state moves through `record_progress`."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveIntegerField("номер")
    kind = models.CharField("вид", max_length=20, choices=PointKind)
    text = models.TextField("текст", validators=[plain_text])
    state = models.CharField("состояние", max_length=20, choices=PointState, default=PointState.PLANNED, editable=False)

    # Whose experience a recommendation names; the seed sets it, the text's editor keeps it.
    experience_of = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="чей опыт использовать",
    )

    letters: "models.Manager[Letter]"
    progress: "models.Manager[ProgressEntry]"

    class Meta:
        verbose_name = "пункт решения"
        verbose_name_plural = "пункты решения"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "number"], name="point_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="point_number_from_one"),
            models.CheckConstraint(condition=Q(kind__in=PointKind.values), name="point_kind_known"),
            models.CheckConstraint(condition=Q(state__in=PointState.values), name="point_state_known"),
        ]

    def __str__(self) -> str:
        return f"Пункт {self.number}"

    def get_absolute_url(self) -> str:
        """The control card of the point."""
        return reverse("point", args=[self.resolution.slug, self.number])

    def as_text(self) -> PointText:
        """The point as it stands on the paper."""
        return PointText(self.number, self.kind, self.text)

    def remove(self) -> None:
        """Take the point out of a draft.

        Raises:
            StepRefused: something rests on the point already.
        """
        if self.letters.exists():
            raise StepRefused(f"К пункту {self.number} относится письмо: удалить пункт нельзя.")
        if self.progress.exists():
            raise StepRefused(f"По пункту {self.number} уже записан ход исполнения: удалить пункт нельзя.")
        self.delete()

    @property
    def next_states(self) -> tuple[PointState, ...]:
        """States that may follow the present one."""
        return NEXT_STATES[PointState(self.state)]

    @transaction.atomic
    def record_progress(
        self, *, text: str, happened_on: dt.date, state: str, version: int, by: User
    ) -> "ProgressEntry":
        """Add a dated entry to the point's progress and, with it, move its state.

        Args:
            text: what was done.
            happened_on: the day it was done, in Moscow; not in the future, not before the decision.
            state: the state after it; the present one when nothing moves.
            version: the version of the point that was shown.
            by: who records it.

        Returns:
            The stored entry.

        Raises:
            EditConflict: somebody recorded something meanwhile.
            StepRefused: the decision is a draft, the state may not follow, or the day is impossible.
        """
        current = type(self).locked(self.pk, version)
        before = PointState(current.state)
        decided_on = current.resolution.adopted_on
        if current.resolution.status == ResolutionStatus.DRAFT or decided_on is None:
            raise StepRefused("Решение ещё не принято: исполнять пока нечего.")
        if happened_on > timezone.localdate():
            raise StepRefused("Дата исполнения не может быть в будущем.")
        if happened_on < decided_on:
            raise StepRefused("Дата исполнения не может быть раньше даты решения.")
        if state != before and state not in NEXT_STATES[before]:
            raise StepRefused(f"Из состояния «{before.label}» перейти в выбранное нельзя.")
        current.state = state
        current.save(update_fields=["state", "version"])
        return current.progress.create(
            happened_on=happened_on, text=text, state_before=before, state_after=state, author=by, author_name=str(by)
        )


class ProgressQuerySet(AppendOnlyQuerySet["ProgressEntry"]):
    """Entries of progress."""


class ProgressEntry(AppendOnlyModel):
    """What was done about a point, on which day, by whose record. Append-only."""

    point = models.ForeignKey(DecisionPoint, on_delete=models.PROTECT, related_name="progress")
    happened_on = models.DateField("когда сделано")
    text = models.TextField("что сделано", validators=[plain_text])
    state_before = models.CharField("состояние до", max_length=20, choices=PointState)
    state_after = models.CharField("состояние после", max_length=20, choices=PointState)
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    author_name = models.CharField("кто записал", max_length=150)
    recorded_at = models.DateTimeField("записано", auto_now_add=True)

    objects: ClassVar[ProgressQuerySet] = ProgressQuerySet.as_manager()  # type: ignore[assignment]  # a manager of it

    class Meta:
        verbose_name = "запись об исполнении"
        verbose_name_plural = "ход исполнения"
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state_before__in=PointState.values, state_after__in=PointState.values),
                name="progress_states_known",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="progress_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.text[:60]}"
