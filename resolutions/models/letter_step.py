"""What was done about a letter: the dated ledger from which the register can be read as of any day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from municipalities.models import ImportState
from resolutions.deadlines import TermUnit, last_day
from resolutions.models.correspondence import ENDS, LETTER_STEPS, Channel, LetterAction, LetterState
from resolutions.models.past_import import PastImport
from resolutions.models.steps import StepRefused
from resolutions.uploads import Upload
from revisions.days import EARLIEST
from revisions.ledger import LedgerQuerySet, LedgerRow, placing_refusal
from revisions.replay import Rules

SAME_DEADLINE = "Это прежний срок: укажите другой день."

# What happened with the number or with the issued paper is not a wrong record: it has a step of its own.
NOT_VOIDED: dict[str, str] = {
    LetterAction.REGISTER: "Регистрацию не отменяют: номер остаётся за письмом. Аннулируйте письмо.",
    LetterAction.SIGN: "Подпись не отменяют: отзовите выпущенный документ.",
}


class LetterStepQuerySet(LedgerQuerySet["LetterStep"]):
    """Steps of letters."""

    def loaded(self) -> Self:
        """Those that a workbook of earlier years brought: whatever a load writes carries its moment."""
        loads = PastImport.objects.filter(state=ImportState.APPLIED)
        return self.filter(recorded_at__in=loads.values("decided_at"))


class LetterStep(LedgerRow):
    """One step: what was done, on which day, by whom, and what it changes about the letter."""

    letter = models.ForeignKey("resolutions.Letter", on_delete=models.PROTECT, related_name="steps")
    action = models.CharField("шаг", max_length=20, choices=LetterAction, blank=True)
    due_on = models.DateField("новый срок ответа", null=True)
    lifts_due = models.BooleanField("срок снят", default=False)
    channel = models.CharField("способ отправки", max_length=20, choices=Channel, blank=True)

    objects = LetterStepQuerySet.as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "шаг письма"
        verbose_name_plural = "шаги писем"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(voids__isnull=True, action__in=LetterAction.values)
                | Q(voids__isnull=False, action="", due_on__isnull=True, lifts_due=False, channel=""),
                name="letter_step_is_a_step_or_a_voiding",
            ),
            models.CheckConstraint(
                condition=Q(lifts_due=False) | Q(due_on__isnull=True), name="letter_step_sets_or_lifts_deadline"
            ),
            models.CheckConstraint(
                condition=~Q(action=LetterAction.SEND) | Q(channel__in=Channel.values), name="letter_sent_by_a_channel"
            ),
        ]
        # SQLite takes the index of `voids` for the better one without it, and reads all steps for each letter.
        indexes = [models.Index(fields=["letter", "action", "voids"], name="letter_step_of_letter")]

    def __str__(self) -> str:
        return f"{self.name}, {self.happened_on:%d.%m.%Y}"

    @property
    def name(self) -> str:
        """«Отправлено»."""
        return str(self.get_action_display())

    def attach(self, files: Sequence[Upload], *, by: User) -> None:
        """Keep what proves it."""
        for upload in files:
            self.files.create(**upload.facts(), added_by_name=str(by))


@dataclass(frozen=True)
class LetterStanding:
    """Where a letter stands on its way, and until when it asks for its answer."""

    state: LetterState = LetterState.DRAFT
    due_on: dt.date | None = None


def _refusal(standing: LetterStanding, step: LetterStep) -> str | None:
    return LETTER_STEPS[LetterAction(step.action)].replay_refusal(standing.state, ENDS)


def _needless(standing: LetterStanding, step: LetterStep) -> str | None:
    is_same = step.due_on in (None, standing.due_on) and not step.lifts_due
    return SAME_DEADLINE if step.action == LetterAction.EXTEND and is_same else None


def _after(standing: LetterStanding, step: LetterStep) -> LetterStanding:
    state = LETTER_STEPS[LetterAction(step.action)].after or standing.state
    return LetterStanding(state, step.due_on if step.due_on or step.lifts_due else standing.due_on)


LETTER_RULES: Rules[LetterStep, LetterStanding] = Rules(LetterStanding(), _refusal, _after, _needless)


@dataclass(frozen=True)
class NewStep:
    """A step of a letter that is to be written down. Fields as of `Letter.take_step`."""

    action: LetterAction
    happened_on: dt.date
    text: str = ""
    channel: str = ""
    due_on: dt.date | None = None
    lifts_due: bool = False
    files: Sequence[Upload] = ()
    before: LetterStep | None = None

    def as_row(self, *, reply_days: int | None, by: User, **owner: Any) -> LetterStep:
        """A row that is not stored yet, with what the step changes and nothing else.

        Args:
            reply_days: for how many days the letter's answer is waited for once it is sent.
            by: who takes the step.
            **owner: the letter.

        Raises:
            StepRefused: the day is impossible.
        """
        day, due_on = self.happened_on, None
        if day > timezone.localdate():
            raise StepRefused("Эта дата ещё не наступила.")
        if day < EARLIEST:
            raise StepRefused("Укажите дату не раньше 1 января 2000 г.")
        if refusal := placing_refusal(day, self.before):
            raise StepRefused(refusal)
        if self.action == LetterAction.SEND and reply_days:
            due_on = last_day(day, reply_days, TermUnit.CALENDAR)
        elif self.action == LetterAction.EXTEND:
            due_on = self.due_on
        return LetterStep(
            action=self.action,
            happened_on=day,
            text=self.text,
            channel=self.channel,
            due_on=due_on,
            lifts_due=self.lifts_due and self.action == LetterAction.EXTEND,
            placed_before_id=self.before.slot_id if self.before else None,
            actor=by,
            actor_name=str(by),
            **owner,
        )
