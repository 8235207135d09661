"""Whether what was stored follows one another, by the rules of the house; and the columns that keep what follows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from functools import cached_property
from typing import Any

from django.db.models import Prefetch

from municipalities.practices.models.commitment_step import CommitmentStanding
from resolutions.models import (
    DecisionPoint,
    IncomingEntry,
    Letter,
    LetterStep,
    Outcome,
    PointAction,
    PointPromise,
    ProgressEntry,
)
from resolutions.models.ask_ledger import Awaited, answered_of, awaited, faults, standings
from resolutions.models.ask_standing import AskStanding
from resolutions.models.deeds import DEEDS, deeds_beside, deeds_of
from resolutions.models.point_standing import (
    NOTHING_TO_LIFT,
    SAME_DEADLINE,
    Deed,
    PointStanding,
    point_on,
    rules_with,
)
from resolutions.past.loading.asks import repeated_by
from resolutions.past.loading.desk import Desk, Place
from resolutions.past.loading.held import matter_of
from resolutions.past.loading.storing import store_changed
from resolutions.past.rows import RowFault, Sheet
from resolutions.promises import naming_refusal
from revisions.ledger import LedgerRow

# Where a fault is told that no row of the workbook brought about.
_NOWHERE = Place(Sheet.STEPS, 0)
_OF_POINT = tuple(one.name for one in fields(PointStanding))


class Settling:
    """What was stored just now, read back with all that it belongs to.

    Args:
        desk: with what was stored, in the transaction of the caller.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        touched = {one.pk for one in desk.decisions.values() if one}
        touched |= {one.ask.letter.resolution_id for one in desk.new[Outcome]}
        found = DecisionPoint.objects.filter(resolution__in=touched)
        DecisionPoint.queue_for(found.values_list("pk", flat=True))
        entries = ProgressEntry.objects.select_related("responsible")
        self.points = list(
            found.select_related("resolution").prefetch_related(Prefetch("progress", entries), *DEEDS).order_by("pk")
        )
        letters = Letter.objects.filter(resolution__in=touched).select_related("resolution", "point")
        self.letters = list(letters.with_asks().order_by("pk"))
        self.ways: dict[int | None, list[Iterable[LetterStep]]] = defaultdict(list)
        for letter in self.letters:
            self.ways[letter.point_id].append(letter.steps.all())
        new: Iterable[Any] = (one for records in desk.new.values() for one in records)
        self.places = {(type(one), one.pk): desk.places[id(one)] for one in new if id(one) in desk.places}

    def judge(self) -> None:
        """Tell what does not follow; of matters of which a row was left out, nothing can be told."""
        for point in self.points:
            if (point.resolution.slug, point.number) not in self.desk.doubtful:
                self._judge_point(point)
        self._judge_names()
        self._judge_asks()

    def _deeds(self, point: DecisionPoint) -> list[Deed]:
        return deeds_of(self.ways[point.pk], *deeds_beside(point))

    def _judge_point(self, point: DecisionPoint) -> None:
        rows = list(point.progress.all())
        new = [one for one in rows if (ProgressEntry, one.pk) in self.places]
        stored = [one for one in rows if (ProgressEntry, one.pk) not in self.places]
        if fault := rules_with(self._deeds(point)).fault(stored, new):
            due = "asked_due_on" if fault.row.action == PointAction.REQUEST else "due_on"
            self._refuse(fault.because, fault.sentence, due if fault.why in (SAME_DEADLINE, NOTHING_TO_LIFT) else "")

    def _judge_names(self) -> None:
        """See whether promises of their days can name the points that they name."""
        points = {one.pk: one for one in self.points}
        for one in self.desk.new[PointPromise]:
            point, promise = points[one.point_id], one.commitment
            decided_on, rows = point.resolution.adopted_on, point.progress.all()
            is_told = (point.resolution.slug, point.number) not in self.desk.doubtful
            if is_told and (why := naming_refusal(rows, decided_on, promise.maker_id, promise.made_on)):
                self._refuse(one, why)

    def _judge_asks(self) -> None:
        """See whether what came in answers what was sent."""
        outcomes = {(one.entry_id, one.ask_id): self.desk.places[id(one)] for one in self.desk.new[Outcome]}
        new: set[LedgerRow] = {*self.desk.new[LetterStep], *self.desk.new[IncomingEntry]}
        matters = {one.pk: matter_of(one) for one in self.letters}
        for fault in faults(self.letters, new):
            if matters[fault.ask.letter_id] in self.desk.doubtful:
                continue
            because: Any = fault.because  # an answer: what is sent makes none impossible
            place = outcomes.get((because and because.pk, fault.ask.pk), _NOWHERE)
            self._tell(place, fault.sentence, "outcome")

    def _refuse(self, record: Any, sentence: str, field: str = "") -> None:
        """Tell a fault at the row that brought it about."""
        self._tell(self.places.get((type(record), record and record.pk), _NOWHERE), sentence, field)

    def _tell(self, place: Place, sentence: str, field: str) -> None:
        self.desk.faults.append(RowFault(place.sheet, place.row, field or place.field, sentence))

    def keep(self) -> None:
        """Let columns say what follows from ledgers, and history who wrote."""
        self._keep_points()
        self._keep_letters()
        columns = [one.name.removesuffix("_id") for one in fields(CommitmentStanding)]
        store_changed(self.desk.promises, [*columns, "version"])

    @cached_property
    def standings(self) -> Mapping[int, AskStanding]:
        """How the asks of all letters stand, by their keys."""
        return standings(self.letters)

    def _keep_points(self) -> None:
        written = {one.point_id for one in self.desk.new[ProgressEntry]}
        answered = answered_of(self.letters, self.standings)
        changed = []
        for point in self.points:
            told: dict[str, Any] = asdict(point_on(point.progress.all(), self._deeds(point), self.desk.today))
            told["answered"] = answered.get(point.pk) or ""
            if point.pk in written:
                point.version += 1
            if point.pk in written or any(getattr(point, name) != value for name, value in told.items()):
                for name, value in told.items():
                    setattr(point, name, value)
                changed.append(point)
        store_changed(changed, [*(name.removesuffix("_id") for name in _OF_POINT), "answered", "version"])

    def _keep_letters(self) -> None:
        repeats: Mapping[int, int] = {new.pk: earlier.pk for new, earlier in repeated_by(self.desk)}
        waiting = awaited(self.standings.values())
        changed = []
        for letter in self.letters:
            one = waiting.get(letter.pk, Awaited())
            told = (one.is_awaited, one.until, repeats.get(letter.pk, letter.repeats_id))
            if (letter.is_awaited, letter.awaited_until, letter.repeats_id) != told:
                letter.is_awaited, letter.awaited_until, letter.repeats_id = told
                changed.append(letter)
        store_changed(changed, ["is_awaited", "awaited_until", "repeats"])
        new = {one.pk for one in self.desk.new[Letter]}
        stored: Any = Letter.history
        stored.bulk_history_create(
            [one for one in self.letters if one.pk in new],
            default_user=self.desk.by,
            default_change_reason=self.desk.ground,
            default_date=self.desk.moment,
            custom_historical_attrs={"history_user_name": str(self.desk.by)[:150]},
        )
