"""What was done about points, as their responsible parties, their controllers and the secretariat did it."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from accounts.acting import Behalf
from resolutions.acting import Actor
from resolutions.models import (
    POINT_STEPS,
    DecisionPoint,
    Instruction,
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
from resolutions.models.new_entry import DUE_BEFORE_STEP, NAME_RESULT, SAME_PARTY, WHICH_DAY
from resolutions.models.party import party_at_first
from resolutions.models.point_standing import typed_text
from resolutions.models.results import NAMING
from resolutions.past.loading.decisions import point_of
from resolutions.past.loading.desk import Desk, Row
from resolutions.past.loading.names import Names
from resolutions.past.loading.telling import told, too_late
from resolutions.past.rows import STEPS_OF_THE_PAST, PastRows, PastStep, Sheet
from revisions.ledger import in_force
from russian.templatetags.russian import counted
from russian.text import search_form

VOIDED = "Такая запись в портале уже была и отменена: удалите строку или внесите шаг на карточке пункта."
SAYS_NOTHING = "Поручение ничего не говорит: назовите ответственного, контролирующего или срок."
STAY_WATCHED = (
    "Останутся на контроле, и портал будет о них напоминать: {points}. Если пункт уже снят с контроля, добавьте на "
    f"лист «{Sheet.STEPS.value}» шаг «{PointAction.CLOSE.label}»."
)
_ENDS = (PointAction.CLOSE, PointAction.CANCEL)
_TOLD = ("result_reason", "obstacles", "next_step")  # what a step may say besides what was done
_Like = tuple[str, int, dt.date, str]
_SIDES = (Side.RESPONSIBLE, Side.CONTROLLER)

# Which cells which steps have a use for, and what the others are told.
_OWN_CELLS: dict[str, tuple[tuple[PointAction, ...], str]] = {
    "responsible": ((PointAction.INSTRUCT,), "Ответственного называет поручение."),
    "controller": ((PointAction.INSTRUCT,), "Контролирующего называет поручение."),
    "due_on": ((PointAction.INSTRUCT, PointAction.EXTEND), "Срок называют поручение и изменение срока."),
    "result": (NAMING, "Результат называют доклад, снятие с контроля и особый шаг «Назван результат»."),
    "result_reason": (NAMING, "Причину результата называют там же, где результат."),
    "asked_due_on": ((PointAction.REQUEST,), "Запрошенный срок бывает только у просьбы о другом сроке."),
    "obstacles": ((PointAction.REPORT,), "Что мешает, говорит доклад."),
    "next_step": ((PointAction.REPORT,), "Следующий шаг называет доклад."),
}


class Steps:
    """Goes through steps."""

    def __init__(self, desk: Desk, names: Names) -> None:
        self.desk, self.names, self.actor = desk, names, Actor(desk.by)
        self._held: dict[tuple[int, Any], list[ProgressEntry]] = defaultdict(list)
        self._like: dict[_Like, list[ProgressEntry]] = defaultdict(list)
        self._voided: set[tuple[int, Any]] = set()
        self._rows: Counter[_Like] = Counter()
        self._before: dict[int, PastStep] = {}  # by the rows the steps before them, of the same point and day
        for point in desk.points.values():
            if point and point.pk:
                rows = list(point.progress.all())
                wrong = {entry.voids_id for entry in rows}
                self._voided |= {(point.pk, _key_of(entry)) for entry in rows if entry.pk in wrong}
                for entry in in_force(rows):
                    self._held[point.pk, _key_of(entry)].append(entry)
                    name = (point.resolution.slug, point.number)
                    self._like[*name, entry.happened_on, entry.action].append(entry)

    def go_through(self, rows: PastRows) -> None:
        """Go through the sheet, and see on whose behalf each step is written."""
        self._rows.update(_like(said) for said in rows.steps)
        last: dict[tuple[str, int, dt.date], PastStep] = {}
        for said in rows.steps:
            place = (said.decision, said.point, said.happened_on)
            if place in last:
                self._before[said.row] = last[place]
            last[place] = said
        self.desk.go_through(Sheet.STEPS, rows.steps, self._step, lambda said: (said.decision, said.point))
        of_point: dict[int, list[ProgressEntry]] = defaultdict(list)
        for entry in self.desk.new[ProgressEntry]:
            of_point[id(entry.point)].append(entry)
        for entries in of_point.values():
            self._speak_for(entries[0].point, entries)
        watched = [one for one in self.desk.new[DecisionPoint] if _is_watched(of_point[id(one)])]
        if watched:
            self.desk.notes.append(STAY_WATCHED.format(points=counted(len(watched), "пункт,пункта,пунктов")))

    def _step(self, row: Row, said: PastStep) -> bool:
        """Go through a step; say whether it is new."""
        point = point_of(row, said.decision, said.point)
        self._judge_cells(row, said)
        if point is None or said.action not in STEPS_OF_THE_PAST:
            return False
        parties = [self.names.party(row, side.field, getattr(said, side.field), said.happened_on) for side in _SIDES]
        entry = self._entry(row, said, point, parties)
        if entry is None:
            return False
        if same := self._held[point.pk or 0, _key_of(entry)]:
            self._compare(row, said, same.pop(0), parties)
            return False
        if entry.action != PointAction.NOTE and self._rows[_like(said)] <= len(self._like[_like(said)]):
            self._tell_changed(row, said, self._like[_like(said)][0], parties)
            if not row.is_sound:
                return False
        if (point.pk, _key_of(entry)) in self._voided:
            row.refuse("action", VOIDED)
        self._judge_new(row, said)
        self._judge_copy(row, said)
        row.validate(entry, {name: name for name in _TOLD} | ({"text": "text"} if entry.text else {}))
        row.keep(entry, "happened_on")
        return True

    def _judge_copy(self, row: Row, said: PastStep) -> None:
        """Refuse a row that repeats the step before it. Two equal ones with another between are two: a report may be
        returned and made again within a day.
        """
        before = self._before.get(row.number)
        if before and replace(before, row=said.row) == said:
            row.refuse("action", f"Такой же шаг уже есть в строке {before.row}: удалите лишнюю строку.")

    def _judge_cells(self, row: Row, said: PastStep) -> None:
        """See whether the step has a use for what stands in its cells."""
        if said.action not in STEPS_OF_THE_PAST:
            row.refuse("action", "Такого шага в книге нет: чем измеряется исполнение, выбирают в портале.")
            return
        for cell, (actions, sentence) in _OWN_CELLS.items():
            if getattr(said, cell) not in ("", None) and said.action not in actions:
                row.refuse(cell, sentence)

    def _judge_new(self, row: Row, said: PastStep) -> None:
        """See whether a new step says enough, and of days that somebody means."""
        if said.action == PointAction.INSTRUCT:
            if not (said.responsible or said.controller or said.due_on):
                row.refuse("responsible", SAYS_NOTHING)
        elif not said.text:
            asked = POINT_STEPS[said.action].asks
            row.refuse("text", f"Напишите: {asked[:1].lower()}{asked[1:]}.")
        for cell in ("due_on", "asked_due_on"):
            if refusal := too_late(getattr(said, cell)):
                row.refuse(cell, refusal)

    def _entry(
        self, row: Row, said: PastStep, point: DecisionPoint, parties: list[Party | None]
    ) -> ProgressEntry | None:
        """The row of the ledger; None with a fault where it cannot be one."""
        lifts = said.action == PointAction.EXTEND and said.due_on is None
        decided_on = point.resolution.adopted_on
        new = NewEntry(
            said.action,
            said.happened_on,
            said.text,
            Instruction(parties[0], parties[1], due_on=said.due_on, lifts_due=lifts),
            named=NamedResult(said.result or PointResult.UNNAMED, said.result_reason),
            told=Told(
                said.obstacles, said.next_step, said.asked_due_on if said.action == PointAction.REQUEST else None
            ),
        )
        try:
            entry = new.as_row(by=self.desk.by, decided_on=decided_on, point=point)
        except StepRefused as refused:
            row.refuse(_cell_of(said.action, str(refused)), str(refused))
            return None
        entry.text = entry.text or entry.own_words
        return entry

    def _compare(self, row: Row, said: PastStep, held: ProgressEntry, parties: list[Party | None]) -> None:
        """See whether a step that the portal holds says the same of parties and reasons too."""
        for side, party in zip(_SIDES, parties, strict=True):
            was, name = getattr(held, side.field), getattr(held, f"{side.field}_name")
            is_same = party is None or (was and was.identity == party.identity)
            if not is_same and search_form(getattr(said, side.field)) != search_form(name):
                here = f"В портале в этом поручении {side.told} другой: {told(name)}."
                row.refuse(side.field, f"{here} В файле: {told(getattr(said, side.field))}.")
        row.compare("этого шага", {cell: (getattr(said, cell), getattr(held, cell)) for cell in _TOLD})

    def _tell_changed(self, row: Row, said: PastStep, held: ProgressEntry, parties: list[Party | None]) -> None:
        """Tell what the portal holds otherwise of a step: of its day and kind it holds as many as the book."""
        result = PointResult(held.result) if held.result else None
        pairs = {cell: (getattr(said, cell), getattr(held, cell)) for cell in ("text", "due_on", "asked_due_on")}
        row.compare("этого шага", pairs | {"result": (said.result, result)})
        named = [party if getattr(held, side.field) else None for side, party in zip(_SIDES, parties, strict=True)]
        self._compare(row, said, held, named)

    def _speak_for(self, point: DecisionPoint, new: list[ProgressEntry]) -> None:
        """Say on whose behalf the steps of others are written: of the party as it stood then."""
        stands = {side: party_at_first(side) for side in _SIDES}
        held = point.progress.all() if point.pk else ()
        for entry in in_force([*held, *new]):
            party = stands.get(POINT_STEPS[PointAction(entry.action)].side)
            if entry.pk is None and party and not self.actor.is_secretariats(party):
                for name, value in Behalf(str(party)[:250], self.desk.ground).fields.items():
                    setattr(entry, name, value)
            stands |= dict(_named(entry))


def _like(said: PastStep) -> _Like:
    """What steps of one day and kind have in common."""
    return said.decision, said.point, said.happened_on, said.action


def _is_watched(steps: Iterable[ProgressEntry]) -> bool:
    """Whether a new point is under control after its steps."""
    in_order = sorted(steps, key=lambda one: one.happened_on)  # within a day in the order of the sheet
    turns = [one.action for one in in_order if one.action in (*_ENDS, PointAction.REOPEN)]
    return not turns or turns[-1] == PointAction.REOPEN


def _named(entry: ProgressEntry) -> Iterator[tuple[Side, Party]]:
    """The parties that a step names."""
    for side in _SIDES:
        if party := getattr(entry, side.field):
            yield side, party


def _key_of(entry: ProgressEntry) -> Any:
    """What tells a step from every other one of its point; two that are equal are two."""
    said = (entry.action, entry.happened_on, typed_text(entry), entry.due_on, entry.asked_due_on)
    return (*said, entry.result if entry.action in NAMING else "")


def _cell_of(action: PointAction, refusal: str) -> str:
    """The cell that a refusal is about: the day, unless it is another."""
    due = "asked_due_on" if action == PointAction.REQUEST else "due_on"
    cells = {SAME_PARTY: "controller", DUE_BEFORE_STEP: due, NAME_RESULT: "result", WHICH_DAY: "asked_due_on"}
    return cells.get(refusal, "happened_on")
