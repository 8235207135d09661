"""A step of a point that is to be written down: what the form says, and the row that it becomes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.acting import Behalf
from accounts.models import User
from resolutions.deadlines import WARN_DAYS
from resolutions.models.control import PointAction
from resolutions.models.incoming import IncomingLetter
from resolutions.models.measures import Measure
from resolutions.models.party import Party
from resolutions.models.progress import ProgressEntry
from resolutions.models.results import IMPLIED, NAMED, NAMING, PointResult
from resolutions.models.steps import StepRefused
from resolutions.uploads import Upload
from revisions.ledger import placing_refusal

WHICH_DAY = "Укажите, какой срок нужен."
NAME_RESULT = "Назовите результат."
DUE_BEFORE_STEP = "Срок не может быть раньше дня самого шага."
CORRECT_FIRST = (
    "Меняется, кто отвечает за пункт или до какого дня, поэтому более поздние шаги внесите следом: отмените здесь "
    "неверные записи, исправьте поручение или срок, а верные шаги после него запишите как новые."
)
SPEAK_FOR_NOBODY = (PointAction.NOTE, PointAction.MEASURE, PointAction.RESULT, PointAction.CANCEL, PointAction.REOPEN)
SAME_PARTY = "Кто исполняет пункт, тот его не контролирует: выберите другого контролирующего."


@dataclass(frozen=True)
class Instruction:
    """Who answers for a point, and by when.

    Attributes:
        responsible: who carries it out; None leaves that as it is.
        controller: who controls it; None likewise.
        due_on: last day; None leaves the deadline as it is.
        term: how the deadline was counted, in words; empty for a date.
        warn_days: from how many days before the deadline on the portal warns.
        lifts_due: the deadline is taken back: «срок снят».
    """

    responsible: Party | None = None
    controller: Party | None = None
    due_on: dt.date | None = None
    term: str = ""
    warn_days: int = WARN_DAYS
    lifts_due: bool = False

    @property
    def refusal(self) -> str | None:
        """Why it is impossible, in Russian: who carries a point out does not control it."""
        one, other = self.responsible, self.controller
        return SAME_PARTY if one and other and one.identity == other.identity else None


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
class Told:
    """What a report or a request says besides what was done.

    Attributes:
        obstacles, next_step: of a report: what is in the way, what comes next; may be empty.
        asked_due_on: of a request: the deadline that is asked for.
    """

    obstacles: str = ""
    next_step: str = ""
    asked_due_on: dt.date | None = None


@dataclass(frozen=True)
class NewEntry:
    """A step of a point that is to be written down.

    Attributes:
        action: what.
        happened_on: the day, in Moscow; not in the future, not before the decision. It may lie before steps that were
            written down earlier, as long as all of them stay possible.
        text: what was done, or why; published. May be empty for an instruction, which speaks for itself.
        instruction: who answers for the point and by when; the new deadline of `EXTEND`.
        files: what proves it.
        before: an entry of the same day that this one came before; without it, it came after all of them.
        named: of `REPORT`, `CLOSE` and `RESULT`: what came of the point.
        incoming: of `NOTE`: the letter that came about the point; it is voided with that.
        told: what a report or a request says besides.
        measure: of `MEASURE`: by what the point is measured from that day on.
        behalf: for whom it is taken, where it is somebody else's.
    """

    action: PointAction
    happened_on: dt.date
    text: str = ""
    instruction: Instruction | None = None
    files: Sequence[Upload] = ()
    before: ProgressEntry | None = None
    named: NamedResult | None = None
    incoming: IncomingLetter | None = None
    told: Told = Told()
    measure: Measure | None = None
    behalf: Behalf | None = None

    def as_row(self, *, by: User, decided_on: dt.date | None, **owner: Any) -> ProgressEntry:
        """A row that is not stored yet, with what the step changes and nothing else.

        Args:
            by: who takes the step; the name is kept as it is now.
            decided_on: the day of the decision, before which nothing is carried out.
            **owner: the point.

        Raises:
            StepRefused: the day is impossible, a deadline lies before it, or a result is missing.
        """
        if refusal := day_refusal(self.happened_on, decided_on) or placing_refusal(self.happened_on, self.before):
            raise StepRefused(refusal)
        if refusal := self._incomplete() or self.deadline_refusal():
            raise StepRefused(refusal)
        facts = {"action": self.action, "happened_on": self.happened_on, "text": self.text}
        facts |= {"placed_before_id": self.before.slot_id if self.before else None}
        facts |= self._instruction() | self._told() | self._result() | {"incoming": self.incoming}
        if self.behalf:
            facts |= self.behalf.fields
        return ProgressEntry(actor=by, actor_name=str(by), **facts, **owner)

    def _incomplete(self) -> str | None:
        """What the step has to say, and does not."""
        if self.action == PointAction.MEASURE and self.measure is None:
            return "Выберите, чем измеряется исполнение."
        if self.action == PointAction.REQUEST and self.told.asked_due_on is None:
            return WHICH_DAY
        return self.instruction.refusal if self.instruction else None

    def deadline_refusal(self) -> str | None:
        """Why the deadline that the step names or asks for is impossible, in Russian."""
        named = self.told.asked_due_on or (self.instruction.due_on if self.instruction else None)
        return DUE_BEFORE_STEP if named and named < self.happened_on else None

    def _instruction(self) -> dict[str, Any]:
        """What the step says of who answers, and by when."""
        said, facts = self.instruction, dict[str, Any]()
        if said and self.action in (PointAction.INSTRUCT, PointAction.EXTEND):
            facts |= {"due_on": said.due_on, "term": said.term if said.due_on else "", "lifts_due": said.lifts_due}
        if said and self.action == PointAction.INSTRUCT:
            facts |= {"responsible": said.responsible, "responsible_name": _called(said.responsible)}
            facts |= {"controller": said.controller, "controller_name": _called(said.controller)}
            facts["warn_days"] = said.warn_days
        return facts

    def _told(self) -> dict[str, Any]:
        """What it says besides: of a report, of a request, and by what the point is measured."""
        facts: dict[str, Any] = {"obstacles": self.told.obstacles, "next_step": self.told.next_step}
        if self.measure and self.action == PointAction.MEASURE:
            facts |= {"measures": self.measure.stored, "measured_owner_id": self.measure.owner_id}
            facts["measured_question_id"] = self.measure.question_id
        return facts | {"asked_due_on": self.told.asked_due_on}

    def _result(self) -> dict[str, str]:
        """What the step says of the result."""
        if self.action in IMPLIED:
            return {"result": IMPLIED[self.action]}
        if self.action not in NAMING:
            return {}
        if self.named is None or self.named.result not in NAMED:
            raise StepRefused(NAME_RESULT)
        return {"result": self.named.result, "result_reason": self.named.reason}


@dataclass(frozen=True)
class Correction:
    """A wrong entry that is to be voided.

    Attributes:
        row: the stored entry.
        right: what is right, written together with the voiding; on the same day it takes the place of the wrong one.
    """

    row: ProgressEntry
    right: NewEntry | None = None

    @property
    def moves_others(self) -> bool:
        """Whether with it other people answer than the stored rows say, or until another day."""
        row, said = self.row, self.right.instruction if self.right else None
        if said is None:
            return any((row.responsible, row.controller, row.due_on, row.lifts_due))
        if (said.due_on, said.lifts_due) != (row.due_on, row.lifts_due):
            return True
        sides = ((said.responsible, row.responsible), (said.controller, row.controller))
        return any(new and (old is None or new.identity != old.identity) for new, old in sides)


def together_refusal(corrections: Sequence[Correction]) -> str | None:
    """Why entries cannot be corrected in one go, in Russian; None when they can.

    The form of a right entry says for whom it is taken, and from which deadline a term counts, by the stored rows: when
    one of these is corrected too, what comes after it is typed once that stands.
    """
    for one in corrections:
        later = [other for other in corrections if other.right and other.row.order > one.row.order]
        if one.moves_others and any(other.row.action not in SPEAK_FOR_NOBODY for other in later):
            return CORRECT_FIRST
    return None


def day_refusal(day: dt.date, decided_on: dt.date | None) -> str | None:
    """Why no step of a point can be dated on a day, whatever it says, in Russian; None when one may."""
    if day > timezone.localdate():
        return "Дата исполнения не может быть в будущем."
    if decided_on and day < decided_on:
        return "Дата исполнения не может быть раньше даты решения."
    return None


def _called(party: Party | None) -> str:
    """What a party is called today; empty without one."""
    return str(party)[:250] if party else ""
