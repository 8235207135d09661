"""How a card stands: the entries of its progress, folded, with what was done about the point besides."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from resolutions.deadlines import WARN_DAYS, Urgency, late_by, urgency_of
from resolutions.models.control import ENDS, NOTHING_ASKED, POINT_STEPS, UNREPORTED, PointAction, PointState
from resolutions.models.party import AT_FIRST, Party, Side, party_at_first
from resolutions.models.progress import ProgressEntry
from resolutions.models.results import PointResult
from revisions.ledger import in_force
from revisions.replay import Moment, Rules
from russian.templatetags.russian import counted

NO_DEADLINE = "Срок ещё не установлен: его назначает поручение."
SAME_DEADLINE = "Это прежний срок: укажите другой день."
SAME_MEASURE = "Исполнение и так измеряется этим: выберите что-то другое."
NOTHING_TO_LIFT = "Срок и так не установлен."
ASKED_ALREADY = "Просьба о другом сроке уже ждёт решения."


@dataclass(frozen=True)
class Deed:
    """Something done about a point that is no entry of its progress: a letter has its number.

    Attributes:
        since: the day.
        recorded_at: when it was written down.
        until: the day on which it was taken back; None while it stands.
        what: in a sentence.
    """

    since: dt.date
    recorded_at: dt.datetime
    until: dt.date | None = None
    what: str = "По пункту зарегистрировано письмо."

    def stands_on(self, day: dt.date) -> bool:
        """Whether it had been done by the end of a day, and not been taken back."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class PointStanding:
    """How a card stands: what `DecisionPoint` keeps beside its text.

    Attributes:
        state: how far the work is.
        responsible_id, controller_id: parties that answer for it; None before anybody was instructed.
        responsible_name, controller_name: what they were called then; empty likewise.
        due_on, term, warn_days: by when.
        asked_due_on, asked_on: another deadline that was asked for, and when, as long as that waits for its answer.
        measures, measured_owner_id, measured_question_id: by what somebody chose to measure it; empty while nobody did.
        result: what came of it.
        result_on: the day on which that was named last.
        result_reason: why; without a reason the result rests on what the portal counts.
        begun_by_deed: whether the work is under way by a deed alone: no entry says that it was begun.
        watched_anew_on: the day on which the point was last returned for rework or put back under control; it, and
            what is waited for because of it, is late from the day after at the earliest.
        reported_late_by: how many days too late the report came that stands; 0 without one.
    """

    state: PointState = PointState.PLANNED
    responsible_id: int | None = None
    responsible_name: str = ""
    controller_id: int | None = None
    controller_name: str = ""
    due_on: dt.date | None = None
    term: str = ""
    warn_days: int = WARN_DAYS
    asked_due_on: dt.date | None = None
    asked_on: dt.date | None = None
    measures: str = ""
    measured_owner_id: int | None = None
    measured_question_id: int | None = None
    result: PointResult = PointResult.UNNAMED
    result_on: dt.date | None = None
    result_reason: str = ""
    begun_by_deed: bool = False
    watched_anew_on: dt.date | None = None
    reported_late_by: int = 0

    def urgency_on(self, day: dt.date) -> Urgency:
        """How near the deadline is on a day, and whether the point is late: nothing else judges that.

        Args:
            day: the day up to which the entries were read.

        Returns:
            No urgency for a point that was reported or is off control, and for one without a deadline. Where the
            deadline had passed already when the point was returned, it is in time for that day.
        """
        if self.state not in UNREPORTED or self.due_on is None:
            return Urgency.NONE
        if self.days_late(day):
            return Urgency.OVERDUE
        return Urgency.IN_TIME if self.due_on < day else urgency_of(self.due_on, day, self.warn_days)

    def days_late(self, day: dt.date) -> int:
        """How many days too late a report on this day is; 0 in time and without a deadline."""
        return late_by(self.due_on, day, since=self.watched_anew_on)

    def party_id(self, side: Side) -> int | None:
        """The party of a side; None before anybody was instructed."""
        return self.responsible_id if side is Side.RESPONSIBLE else self.controller_id

    def party_told(self, side: Side) -> str:
        """What the party of a side was called."""
        name = self.responsible_name if side is Side.RESPONSIBLE else self.controller_name
        return name or f"{AT_FIRST[side].label} (до поручения)"

    @property
    def state_in_words(self) -> str:
        """The state; «Доложено с опозданием на 5 дней» where the report came too late."""
        if self.state == PointState.REPORTED and self.reported_late_by:
            return f"{self.state.label} с опозданием на {counted(self.reported_late_by, 'день,дня,дней')}"
        return str(self.state.label)

    def with_deeds(self, deeds: Iterable[Deed], day: dt.date) -> "PointStanding":
        """How the card stood with what had been done besides: work is under way from the first deed.

        Args:
            deeds: of the point.
            day: the day up to which the entries were read.
        """
        if self.state != PointState.PLANNED or not any(deed.stands_on(day) for deed in deeds):
            return self
        return replace(self, state=PointState.IN_PROGRESS, begun_by_deed=True)


def _refusal(standing: PointStanding, entry: ProgressEntry) -> str | None:
    action = PointAction(entry.action)
    state = PointState.PLANNED if action == PointAction.START and standing.begun_by_deed else standing.state
    refusal = POINT_STEPS[action].replay_refusal(state, ENDS)
    return refusal or deadline_refusal(standing, action)


def _offered(standing: PointStanding, entry: ProgressEntry) -> str | None:
    action = PointAction(entry.action)
    state = PointState.PLANNED if action == PointAction.START and standing.begun_by_deed else standing.state
    return POINT_STEPS[action].refusal(state, ENDS)


def deadline_refusal(standing: Any, action: PointAction) -> str | None:
    """Why a step about a deadline is not open, in Russian: there is none, or nobody asked for another one.

    Args:
        standing: `PointStanding`, or the point that keeps the same.
        action: any step.
    """
    if action in (PointAction.EXTEND, PointAction.REQUEST) and standing.due_on is None:
        return NO_DEADLINE
    if action == PointAction.REQUEST and standing.asked_due_on:
        return ASKED_ALREADY
    return NOTHING_ASKED if action == PointAction.REFUSE and not standing.asked_due_on else None


def _needless(standing: PointStanding, entry: ProgressEntry) -> str | None:
    # What is written down now is open on its day; a note on what came in may be of a day off control.
    if entry.incoming_id is None and (refusal := _offered(standing, entry)):
        return refusal
    if entry.lifts_due and standing.due_on is None:
        return NOTHING_TO_LIFT
    if entry.measures and all(getattr(entry, name) == getattr(standing, name) for name in MEASURED):
        return SAME_MEASURE
    if entry.action == PointAction.REQUEST and entry.asked_due_on == standing.due_on:
        return SAME_DEADLINE
    is_same = entry.due_on in (None, standing.due_on) and not entry.lifts_due
    return SAME_DEADLINE if entry.action == PointAction.EXTEND and is_same else None


def _after(standing: PointStanding, entry: ProgressEntry) -> PointStanding:
    changes: dict[str, Any] = {"state": POINT_STEPS[PointAction(entry.action)].after or standing.state}
    if entry.due_on or entry.lifts_due:
        changes |= {"due_on": entry.due_on, "term": entry.term}
    if entry.responsible_id:
        changes |= {"responsible_id": entry.responsible_id, "responsible_name": entry.responsible_name}
    if entry.controller_id:
        changes |= {"controller_id": entry.controller_id, "controller_name": entry.controller_name}
    if entry.warn_days is not None:
        changes["warn_days"] = entry.warn_days
    changes |= {name: getattr(entry, name) for name in MEASURED} if entry.measures else {}
    return replace(standing, **changes, **_named(standing, entry), **_reported(standing, entry), **_asked(entry))


MEASURED = ("measures", "measured_owner_id", "measured_question_id")
LAPSES = (PointAction.REFUSE, PointAction.EXTEND, PointAction.REPORT, PointAction.CANCEL)


def _asked(entry: ProgressEntry) -> dict[str, Any]:
    """Another deadline that is asked for from here on, or no more."""
    if entry.action == PointAction.REQUEST:
        return {"asked_due_on": entry.asked_due_on, "asked_on": entry.happened_on}
    is_over = entry.action in LAPSES or entry.lifts_due  # without a deadline none is asked for
    return {"asked_due_on": None, "asked_on": None} if is_over else {}


def _reported(standing: PointStanding, entry: ProgressEntry) -> dict[str, Any]:
    """How late a report is by the deadline of its day; one that is moved afterwards blames nobody."""
    if entry.action == PointAction.REPORT:
        return {"reported_late_by": standing.days_late(entry.happened_on)}
    if entry.action in (PointAction.RETURN_FOR_REWORK, PointAction.REOPEN):
        return {"watched_anew_on": entry.happened_on, "reported_late_by": 0}
    return {}


def _named(standing: PointStanding, entry: ProgressEntry) -> dict[str, Any]:
    """What an entry says of the result. Whoever accepts a result accepts its reason."""
    if not entry.result:
        return {}
    result = PointResult(entry.result)
    if result == PointResult.UNNAMED:
        return {"result": result, "result_on": None, "result_reason": ""}
    kept = standing.result_reason if result == standing.result else ""
    return {"result": result, "result_on": entry.happened_on, "result_reason": entry.result_reason or kept}


PointRules: TypeAlias = Rules[ProgressEntry, PointStanding]
POINT_RULES: PointRules = Rules(PointStanding(), _refusal, _after, _needless)


def rules_with(deeds: Sequence[Deed]) -> PointRules:
    """How the entries of a point follow one another when this was done besides.

    No row is written for a deed: «Исполнение начато» may still be written down, on an earlier day or a later one.
    """

    def refusal(standing: PointStanding, entry: ProgressEntry) -> str | None:
        return _refusal(standing.with_deeds(deeds, entry.happened_on), entry)

    def needless(standing: PointStanding, entry: ProgressEntry) -> str | None:
        return _needless(standing.with_deeds(deeds, entry.happened_on), entry)

    return replace(POINT_RULES, refusal=refusal, needless=needless)


def point_on(
    rows: Iterable[ProgressEntry], deeds: Iterable[Deed], day: dt.date, *, known_on: dt.date | None = None
) -> PointStanding:
    """How a card stood at the end of a day.

    Args:
        rows: all its entries, voidings too, in any order.
        deeds: what was done besides, as known by then.
        day: a calendar day in Moscow.
        known_on: only what was written down by the end of this day counts.
    """
    return POINT_RULES.fold(rows, day, known_on=known_on).with_deeds(deeds, day)


def party_on(rows: Iterable[ProgressEntry], side: Side, day: dt.date) -> Party:
    """Who stood on a side at the end of a day, as is known now.

    Args:
        rows: all entries of the point, voidings too, with the parties that they name.
        side: that of the responsible, or of the controller.
        day: a calendar day in Moscow.
    """
    named = [getattr(row, side.field) for row in in_force(rows, day)]
    return next((party for party in reversed(named) if party), None) or party_at_first(side)


def lifted_since(moments: Iterable[Moment[ProgressEntry, PointStanding]]) -> dt.date | None:
    """The day from which a point has been kept without a deadline, because the one it had was taken back.

    Args:
        moments: its entries as `POINT_RULES` walks them.

    Returns:
        That day; None while there is a deadline, or when there never was one.
    """
    since = None
    for entry, before, after in moments:
        if after.due_on:
            since = None
        elif before.due_on:
            since = entry.happened_on
    return since


def typed_text(entry: ProgressEntry) -> str:
    """What somebody typed into a stored entry: nothing, where the portal put it in words itself."""
    return "" if entry.text == entry.own_words else entry.text
