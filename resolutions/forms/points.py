"""The form of a step of a point: what it asks follows from the table of steps."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.acting import Behalf
from resolutions.acting import Actor
from resolutions.execution.results import proposed_today
from resolutions.forms.asked import ASKED, CONCERNS, DEADLINE, SPEAK_FOR_THEMSELVES, WRITTEN
from resolutions.forms.deadline import deadline_of
from resolutions.forms.fields import day_of, offer_placing
from resolutions.forms.measures import measure_of
from resolutions.forms.parties import code_of, parties_of, party_choices
from resolutions.forms.step_fields import StepFields
from resolutions.models import (
    POINT_STEPS,
    DecisionPoint,
    Instruction,
    Measure,
    NamedResult,
    NewEntry,
    Party,
    PointAction,
    PointResult,
    ProgressEntry,
    Side,
    StepRefused,
    Told,
)
from resolutions.models.control import PointStep
from resolutions.models.new_entry import DUE_BEFORE_STEP, day_refusal
from resolutions.models.party import party_at_first
from resolutions.models.point_standing import (
    POINT_RULES,
    PointStanding,
    party_on,
)
from resolutions.models.progress import ProgressQuerySet
from resolutions.models.results import NAMING
from russian.templatetags.russian import long_date
from russian.text import paragraphs

OTHER_THAN_PROPOSED = "Портал предлагает по ответам другой результат: напишите, почему назван этот."
NEEDS_REASON = "Портал ничего не предлагает: напишите, почему назван этот результат."
DUE_STANDS = "В этот день срок уже был установлен: напишите, почему он меняется."
DUE_NOT_YET = "В этот день срока ещё не было: назовите его или оставьте поле пустым и отправьте форму снова."


class PointStepForm(StepFields):
    """What was done about a point, when, and what proves it; whatever else a step asks, as `ASKED` says.

    Args:
        point: the point.
        action: the step.
        data, files, prefix: as of every form.
        actor: who takes it.
        text: what it proposes to say.
    """

    instruction: Instruction | None = None
    named: NamedResult | None = None
    measure: Measure | None = None
    behalf: Behalf | None = None

    def __init__(
        self,
        point: DecisionPoint,
        action: PointAction,
        data: Any = None,
        files: Any = None,
        *,
        actor: Actor,
        text: str = "",
        prefix: str | None = None,
    ) -> None:
        self.point, self.action, self.actor = point, action, actor
        super().__init__(data, files, prefix=prefix, initial={"text": text} | self._said())
        self.fields["text"].label = self.step.asks
        self.fields["text"].required = action not in SPEAK_FOR_THEMSELVES
        asked = self._asked()
        for name in [one for one in self.fields if one not in asked]:
            del self.fields[name]
        offer_placing(self, self._neighbours())
        self._explain()

    def _explain(self) -> None:
        """Say beside the fields what depends on the point."""
        if "responsible" in self.fields:
            offered = party_choices(*self._parties())
            for name in ("responsible", "controller"):
                self.fields[name].choices = offered  # type: ignore[attr-defined]  # a `PartyField`
        if "measured_owner" in self.fields:
            self.fields["measured_owner"].keep(self.initial.get("measured_owner"))  # type: ignore[attr-defined]
        if "result" in self.fields:
            self.fields["result"].help_text = self._proposal()
        if "term_days" in self.fields:
            self.fields["term_days"].help_text = f"Вместо дня; считаются с {self._term_start:%d.%m.%Y}"
        if "behalf_ground" in self.fields:
            whose = self.point.party(self.step.side)
            self.fields["behalf_ground"].help_text = (
                f"Этот шаг делает {whose}; секретариат вносит его за другого: «по устному поручению», «протокол № 5». "
                "Публикуется"
            )

    def _parties(self) -> tuple[Party | None, Party | None]:
        """The parties that the form opens with."""
        return self.point.responsible, self.point.controller

    @property
    def step(self) -> PointStep:
        """What the table of steps says of it."""
        return POINT_STEPS[self.action]

    @property
    def stood(self) -> PointStanding | DecisionPoint:
        """How the card stands where the step goes."""
        return self.point

    def _said(self) -> dict[str, Any]:
        """What the fields hold when the form is opened."""
        stood, point = self.stood, self.point
        said = {
            "version": point.version,
            "happened_on": timezone.localdate(),
            "due_on": stood.asked_due_on,
            "warn_days": stood.warn_days,
            "result": self.proposed if stood.result == PointResult.UNNAMED else stood.result,
            "result_reason": stood.result_reason,
        }
        for side in (Side.RESPONSIBLE, Side.CONTROLLER):
            party = point.party(side)
            said |= {side.field: code_of(party), f"{side.field}_name": party.name}
        measure = point.measure
        return said | {
            "measures": measure.codes,
            "measured_owner": measure.owner_id,
            "measured_question": measure.question_id,
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

    @cached_property
    def rows(self) -> list[ProgressEntry]:
        """All entries of the point. One query."""
        return list(self.point.progress.select_related("responsible__municipality", "controller__municipality"))

    def _neighbours(self) -> ProgressQuerySet:
        """The entries that the step may be placed before."""
        return self.point.progress.all()

    def _asked(self) -> set[str]:
        """The fields that this step has a use for."""
        asked = {"text", "happened_on", "attachments", "version"} | ASKED.get(self.action, set())
        if self.action == PointAction.INSTRUCT and (self._asks_deadline() or self._names_deadline()):
            asked |= DEADLINE
        if self.action in NAMING:  # where no answers speak of the result, the text of the step is its reason
            asked |= {"result", "result_reason"} if self.point.of_kind.is_answered else {"result"}
        return asked | ({"behalf_ground"} if self._asks_ground() else set())

    def _asks_deadline(self) -> bool:
        """Whether an instruction may name one: a deadline that stands on its day is changed with a reason."""
        day = day_of(self)
        if day is None or day >= timezone.localdate():
            return self.stood.due_on is None
        return POINT_RULES.fold(self.rows, day).due_on is None

    def _names_deadline(self) -> bool:
        """Whether one was typed, so that it is not lost where none is asked for."""
        return any(self.data.get(self.add_prefix(name)) for name in ("due_on", "term_days"))

    def _asks_ground(self) -> bool:
        """Whether the secretariat might take the step for somebody else, on some day."""
        side = self.step.side
        if side is Side.SECRETARIAT or not self.actor.is_secretariat:
            return False
        parties = [party_at_first(side), *(getattr(row, side.field) for row in self.rows)]
        return not all(self.actor.is_secretariats(party) for party in parties if party)

    @property
    def _term_start(self) -> dt.date:
        """The day a term is counted from: the deadline that is put off, or the day of the decision."""
        decided_on = self.point.resolution.adopted_on or timezone.localdate()
        return self.stood.due_on or decided_on

    def clean_happened_on(self) -> dt.date:
        """A day that can be at all: nothing else is measured by one that cannot."""
        day: dt.date = self.cleaned_data["happened_on"]
        if refusal := day_refusal(day, self.point.resolution.adopted_on):
            raise ValidationError(refusal)
        return day

    def clean_text(self) -> str:
        """Paragraphs without stray spaces."""
        return "\n".join(paragraphs(self.cleaned_data["text"]))

    def clean(self) -> dict[str, Any]:
        """Make a result, a measure, an instruction of what belongs to it; see for whom the step is taken."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self._speak_for(data["happened_on"], data.get("behalf_ground", ""))
        if "happened_on" not in data or (self.errors and not self._lacks_ground()):
            return data
        if self.action in NAMING:
            self.named = NamedResult(PointResult(data["result"]), data.get("result_reason", ""))
            if self._needs_reason(data["happened_on"]):
                self.add_error("result_reason", NEEDS_REASON if self.proposed is None else OTHER_THAN_PROPOSED)
        if self.action == PointAction.MEASURE:
            self.measure = measure_of(data)
        if self.action == PointAction.REQUEST and data["asked_due_on"] < data["happened_on"]:
            raise ValidationError({"asked_due_on": DUE_BEFORE_STEP})
        if self.action in (PointAction.INSTRUCT, PointAction.EXTEND):
            self.instruction = self._instruction(data)
        return data

    def _lacks_ground(self) -> bool:
        """Whether nothing is wrong but that the ground is missing: the rest is judged all the same."""
        return set(self.errors) == {"behalf_ground"}

    def _instruction(self, data: dict[str, Any]) -> Instruction:
        """Who answers, and by when."""
        if self.action == PointAction.EXTEND:
            due_on, term = deadline_of(data, start=self._term_start, is_needed=True)
            return Instruction(due_on=due_on, term=term, lifts_due=data["lifts_due"])
        if "due_on" in self.fields and not data["lifts_due"]:
            self._judge_deadline(data["text"])
        due_on, term = deadline_of(data, start=self._term_start, is_needed=False)
        parties = parties_of(self, data["happened_on"], kept=self._parties())
        told = Instruction(*parties, due_on=due_on, term=term, warn_days=data["warn_days"], lifts_due=data["lifts_due"])
        if told.refusal:
            raise ValidationError({"controller": told.refusal})
        return told

    def _judge_deadline(self, reason: str) -> None:
        """See whether an instruction of another day than was expected may name a deadline, or should."""
        was_shown = self.stood.due_on is None or self.add_prefix("due_on") in self.data
        if not self._asks_deadline():
            if not reason:
                raise ValidationError({"text": DUE_STANDS})
        elif not was_shown:
            raise ValidationError({"due_on": DUE_NOT_YET})

    def _speak_for(self, day: dt.date, ground: str) -> None:
        """See whose step it is on its day; the secretariat takes it on behalf of others, with its ground."""
        side = self.step.side
        if side is Side.SECRETARIAT:
            return
        party = party_on(self.rows, side, day)
        if self.actor.is_party(party, day):
            self.behalf = self.actor.stands_in_for(party, day)
            return
        if not self.actor.is_secretariat:
            others = f"{long_date(day)} этот шаг мог сделать только {side.told}: {party}."
            self.add_error("happened_on", self.actor.day_refusal(party, day) or others)
        elif not ground:
            self.add_error("behalf_ground", f"Напишите, на каком основании шаг вносится за другого: {party}.")
        else:
            self.behalf = Behalf(str(party)[:250], ground)

    def _needs_reason(self, day: dt.date) -> bool:
        """Whether the result must be given a reason: it is not what the answers propose.

        That is judged when it is typed. A step of an earlier day may come before the letters that it rests on are
        typed: where the answers say less in the end, the result is read as not supported.
        """
        if self.named is None or self.named.reason or "result_reason" not in self.fields:
            return False
        return day == timezone.localdate() and self.named.result != self.proposed

    def typed(self) -> list[tuple[str, str]]:
        """What somebody wrote, label by label, for whoever is to copy it: dates and choices are quickly made again."""
        said = {name: self.data.get(self.add_prefix(name)) for name in WRITTEN if name in self.fields}
        return [(str(self.fields[name].label), str(text)) for name, text in said.items() if text]

    def refuse(self, refusal: StepRefused) -> None:
        """Say why the step is not possible beside the field that has to do with it: the day, unless it is another."""
        name = next((one for one in CONCERNS.get(refusal.why, ()) if one in self.fields), "happened_on")
        self.add_error(name, str(refusal))

    def new_entry(self) -> NewEntry:
        """What `DecisionPoint.take_step` takes, of a valid form."""
        data = self.cleaned_data
        told = Told(data.get("obstacles", ""), data.get("next_step", ""), data.get("asked_due_on"))
        return NewEntry(
            self.action,
            data["happened_on"],
            data["text"],
            self.instruction,
            data["attachments"],
            data.get("before"),
            self.named,
            told=told,
            measure=self.measure,
            behalf=self.behalf,
        )
