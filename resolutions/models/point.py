"""A point of a decision: what was decided, who answers for it, and the one method that moves it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from resolutions.deadlines import WARN_DAYS, Urgency, urgency_of
from resolutions.models.control import POINT_STEPS, UNDER_CONTROL, PointAction, PointState, point_step_refusal
from resolutions.models.progress import ProgressEntry
from resolutions.models.resolution import Resolution, ResolutionStatus
from resolutions.models.steps import StepRefused
from resolutions.text import PointKind, PointText
from resolutions.uploads import Upload
from revisions.models import VersionedModel
from russian.templatetags.russian import long_date
from russian.text import plain_text


@dataclass(frozen=True)
class Instruction:
    """Who answers for a point, and by when.

    Attributes:
        responsible: position or body that carries it out.
        controller: position or body that controls it.
        due_on: last day; None leaves the deadline as it is.
        term: how the deadline was counted, in words; empty for a date.
        warn_days: from how many days before the deadline on the portal warns.
    """

    responsible: str
    controller: str
    due_on: dt.date | None = None
    term: str = ""
    warn_days: int = WARN_DAYS


class DecisionPoint(VersionedModel):
    """A numbered point; its text is the decision's. Everything else about it changes through `take_step` alone."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveIntegerField("номер")
    kind = models.CharField("вид", max_length=20, choices=PointKind)
    text = models.TextField("текст", validators=[plain_text])
    state = models.CharField("состояние", max_length=20, choices=PointState, default=PointState.PLANNED, editable=False)
    responsible = models.CharField("ответственный", max_length=250, blank=True, editable=False, validators=[plain_text])
    controller = models.CharField("контролирует", max_length=250, blank=True, editable=False, validators=[plain_text])
    due_on = models.DateField("срок", null=True, editable=False)
    term = models.CharField("как определён срок", max_length=100, blank=True, editable=False)
    warn_days = models.PositiveSmallIntegerField(
        "предупреждать за дней", default=WARN_DAYS, editable=False, validators=[MaxValueValidator(365)]
    )

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

    class Meta:
        verbose_name = "пункт решения"
        verbose_name_plural = "пункты решения"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "number"], name="point_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="point_number_from_one"),
            models.CheckConstraint(condition=Q(kind__in=PointKind.values), name="point_kind_known"),
            models.CheckConstraint(condition=Q(state__in=PointState.values), name="point_state_known"),
            models.CheckConstraint(condition=Q(warn_days__lte=365), name="point_warns_within_a_year"),
            models.CheckConstraint(condition=Q(term="") | Q(due_on__isnull=False), name="point_term_comes_with_day"),
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
    def is_under_control(self) -> bool:
        """Whether somebody still has to see to it."""
        return self.state in UNDER_CONTROL

    @property
    def urgency(self) -> Urgency:
        """How near the deadline is today; a point that is off control has none."""
        due_on = self.due_on if self.is_under_control else None
        return urgency_of(due_on, timezone.localdate(), self.warn_days)

    def step_refusal(self, action: PointAction) -> str | None:
        """Why a step is not open now, whoever asks, in Russian; None when it is."""
        if self.resolution.status == ResolutionStatus.DRAFT:
            return "Решение ещё не принято: исполнять пока нечего."
        refusal = point_step_refusal(action, self.state)
        if refusal is None and action == PointAction.EXTEND and self.due_on is None:
            return "Срок ещё не установлен: его назначает поручение."
        return refusal

    @transaction.atomic
    def take_step(
        self,
        action: PointAction,
        *,
        text: str,
        happened_on: dt.date,
        version: int,
        by: User,
        instruction: Instruction | None = None,
        files: Sequence[Upload] = (),
    ) -> ProgressEntry:
        """Do something about the point. Nothing else changes its state, its deadline or who answers for it.

        Args:
            action: what.
            text: what was done, or why; published. May be empty for an instruction, which speaks for itself.
            happened_on: the day, in Moscow; not in the future, not before the decision. A step that changes something
                is not dated before the last such step, so that the card can be read as of any day.
            version: the version of the point that was shown.
            by: who does it; the name is kept as it is now.
            instruction: who answers for the point and by when; the new deadline of `EXTEND`.
            files: what proves it.

        Returns:
            The stored entry of the progress.

        Raises:
            EditConflict: somebody did something about the point meanwhile.
            StepRefused: the step is not open, the day is impossible, or nothing would change.
        """
        current = type(self).locked(self.pk, version)
        refusal = current.step_refusal(action) or current._day_refusal(action, happened_on)
        if refusal:
            raise StepRefused(refusal)
        state_before, due_before = current.state, current.due_on
        current._apply(action, instruction)
        current.save()
        facts = {"action": action, "happened_on": happened_on, "text": text or current._instruction_in_words()}
        facts |= {"state_before": state_before, "due_before": due_before}
        return current._write_down(facts, by=by, files=files)

    def _write_down(self, facts: dict[str, Any], *, by: User, files: Sequence[Upload]) -> ProgressEntry:
        """Store the step that led to the card as it stands now, with what proves it."""
        entry = self.progress.create(
            **facts,
            state_after=self.state,
            due_on=self.due_on,
            responsible=self.responsible,
            controller=self.controller,
            author=by,
            author_name=str(by),
        )
        for upload in files:
            entry.files.create(**upload.facts(), added_by_name=str(by))
        return entry

    def _day_refusal(self, action: PointAction, day: dt.date) -> str | None:
        decided_on = self.resolution.adopted_on
        if day > timezone.localdate():
            return "Дата исполнения не может быть в будущем."
        if decided_on and day < decided_on:
            return "Дата исполнения не может быть раньше даты решения."
        last = self.progress.exclude(action=PointAction.NOTE).first()
        if action != PointAction.NOTE and last and day < last.happened_on:
            return (
                f"Предыдущий шаг ({last.get_action_display().lower()}) датирован {long_date(last.happened_on)} "
                "Укажите тот же или более поздний день."
            )
        return None

    def _apply(self, action: PointAction, instruction: Instruction | None) -> None:
        """Change what the step changes.

        Raises:
            StepRefused: nothing would change.
        """
        self.state = POINT_STEPS[action].after or self.state
        if instruction is None:
            return
        if action == PointAction.EXTEND and instruction.due_on in (None, self.due_on):
            raise StepRefused("Это прежний срок: укажите другой день.")
        if instruction.due_on:
            self.due_on, self.term = instruction.due_on, instruction.term
        if action == PointAction.INSTRUCT:
            self.responsible, self.controller = instruction.responsible, instruction.controller
            self.warn_days = instruction.warn_days

    def _instruction_in_words(self) -> str:
        parts = [f"Ответственный: {self.responsible}"] if self.responsible else []
        parts += [f"контролирует: {self.controller}"] if self.controller else []
        parts += [f"срок: {long_date(self.due_on)}"] if self.due_on else []
        words = "; ".join(parts)
        return words if words.endswith(".") else f"{words}."
