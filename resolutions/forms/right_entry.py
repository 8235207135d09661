"""The form of the right entry of a point's progress, instead of a wrong one."""

from dataclasses import replace
from typing import Any

from resolutions.acting import Actor
from resolutions.deadlines import read_term
from resolutions.forms.parties import code_of
from resolutions.forms.points import PointStepForm
from resolutions.models import NewEntry, Party, PointAction, ProgressEntry, Side
from resolutions.models.measures import measured_by
from resolutions.models.point_standing import POINT_RULES, PointStanding, typed_text
from resolutions.models.progress import ProgressQuerySet
from revisions.ledger import in_force

# What it says first, as the wrong one kept it.
AS_STORED = ("warn_days", "result", "result_reason", "obstacles", "next_step", "asked_due_on", "behalf_ground")


class RightEntryForm(PointStepForm):
    """The right entry instead of a wrong one: the same step, filled with what the wrong one said.

    Args:
        wrong: the entry that is voided, with its point.
        data, files, prefix: as of every form.
    """

    def __init__(
        self,
        wrong: ProgressEntry,
        data: Any = None,
        files: Any = None,
        prefix: str | None = None,
        *,
        actor: Actor,
    ) -> None:
        self.wrong, self.point = wrong, wrong.point
        # Not `moment_of`: somebody may have voided it meanwhile.
        self._before = POINT_RULES.fold(row for row in in_force(self.rows) if row.order < wrong.order)
        super().__init__(wrong.point, PointAction(wrong.action), data, files, prefix=prefix, actor=actor)

    def _parties(self) -> tuple[Party | None, Party | None]:
        return self.wrong.responsible, self.wrong.controller

    @property
    def stood(self) -> PointStanding:
        """How the card stands before the wrong entry, not today."""
        return self._before

    def _said(self) -> dict[str, Any]:
        wrong = self.wrong
        said = {"happened_on": wrong.happened_on, "text": typed_text(wrong), "lifts_due": wrong.lifts_due}
        said |= {name: getattr(wrong, name) for name in AS_STORED}
        for side in (Side.RESPONSIBLE, Side.CONTROLLER):
            party = getattr(wrong, side.field)
            said |= {side.field: code_of(party), f"{side.field}_name": party.name if party else ""}
        if wrong.measures:
            measure = measured_by(wrong.measures, wrong.measured_owner_id, wrong.measured_question_id)
            said |= {"measures": measure.codes, "measured_owner": measure.owner_id}
            said["measured_question"] = measure.question_id
        if term := read_term(self._term_start, wrong.term):
            return said | {"term_days": term[0], "term_unit": term[1]}
        return said | {"due_on": wrong.due_on}

    def _neighbours(self) -> ProgressQuerySet:
        """Those of other days: on the same day the right entry takes the place of the wrong one."""
        return super()._neighbours().exclude(happened_on=self.wrong.happened_on)

    def _asks_deadline(self) -> bool:
        return self.stood.due_on is None or self.wrong.due_on is not None

    def new_entry(self) -> NewEntry:
        """What `DecisionPoint.void` takes as the replacement, of a valid form; about the same incoming letter."""
        return replace(super().new_entry(), incoming=self.wrong.incoming)
