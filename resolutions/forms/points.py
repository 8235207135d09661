"""The form of a step of a point: what it asks follows from the table of steps."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.functional import cached_property

from resolutions.deadlines import TermUnit, last_day, read_term, term_in_words
from resolutions.editor import TidyCharField
from resolutions.execution.results import proposed_today
from resolutions.forms.fields import TOO_LATE, FilesField, date_input, not_too_late, offer_placing
from resolutions.models import (
    POINT_STEPS,
    DecisionPoint,
    Instruction,
    NamedResult,
    NewEntry,
    PointAction,
    PointResult,
    ProgressEntry,
)
from resolutions.models.progress import POINT_RULES, PointStanding, ProgressQuerySet, typed_text
from resolutions.models.results import NAMED, NAMING
from revisions.days import LATEST
from russian.text import paragraphs, plain_text

LONGEST_TERM = 1000
SET_OR_LIFTED = "Укажите что-то одно: новый срок или то, что срок снят."
WHY_LIFTED = "Напишите, почему срок снят."
OTHER_THAN_PROPOSED = "Портал предлагает по ответам другой результат: напишите, почему назван этот."
NEEDS_REASON = "Портал ничего не предлагает: напишите, почему назван этот результат."


class PointStepForm(forms.Form):
    """What was done about a point, when, and what proves it; for an instruction also who answers and by when."""

    responsible = TidyCharField(label="Ответственный", max_length=250, help_text="Должность или орган. Публикуется")
    controller = TidyCharField(
        label="Контролирует",
        max_length=250,
        required=False,
        help_text="Должность или орган. Публикуется",
    )
    due_on = forms.DateField(label="Срок: день", required=False, widget=date_input(), validators=[not_too_late])
    term_days = forms.IntegerField(
        label="Или число дней",
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_TERM)],
        help_text="Вместо дня",
    )
    term_unit = forms.ChoiceField(label="Каких дней", choices=TermUnit.choices)
    lifts_due = forms.BooleanField(label="Срок снят: пункт контролируется без срока", required=False)
    warn_days = forms.IntegerField(
        label="Предупреждать, дней до срока", validators=[MinValueValidator(0), MaxValueValidator(365)]
    )
    text = forms.CharField(
        max_length=5000, widget=forms.Textarea({"rows": 4}), validators=[plain_text], help_text="Публикуется"
    )
    result = forms.ChoiceField(label="Результат", choices=[("", "выберите"), *((one, one.label) for one in NAMED)])
    result_reason = forms.CharField(
        label="Почему назван этот результат",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
        validators=[plain_text],
        help_text="Обязательно, если результат не тот, который предлагает портал. Публикуется",
    )
    happened_on = forms.DateField(label="Когда", widget=date_input())
    attachments = FilesField()
    version = forms.IntegerField(widget=forms.HiddenInput)
    instruction: Instruction | None = None
    named: NamedResult | None = None

    def __init__(
        self,
        point: DecisionPoint,
        action: PointAction,
        data: Any = None,
        files: Any = None,
        *,
        text: str = "",
        prefix: str | None = None,
    ) -> None:
        self.point, self.action = point, action
        super().__init__(data, files, prefix=prefix, initial={"text": text} | self._said())
        self.fields["text"].label = POINT_STEPS[action].asks
        self.fields["text"].required = action != PointAction.INSTRUCT
        for name in self._unasked():
            del self.fields[name]
        offer_placing(self, self._neighbours())
        if "result" in self.fields:
            self.fields["result"].help_text = self._proposal()
        if "term_days" in self.fields:
            self.fields["term_days"].help_text = f"Вместо дня; считаются с {self._term_start:%d.%m.%Y}"

    @property
    def stood(self) -> PointStanding | DecisionPoint:
        """How the card stands where the step goes."""
        return self.point

    def _said(self) -> dict[str, Any]:
        """What the fields hold when the form is opened."""
        return {
            "version": self.point.version,
            "happened_on": timezone.localdate(),
            "responsible": self.stood.responsible,
            "controller": self.stood.controller,
            "warn_days": self.stood.warn_days,
            "result": self.proposed if self.stood.result == PointResult.UNNAMED else self.stood.result,
            "result_reason": self.stood.result_reason,
        }

    @cached_property
    def proposed(self) -> PointResult | None:
        """What the answers propose today."""
        return proposed_today(self.point) if self.action in NAMING else None

    def _proposal(self) -> str:
        """What the portal proposes, for whoever names the result."""
        if not self.point.of_kind.is_answered:
            return ""
        if self.proposed is None:
            return "По ответам портал пока ничего не предлагает."
        return f"По ответам портал предлагает: {self.proposed.label.lower()}."

    def _neighbours(self) -> ProgressQuerySet:
        """The entries that the step may be placed before."""
        return self.point.progress.all()

    def _unasked(self) -> set[str]:
        """The fields that this step has no use for."""
        people, deadline = {"responsible", "controller", "warn_days"}, {"due_on", "term_days", "term_unit"}
        result = {"result", "result_reason"}
        if self.action == PointAction.EXTEND:
            return people | result
        if self.action == PointAction.INSTRUCT:
            return result if self._asks_deadline() else deadline | result
        return people | deadline | {"lifts_due"} | (result - self._asked_of_result())

    def _asked_of_result(self) -> set[str]:
        """The fields about the result. Where no answers speak of it, the text of the step is its reason."""
        if self.action not in NAMING:
            return set()
        return {"result", "result_reason"} if self.point.of_kind.is_answered else {"result"}

    def _asks_deadline(self) -> bool:
        """Whether an instruction may name one: a deadline that stands is changed with a reason."""
        return self.stood.due_on is None

    @property
    def _term_start(self) -> dt.date:
        """The day a term is counted from: the deadline that is put off, or the day of the decision."""
        decided_on = self.point.resolution.adopted_on or timezone.localdate()
        return self.stood.due_on or decided_on

    def clean_text(self) -> str:
        """Paragraphs without stray spaces."""
        return "\n".join(paragraphs(self.cleaned_data["text"]))

    def clean_result_reason(self) -> str:
        """Paragraphs without stray spaces."""
        return "\n".join(paragraphs(self.cleaned_data["result_reason"]))

    def clean(self) -> dict[str, Any]:
        """Make one deadline of a day or a term, an instruction of what belongs to it, and a result of its reason."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.action in NAMING and not self.errors:
            self.named = NamedResult(PointResult(data["result"]), data.get("result_reason", ""))
            if self._needs_reason(data["happened_on"]):
                self.add_error("result_reason", NEEDS_REASON if self.proposed is None else OTHER_THAN_PROPOSED)
        if self.action in (PointAction.INSTRUCT, PointAction.EXTEND) and not self.errors:
            due_on, term = self._deadline(data)
            self.instruction = Instruction(
                responsible=data.get("responsible", ""),
                controller=data.get("controller", ""),
                due_on=due_on,
                term=term,
                warn_days=data.get("warn_days", self.stood.warn_days),
                lifts_due=data["lifts_due"],
            )
        return data

    def _needs_reason(self, day: dt.date) -> bool:
        """Whether the result must be given a reason: it is not what the answers propose.

        That is judged when it is typed. A step of an earlier day may come before the letters that it rests on are
        typed: where the answers say less in the end, the result is read as not supported.
        """
        if self.named is None or self.named.reason or "result_reason" not in self.fields:
            return False
        return day == timezone.localdate() and self.named.result != self.proposed

    def _deadline(self, data: dict[str, Any]) -> tuple[dt.date | None, str]:
        due_on, days, start = data.get("due_on"), data.get("term_days"), self._term_start
        if data["lifts_due"]:
            if due_on or days:
                raise ValidationError({"lifts_due": SET_OR_LIFTED})
            if not data["text"]:
                raise ValidationError({"text": WHY_LIFTED})
            return None, ""
        if due_on and days:
            raise ValidationError({"term_days": "Укажите что-то одно: день или число дней."})
        if days:
            return _counted(start, days, data["term_unit"])
        if due_on is None and self.action == PointAction.EXTEND:
            raise ValidationError({"due_on": "Укажите новый срок."})
        decided_on = self.point.resolution.adopted_on
        if due_on and decided_on and due_on < decided_on:
            raise ValidationError({"due_on": "Срок не может быть раньше даты решения."})
        return due_on, ""

    def step(self) -> dict[str, Any]:
        """What `DecisionPoint.take_step` takes, of a valid form."""
        data = self.cleaned_data
        taken = {name: data[name] for name in ("text", "happened_on", "version")}
        return taken | {
            "files": data["attachments"],
            "instruction": self.instruction,
            "before": data.get("before"),
            "named": self.named,
        }


def _counted(start: dt.date, days: int, unit: str) -> tuple[dt.date, str]:
    """The last day of a term, and the term in words."""
    end = last_day(start, days, unit)
    if end > LATEST:
        raise ValidationError({"term_days": TOO_LATE})
    return end, term_in_words(start, days, unit)


class RightEntryForm(PointStepForm):
    """The right entry instead of a wrong one: the same step, filled with what the wrong one said.

    Args:
        wrong: the entry that is voided, with its point.
        data, files, prefix: as of every form.
    """

    def __init__(self, wrong: ProgressEntry, data: Any = None, files: Any = None, prefix: str | None = None) -> None:
        self.wrong, self.rows = wrong, list(wrong.point.progress.all())
        self._before = POINT_RULES.moment_of(wrong, self.rows).before
        super().__init__(wrong.point, PointAction(wrong.action), data, files, prefix=prefix)

    @property
    def stood(self) -> PointStanding:
        """How the card stands before the wrong entry, not today."""
        return self._before

    def _said(self) -> dict[str, Any]:
        wrong = self.wrong
        said = {"happened_on": wrong.happened_on, "text": typed_text(wrong, self.rows), "lifts_due": wrong.lifts_due}
        said |= {"responsible": wrong.responsible, "controller": wrong.controller, "warn_days": wrong.warn_days}
        said |= {"result": wrong.result, "result_reason": wrong.result_reason}
        if term := read_term(self._term_start, wrong.term):
            return said | {"term_days": term[0], "term_unit": term[1]}
        return said | {"due_on": wrong.due_on}

    def _neighbours(self) -> ProgressQuerySet:
        """Those of other days: on the same day the right entry takes the place of the wrong one."""
        return super()._neighbours().exclude(happened_on=self.wrong.happened_on)

    def _asks_deadline(self) -> bool:
        return super()._asks_deadline() or self.wrong.due_on is not None

    def new_entry(self) -> NewEntry:
        """What `DecisionPoint.void` takes as the replacement, of a valid form."""
        data = self.cleaned_data
        said = (data["happened_on"], data["text"], self.instruction, data["attachments"], data.get("before"))
        return NewEntry(self.action, *said, named=self.named)
