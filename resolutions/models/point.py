"""A point of a decision: what was decided, who answers for it, and the one method that moves it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from resolutions.deadlines import WARN_DAYS, Urgency, urgency_of
from resolutions.kinds import POINT_KINDS, PointKind, point_kind_choices
from resolutions.models.control import UNDER_CONTROL, PointAction, PointState, point_step_refusal
from resolutions.models.progress import NO_DEADLINE, POINT_RULES, PointStanding, ProgressEntry, in_words
from resolutions.models.resolution import Resolution, ResolutionStatus
from resolutions.models.results import IMPLIED, NAMED, NAMING, PointResult
from resolutions.models.steps import StepRefused
from resolutions.text import KEY_LENGTH, PointText, new_key
from resolutions.uploads import Upload
from revisions.ledger import placing_refusal
from revisions.models import VersionedModel
from revisions.replay import void_refusal
from russian.text import plain_text

UNDER_DRAFT = "Решение ещё не принято: исполнять пока нечего."


@dataclass(frozen=True)
class Instruction:
    """Who answers for a point, and by when.

    Attributes:
        responsible: position or body that carries it out.
        controller: position or body that controls it.
        due_on: last day; None leaves the deadline as it is.
        term: how the deadline was counted, in words; empty for a date.
        warn_days: from how many days before the deadline on the portal warns.
        lifts_due: the deadline is taken back: «срок снят».
    """

    responsible: str
    controller: str
    due_on: dt.date | None = None
    term: str = ""
    warn_days: int = WARN_DAYS
    lifts_due: bool = False


@dataclass(frozen=True)
class NamedResult:
    """What somebody says came of a point.

    Attributes:
        result: one that can be named.
        reason: why; empty where it is what the answers propose.
    """

    result: PointResult
    reason: str = ""


@dataclass(frozen=True)
class NewEntry:
    """A step of a point that is to be written down. Fields as of `DecisionPoint.take_step`."""

    action: PointAction
    happened_on: dt.date
    text: str = ""
    instruction: Instruction | None = None
    files: Sequence[Upload] = ()
    before: ProgressEntry | None = None
    named: NamedResult | None = None


class DecisionPoint(VersionedModel):
    """A numbered point; its text is the decision's. Everything else about it changes through `take_step` alone."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="points")
    key = models.CharField("ключ", max_length=KEY_LENGTH, default=new_key, editable=False)
    number = models.PositiveIntegerField("номер")
    kind = models.CharField("вид", max_length=20, choices=point_kind_choices)
    text = models.TextField("текст", validators=[plain_text])
    state = models.CharField("состояние", max_length=20, choices=PointState, default=PointState.PLANNED, editable=False)
    responsible = models.CharField("ответственный", max_length=250, blank=True, editable=False, validators=[plain_text])
    controller = models.CharField("контролирует", max_length=250, blank=True, editable=False, validators=[plain_text])
    due_on = models.DateField("срок", null=True, editable=False)
    term = models.CharField("как определён срок", max_length=100, blank=True, editable=False)
    warn_days = models.PositiveSmallIntegerField(
        "предупреждать за дней", default=WARN_DAYS, editable=False, validators=[MaxValueValidator(365)]
    )
    result = models.CharField(
        "результат", max_length=20, choices=PointResult, default=PointResult.UNNAMED, editable=False
    )
    result_on = models.DateField("результат назван", null=True, editable=False)
    result_reason = models.TextField("почему назван этот результат", blank=True, editable=False)

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
            models.UniqueConstraint(fields=["resolution", "key"], name="point_key_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="point_number_from_one"),
            models.CheckConstraint(condition=~Q(key=""), name="point_has_key"),
            models.CheckConstraint(condition=Q(kind__in=list(POINT_KINDS)), name="point_kind_known"),
            models.CheckConstraint(condition=Q(state__in=PointState.values), name="point_state_known"),
            models.CheckConstraint(condition=Q(warn_days__lte=365), name="point_warns_within_a_year"),
            models.CheckConstraint(condition=Q(term="") | Q(due_on__isnull=False), name="point_term_comes_with_day"),
            models.CheckConstraint(
                condition=Q(result=PointResult.UNNAMED, result_on__isnull=True, result_reason="")
                | Q(result__in=NAMED, result_on__isnull=False),
                name="point_result_comes_with_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Пункт {self.number}"

    @property
    def badge(self) -> PointState:
        """Its state, which says how it looks."""
        return PointState(self.state)

    def get_absolute_url(self) -> str:
        """The control card of the point."""
        return reverse("point", args=[self.resolution.slug, self.number])

    @property
    def of_kind(self) -> PointKind:
        """What the portal knows of its kind."""
        return POINT_KINDS[self.kind]

    def as_text(self) -> PointText:
        """The point with its sub-points as it stands on the paper; prefetch `subpoints` when there are many."""
        subpoints = tuple(one.as_text() for one in self.subpoints.all())
        return PointText(self.number, self.kind, self.text, subpoints, self.key)

    @property
    def whole_text(self) -> str:
        """The text of the point and, each on a line of its own with its number, of its sub-points."""
        return self.as_text().whole

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
            return UNDER_DRAFT
        refusal = point_step_refusal(action, self.state)
        if refusal is None and action == PointAction.EXTEND and self.due_on is None:
            return NO_DEADLINE
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
        before: ProgressEntry | None = None,
        named: NamedResult | None = None,
    ) -> ProgressEntry:
        """Do something about the point. Nothing but this and `void` changes its state, deadline or who answers for it.

        Args:
            action: what.
            text: what was done, or why; published. May be empty for an instruction, which speaks for itself.
            happened_on: the day, in Moscow; not in the future, not before the decision. It may lie before steps that
                were written down earlier, as long as all of them stay possible.
            version: the version of the point that was shown.
            by: who does it; the name is kept as it is now.
            instruction: who answers for the point and by when; the new deadline of `EXTEND`.
            files: what proves it.
            before: an entry of the same day that this one came before; without it, it came after all of them.
            named: of `REPORT`, `CLOSE` and `RESULT`: what came of the point.

        Returns:
            The stored entry of the progress.

        Raises:
            EditConflict: somebody did something about the point meanwhile.
            StepRefused: the step is impossible on its day, a later one would become impossible, or nothing changes.
        """
        current = type(self).locked(self.pk, version)
        new = NewEntry(action, happened_on, text, instruction, files, before, named)
        entry = current._entry_of(new, by=by)
        current._write([entry])
        entry.attach(files, by=by)
        return entry

    @transaction.atomic
    def void(
        self, row: ProgressEntry, *, reason: str, version: int, by: User, replacement: NewEntry | None = None
    ) -> ProgressEntry:
        """Say that an entry of the progress is wrong; what it changed is as if it had never been written.

        Args:
            row: the wrong entry, of this point.
            reason: why it is wrong.
            version: the version of the point that was shown.
            by: who says so.
            replacement: the right entry, written together; on the same day it takes the place of the wrong one.

        Returns:
            The stored voiding.

        Raises:
            EditConflict: somebody did something about the point meanwhile.
            StepRefused: the entry is voided already, or a later one would become impossible.
        """
        current = type(self).locked(self.pk, version)
        wrong = current.progress.select_related("voided_by").get(pk=row.pk)
        if refusal := void_refusal(wrong):
            raise StepRefused(refusal)
        voiding = ProgressEntry.voiding_of(wrong, reason=reason, by=by, point=current)
        entries = [voiding]
        if replacement:
            entries.append(current._entry_of(replacement, by=by))
            entries[-1].take_place_of(wrong)
        current._write(entries)
        if replacement:
            entries[-1].attach(replacement.files, by=by)
        return voiding

    def _write(self, new: Sequence[ProgressEntry]) -> None:
        """Store entries that belong together, and the card as it stands with them.

        Raises:
            StepRefused: the progress would not be legal.
        """
        if self.resolution.status == ResolutionStatus.DRAFT:
            raise StepRefused(UNDER_DRAFT)
        stored = list(self.progress.all())
        refusal = POINT_RULES.replay(stored, new)
        if refusal:
            raise StepRefused(refusal)
        for moment in POINT_RULES.walk([*stored, *new]):
            if not moment.row.text:
                moment.row.text = in_words(moment.row, moment.after)
        for entry in new:
            entry.save()
        for name, value in asdict(POINT_RULES.fold([*stored, *new], timezone.localdate())).items():
            setattr(self, name, value)
        self.save()

    def standing(self) -> PointStanding:
        """What the progress says of the card today. One query; the columns of the point keep the same."""
        return POINT_RULES.fold(self.progress.all(), timezone.localdate())

    def kept(self) -> PointStanding:
        """The same as the columns of the point keep it. Asks nothing."""
        facts = {field.name: getattr(self, field.name) for field in fields(PointStanding)}
        return PointStanding(**facts | {"state": PointState(self.state), "result": PointResult(self.result)})

    def _entry_of(self, new: NewEntry, *, by: User) -> ProgressEntry:
        """An entry that is not stored yet, with what its step changes and nothing else.

        Raises:
            StepRefused: the day is impossible.
        """
        if refusal := self._day_refusal(new.happened_on) or placing_refusal(new.happened_on, new.before):
            raise StepRefused(refusal)
        facts = {"action": new.action, "happened_on": new.happened_on, "text": new.text}
        facts |= {"placed_before_id": new.before.slot_id if new.before else None}
        said = new.instruction
        if said and new.action in (PointAction.INSTRUCT, PointAction.EXTEND):
            facts |= {"due_on": said.due_on, "term": said.term if said.due_on else "", "lifts_due": said.lifts_due}
        if said and new.action == PointAction.INSTRUCT:
            facts |= {"responsible": said.responsible, "controller": said.controller, "warn_days": said.warn_days}
            facts["lifts_controller"] = not said.controller
        facts |= _result_of(new)
        return ProgressEntry(point=self, actor=by, actor_name=str(by), **facts)

    def _day_refusal(self, day: dt.date) -> str | None:
        decided_on = self.resolution.adopted_on
        if day > timezone.localdate():
            return "Дата исполнения не может быть в будущем."
        if decided_on and day < decided_on:
            return "Дата исполнения не может быть раньше даты решения."
        return None


def _result_of(new: NewEntry) -> dict[str, str]:
    """What a step says of the result.

    Raises:
        StepRefused: it should name one, and does not.
    """
    if new.action in IMPLIED:
        return {"result": IMPLIED[new.action]}
    if new.action not in NAMING:
        return {}
    if new.named is None or new.named.result not in NAMED:
        raise StepRefused("Назовите результат.")
    return {"result": new.named.result, "result_reason": new.named.reason}
