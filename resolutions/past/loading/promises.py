"""What members promised, and what became of it."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError

from accounts.acting import Behalf
from municipalities.models import Membership, Municipality
from municipalities.models.membership import MEMBERSHIP_RULES
from municipalities.practices.models import Commitment, CommitmentAction, CommitmentStep, NewCommitmentStep
from municipalities.practices.models.commitment import NO_MEMBER, told_by
from municipalities.practices.models.commitment_step import COMMITMENT_RULES
from resolutions.models import DecisionPoint, PointPromise
from resolutions.past.loading.decisions import point_of
from resolutions.past.loading.desk import Desk, Matter, Row
from resolutions.past.loading.names import Names
from resolutions.past.loading.telling import designation_of, too_late, what_of
from resolutions.past.rows import PastPromise, PastRows, Sheet
from revisions.ledger import in_force
from russian.templatetags.russian import long_date

WITHOUT_POINT = "Укажите и решение, и пункт, или оставьте пустым то и другое."
KEPT_OR_DROPPED = "Обязательство либо исполнено, либо снято: укажите что-то одно."
NO_MEASURE = "Напишите, какое мероприятие обещано."
WHEN_DROPPED = "Укажите, когда обязательство снято."

# What became of a promise, and the cell that says when.
_ENDS = {CommitmentAction.KEPT: "kept_on", CommitmentAction.DROPPED: "dropped_on"}
_CELLS = {"happened_on": "made_on", "due_on": "due_on", "who": "who", "text": "reason"}


class Promises:
    """Goes through promises."""

    def __init__(self, desk: Desk, names: Names) -> None:
        self.desk, self.names = desk, names
        self._memberships: dict[int, list[Membership]] = defaultdict(list)
        self._held: dict[Any, Commitment] = {}

    def go_through(self, rows: PastRows) -> None:
        """Go through the sheet."""
        makers = {city.pk for one in rows.promises for city in self.names.cities_called(one.municipality)}
        for row in Membership.objects.filter(municipality__in=makers):
            self._memberships[row.municipality_id].append(row)
        promised = Commitment.objects.filter(maker__in=makers).select_for_update(of=("self",))
        told = promised.select_related("named_point__point__resolution", "practice__municipality")
        for one in told.prefetch_related("steps"):
            self._held[one.maker_id, what_of(one), one.made_on] = one
        self.desk.go_through(Sheet.PROMISES, rows.promises, self._promise, self._matter)

    @staticmethod
    def _matter(said: PastPromise) -> Matter | None:
        return said.decision, said.point

    def _promise(self, row: Row, said: PastPromise) -> bool:
        """Go through a promise; say whether it, or what became of it, is new."""
        city = self.names.municipality(row, "municipality", said.municipality)
        point = self._point(row, said)
        if city is None or not row.is_sound:
            return False
        key = (city.pk, said.what, said.made_on)
        if not row.is_first(key, "what", "Обязательство"):
            return False
        if not said.what:
            row.refuse("what", NO_MEASURE)
        if said.kept_on and said.dropped_on:
            row.refuse("dropped_on", KEPT_OR_DROPPED)
        if said.reason and not said.dropped_on:
            row.refuse("dropped_on", WHEN_DROPPED)
        held = self._held.get(key)
        if held:
            return self._compare(row, said, held, city)
        self._new(row, said, city, point)
        return True

    def _point(self, row: Row, said: PastPromise) -> DecisionPoint | None:
        """The point that a promise names."""
        if bool(said.decision) != (said.point is not None):
            row.refuse("point" if said.decision else "decision", WITHOUT_POINT)
            return None
        return point_of(row, said.decision, said.point) if said.point is not None else None

    def _compare(self, row: Row, said: PastPromise, held: Commitment, city: Municipality) -> bool:
        """See whether the portal holds the same promise; what became of it since is new."""
        steps = in_force(held.steps.all())
        when = {step.action: step for step in steps}
        made = when[CommitmentAction.MADE]
        named = getattr(held, "named_point", None)
        due_on = said.due_on if said.due_on == made.due_on else held.due_on
        pairs = {
            "due_on": (said.due_on, due_on),
            "who": (said.who, held.who),
            "point": (said.point, named.point.number if named else None),
            "decision": (said.decision, designation_of(named.point.resolution) if named else None),
        }
        row.compare("этого обязательства", pairs)
        for action, cell in _ENDS.items():
            if day := getattr(said, cell):
                if action not in when:
                    return self._end(row, said, held, city)
                row.compare("этого обязательства", {cell: (day, when[action].happened_on)})
        if CommitmentAction.DROPPED in when:
            row.compare("этого обязательства", {"reason": (said.reason, when[CommitmentAction.DROPPED].text)})
        return False

    def _new(self, row: Row, said: PastPromise, city: Municipality, point: DecisionPoint | None) -> None:
        """A promise that the portal does not hold."""
        if not MEMBERSHIP_RULES.fold(self._memberships[city.pk], said.made_on).is_member:
            row.refuse("municipality", NO_MEMBER.format(name=city.name, day=long_date(said.made_on)))
        if refusal := too_late(said.due_on):
            row.refuse("due_on", refusal)
        made = Commitment(maker=city, municipality=city, measure=said.what)
        row.validate(made, {"measure": "what"})
        row.keep(made)
        self._steps(row, said, made, city, CommitmentAction.MADE)
        if point:
            row.keep(PointPromise(commitment=made, point=point), "point")

    def _end(self, row: Row, said: PastPromise, held: Commitment, city: Municipality) -> bool:
        """What became of a promise that the portal holds, and was not written down there."""
        self._steps(row, said, held, city)
        held.version += 1
        self.desk.promises.append(held)
        return True

    def _steps(
        self, row: Row, said: PastPromise, promise: Commitment, city: Municipality, *first: CommitmentAction
    ) -> None:
        """Write steps of a promise, if they can follow one another."""
        new = []
        for action in (*first, *(one for one, cell in _ENDS.items() if getattr(said, cell))):
            step = self._step(row, said, action, city)
            if step:
                step.commitment = promise
                row.keep(step, _ENDS.get(action, "made_on"))
                new.append(step)
        if not row.is_sound:
            return
        stored = list(promise.steps.all()) if promise.pk else []
        if fault := COMMITMENT_RULES.fault(stored, new):
            row.refuse(self.desk.places[id(fault.because)].field, fault.sentence)
            return
        standing = COMMITMENT_RULES.fold([*stored, *new], self.desk.today)
        for name, value in told_by(promise, standing).items():
            setattr(promise, name, value)

    def _step(self, row: Row, said: PastPromise, action: CommitmentAction, city: Municipality) -> CommitmentStep | None:
        """A row of the ledger; None with faults where it cannot be one."""
        is_made = action == CommitmentAction.MADE
        day: dt.date = getattr(said, _ENDS.get(action, "made_on"))
        new = NewCommitmentStep(
            action,
            day,
            text=said.reason if action == CommitmentAction.DROPPED else "",
            due_on=said.due_on if is_made else None,
            who=said.who if is_made else "",
            municipality=city if is_made else None,
            behalf=Behalf(city.name[:250], self.desk.ground),
        )
        try:
            step = new.as_row(by=self.desk.by)
        except ValidationError as refused:
            for name, sentences in refused.message_dict.items():
                row.refuse(_ENDS.get(action, "made_on") if name == "happened_on" else _CELLS[name], " ".join(sentences))
            return None
        row.validate(step, {"who": "who", "text": "reason"})
        return step
