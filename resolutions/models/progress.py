"""What was done about a point: the dated ledger from which the card can be read as of any day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import User
from resolutions.deadlines import WARN_DAYS, Urgency, late_by, urgency_of
from resolutions.models.control import ENDS, POINT_STEPS, UNREPORTED, PointAction, PointState
from resolutions.models.results import IMPLIED, NAMED, NAMING, PointResult
from resolutions.uploads import Upload
from revisions.ledger import LedgerQuerySet, LedgerRow
from revisions.replay import Moment, Rules
from russian.templatetags.russian import counted, long_date
from russian.text import plain_text

NO_DEADLINE = "Срок ещё не установлен: его назначает поручение."
SAME_DEADLINE = "Это прежний срок: укажите другой день."
NOTHING_TO_LIFT = "Срок и так не установлен."


def _says(action: PointAction, result: PointResult) -> Q:
    return Q(action=action, result=result)


class ProgressQuerySet(LedgerQuerySet["ProgressEntry"]):
    """Entries of progress."""


class ProgressEntry(LedgerRow):
    """One step: what was done, on which day, by whose record, and what it changes about the card."""

    point = models.ForeignKey("resolutions.DecisionPoint", on_delete=models.PROTECT, related_name="progress")
    action = models.CharField("шаг", max_length=20, choices=PointAction, blank=True)
    happened_on = models.DateField("когда сделано")
    text = models.TextField("что сделано", validators=[plain_text])
    due_on = models.DateField("новый срок", null=True)
    term = models.CharField("как определён срок", max_length=100, blank=True)
    lifts_due = models.BooleanField("срок снят", default=False)
    responsible = models.CharField("ответственный", max_length=250, blank=True)
    controller = models.CharField("контролирует", max_length=250, blank=True)
    lifts_controller = models.BooleanField("контролирующий снят", default=False)
    warn_days = models.PositiveSmallIntegerField(
        "предупреждать за дней", null=True, validators=[MaxValueValidator(365)]
    )

    incoming = models.ForeignKey(
        "resolutions.IncomingLetter",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="notes",
        verbose_name="входящее, о котором запись",
    )
    result = models.CharField("результат", max_length=20, choices=PointResult, blank=True)
    result_reason = models.TextField("почему назван этот результат", blank=True, validators=[plain_text])

    objects = ProgressQuerySet.as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "запись об исполнении"
        verbose_name_plural = "ход исполнения"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(voids__isnull=True, action__in=PointAction.values)
                | Q(
                    voids__isnull=False,
                    action="",
                    due_on__isnull=True,
                    lifts_due=False,
                    responsible="",
                    controller="",
                    lifts_controller=False,
                    warn_days__isnull=True,
                    result="",
                    result_reason="",
                ),
                name="progress_is_a_step_or_a_voiding",
            ),
            models.CheckConstraint(
                condition=Q(action__in=NAMING, result__in=NAMED)
                | Q(*(_says(action, result) for action, result in IMPLIED.items()), _connector=Q.OR)
                | (~Q(action__in=[*NAMING, *IMPLIED]) & Q(result="")),
                name="progress_says_a_result_exactly_where_one_is_asked",
            ),
            models.CheckConstraint(
                condition=Q(result_reason="") | Q(action__in=NAMING), name="progress_reason_is_of_a_result"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="progress_says_something"),
            models.CheckConstraint(condition=Q(term="") | Q(due_on__isnull=False), name="progress_term_comes_with_day"),
            models.CheckConstraint(
                condition=Q(lifts_due=False) | Q(due_on__isnull=True), name="progress_sets_or_lifts_deadline"
            ),
            models.CheckConstraint(
                condition=Q(lifts_controller=False) | Q(controller=""), name="progress_names_or_lifts_controller"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.text[:60]}"

    @property
    def name(self) -> str:
        """«Доложено об исполнении»."""
        return str(self.get_action_display())

    @property
    def result_told(self) -> str:
        """«Результат: отказано. Причина»; empty where the entry names none."""
        if self.result in ("", PointResult.UNNAMED):
            return ""
        return f"Результат: {self.get_result_display().lower()}. {self.result_reason}".strip()

    def attach(self, files: Sequence[Upload], *, by: User) -> None:
        """Keep what proves it."""
        for upload in files:
            self.files.create(**upload.facts(), added_by_name=str(by))


@dataclass(frozen=True)
class Deed:
    """Something done about a point that is no entry of its progress: a letter has its number.

    Attributes:
        since: the day.
        recorded_at: when it was written down.
        until: the day on which it was taken back; None while it stands.
    """

    since: dt.date
    recorded_at: dt.datetime
    until: dt.date | None = None

    def stands_on(self, day: dt.date) -> bool:
        """Whether it had been done by the end of a day, and not been taken back."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class PointStanding:
    """How a card stands: what `DecisionPoint` keeps beside its text.

    Attributes:
        state: how far the work is.
        responsible, controller, due_on, term, warn_days: who answers for it, and by when.
        result: what came of it.
        result_on: the day on which that was named last.
        result_reason: why; without a reason the result rests on what the portal counts.
        begun_by_deed: whether the work is under way by a deed alone: no entry says that it was begun.
        watched_anew_on: the day on which the point was last returned for rework or put back under control; it, and
            what is waited for because of it, is late from the day after at the earliest.
        reported_late_by: how many days too late the report came that stands; 0 without one.
    """

    state: PointState = PointState.PLANNED
    responsible: str = ""
    controller: str = ""
    due_on: dt.date | None = None
    term: str = ""
    warn_days: int = WARN_DAYS
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
    if refusal is None and action == PointAction.EXTEND and standing.due_on is None:
        return NO_DEADLINE
    return refusal


def _needless(standing: PointStanding, entry: ProgressEntry) -> str | None:
    if entry.lifts_due and standing.due_on is None:
        return NOTHING_TO_LIFT
    is_same = entry.due_on in (None, standing.due_on) and not entry.lifts_due
    return SAME_DEADLINE if entry.action == PointAction.EXTEND and is_same else None


def _after(standing: PointStanding, entry: ProgressEntry) -> PointStanding:
    changes: dict[str, Any] = {"state": POINT_STEPS[PointAction(entry.action)].after or standing.state}
    if entry.due_on or entry.lifts_due:
        changes |= {"due_on": entry.due_on, "term": entry.term}
    if entry.responsible:
        changes["responsible"] = entry.responsible
    if entry.controller or entry.lifts_controller:
        changes["controller"] = entry.controller
    if entry.warn_days is not None:
        changes["warn_days"] = entry.warn_days
    return replace(standing, **changes, **_named(standing, entry), **_reported(standing, entry))


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

    return replace(POINT_RULES, refusal=refusal)


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


def typed_text(entry: ProgressEntry, rows: Iterable[ProgressEntry]) -> str:
    """What somebody typed into an entry: nothing, where the portal put an instruction in words itself.

    Args:
        entry: a stored one, in force.
        rows: all entries of the point, voidings too.
    """
    written_by_then = [one for one in rows if one.pk <= entry.pk]
    by_itself = in_words(entry, POINT_RULES.moment_of(entry, written_by_then).after)
    return "" if entry.text == by_itself else entry.text


def in_words(entry: ProgressEntry, standing: PointStanding) -> str:
    """What an instruction says by itself.

    Args:
        entry: the instruction.
        standing: how the card stands with it.
    """
    parts = [f"Ответственный: {standing.responsible}"] if standing.responsible else []
    parts += [f"контролирует: {standing.controller}"] if standing.controller else []
    parts += [f"срок: {long_date(standing.due_on)}"] if standing.due_on else []
    parts += ["срок снят"] if entry.lifts_due else []
    words = "; ".join(parts)
    return words if words.endswith(".") else f"{words}."
