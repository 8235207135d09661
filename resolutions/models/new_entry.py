"""A step of a point that is to be written down: what the form says, and the row that it becomes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from resolutions.deadlines import WARN_DAYS
from resolutions.models.control import PointAction
from resolutions.models.incoming import IncomingLetter
from resolutions.models.progress import ProgressEntry
from resolutions.models.results import IMPLIED, NAMED, NAMING, PointResult
from resolutions.models.steps import StepRefused
from resolutions.uploads import Upload
from revisions.ledger import placing_refusal


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
    incoming: IncomingLetter | None = None

    def as_row(self, *, by: User, decided_on: dt.date | None, **owner: Any) -> ProgressEntry:
        """A row that is not stored yet, with what the step changes and nothing else.

        Args:
            by: who takes the step; the name is kept as it is now.
            decided_on: the day of the decision, before which nothing is carried out.
            **owner: the point.

        Raises:
            StepRefused: the day is impossible, or a result is missing.
        """
        if refusal := _day_refusal(self.happened_on, decided_on) or placing_refusal(self.happened_on, self.before):
            raise StepRefused(refusal)
        facts = {"action": self.action, "happened_on": self.happened_on, "text": self.text}
        facts |= {"placed_before_id": self.before.slot_id if self.before else None}
        said = self.instruction
        if said and self.action in (PointAction.INSTRUCT, PointAction.EXTEND):
            facts |= {"due_on": said.due_on, "term": said.term if said.due_on else "", "lifts_due": said.lifts_due}
        if said and self.action == PointAction.INSTRUCT:
            facts |= {"responsible": said.responsible, "controller": said.controller, "warn_days": said.warn_days}
            facts["lifts_controller"] = not said.controller
        facts |= {"incoming": self.incoming}
        return ProgressEntry(actor=by, actor_name=str(by), **facts | self._result(), **owner)

    def _result(self) -> dict[str, str]:
        """What the step says of the result."""
        if self.action in IMPLIED:
            return {"result": IMPLIED[self.action]}
        if self.action not in NAMING:
            return {}
        if self.named is None or self.named.result not in NAMED:
            raise StepRefused("Назовите результат.")
        return {"result": self.named.result, "result_reason": self.named.reason}


def _day_refusal(day: dt.date, decided_on: dt.date | None) -> str | None:
    if day > timezone.localdate():
        return "Дата исполнения не может быть в будущем."
    if decided_on and day < decided_on:
        return "Дата исполнения не может быть раньше даты решения."
    return None
