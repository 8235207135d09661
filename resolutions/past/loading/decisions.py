"""Adopted decisions and their points."""

import datetime as dt
from dataclasses import replace
from typing import Any

from accounts.models import UnionLedger
from resolutions.checklist import NO_POINTS
from resolutions.editor import blank_text
from resolutions.editor_forms import year_refusal
from resolutions.kinds import POINT_KINDS
from resolutions.models import (
    DecisionPoint,
    PreambleParagraph,
    Resolution,
    ResolutionStatus,
    ResolutionVersion,
    SubPoint,
    VersionAction,
)
from resolutions.models.resolution import RESERVED
from resolutions.past.loading.desk import NUMBER_AND_TEXT, Desk, Row
from resolutions.past.loading.telling import told
from resolutions.past.rows import PastDecision, PastPoint, PastRows, Sheet
from resolutions.text import Paragraph, PointText, ResolutionText
from russian.text import search_form

NOT_YET_ADOPTED = "Дата решения ещё не наступила: принять его можно не раньше этого дня."
NO_SIGNATORY = "Укажите в тексте решения, кто его подписывает."
STILL_A_DRAFT = "Решение ещё не принято: примите его в портале, и только потом загружайте, как его исполняли."
TAKEN = "Обозначение станет адресом решения, а этот адрес занят другой страницей портала: назовите решение иначе."
ADOPTED_WITHOUT = "Решение уже есть в портале и принято без такого пункта: новых пунктов в нём не бывает."

SAME_NUMBER = (
    "Лист «Решения», строка {row}: решение того же органа с номером {number} за {year} г. уже есть {where}. "
    "Если номера и правда совпадают, загружайте."
)

SAME_HEADING = (
    "Лист «Решения», строка {row}: решение того же органа от того же дня и с тем же заголовком уже есть {where} под "
    "обозначением {name}. Если это одно и то же решение, назовите его в книге так же."
)

_CELLS = {
    "slug": "decision",
    "adopted_on": "adopted_on",
    "number": "number",
    "place": "place",
    "title": "title",
    "body_name": "body",
    "hearing": "hearing",
    "signatory_position": "signatory_position",
    "signatory_name": "signatory_name",
}


class Decisions:
    """Goes through decisions and points.

    Attributes:
        texts: the texts of new decisions, by `id` of the decision, as they grow with their points.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk, self._union = desk, UnionLedger.read()
        self.texts: dict[int, ResolutionText] = {}

    def go_through(self, rows: PastRows) -> None:
        """Go through both sheets."""
        desk = self.desk
        desk.go_through(Sheet.DECISIONS, rows.decisions, self._decision, lambda said: (said.decision, None))
        desk.go_through(Sheet.POINTS, rows.points, self._point, lambda said: (said.decision, said.number))
        with_points = {one.decision for one in rows.points}
        for said in rows.decisions:
            found = desk.decisions[said.decision]
            if found and not found.pk and said.decision not in with_points:
                Row(desk, Sheet.DECISIONS, said.row).refuse("decision", NO_POINTS)
        for one in desk.new[Resolution]:
            self._remember(one)
        self._note_numbers(rows)
        self._note_headings(rows)

    def _decision(self, row: Row, said: PastDecision) -> bool:
        """Go through a decision; say whether it is new."""
        desk, name = self.desk, said.decision
        if not row.is_first(name, "decision", f"Решение {told(name)}"):
            return False
        held = desk.decisions.get(name)
        if held:
            self._compare(row, said, held)
            return False
        text = self._text_of(said)
        requisites = {key: value for key, value in vars(text).items() if key not in ("preamble", "points")}
        made = Resolution(slug=str(name), status=ResolutionStatus.ADOPTED, version=1, **requisites)
        self._judge(row, said, made)
        self.texts[id(made)] = text
        row.keep(made)
        for number, one in enumerate(text.preamble, start=1):
            paragraph = PreambleParagraph(resolution=made, number=number, key=one.key, text=one.text)
            row.validate(paragraph, {"text": "preamble"})
            row.keep(paragraph, "preamble")
        desk.decisions[name] = made if row.is_sound else None
        return True

    def _note_numbers(self, rows: PastRows) -> None:
        """Note new decisions that have their number of the year in common with another one of the same organ.

        Nothing says that such numbers are given once a year, and people are asked to look again.
        """
        places = {said.decision: said.row for said in rows.decisions}
        numbered = [one for one in self.desk.new[Resolution] if one.number]
        held = Resolution.objects.exclude(status=ResolutionStatus.DRAFT).filter(
            number__in={one.number for one in numbered}
        )
        first = {_number_of(one): "в портале" for one in held}
        for one in numbered:
            row = places[one.slug]
            where = first.setdefault(_number_of(one), f"в строке {row}")
            if where != f"в строке {row}":
                self.desk.notes.append(
                    SAME_NUMBER.format(row=row, number=one.number, year=_number_of(one)[0], where=where)
                )

    def _note_headings(self, rows: PastRows) -> None:
        """Note new decisions that another one of the same organ, day and heading may be, under another designation."""
        typed, new = {said.decision: said for said in rows.decisions}, self.desk.new[Resolution]
        held = Resolution.objects.exclude(status=ResolutionStatus.DRAFT)
        of_days = held.filter(adopted_on__in={one.adopted_on for one in new})
        first = {_heading_of(one): (one.slug, "в портале") for one in of_days}
        for one in new:
            said = typed[one.slug]
            name, where = first.setdefault(_heading_of(one), (said.decision, f"в строке {said.row}"))
            if name != said.decision:
                self.desk.notes.append(SAME_HEADING.format(row=said.row, where=where, name=told(name)))

    def _judge(self, row: Row, said: PastDecision, made: Resolution) -> None:
        """See whether such a decision can have been adopted."""
        if said.decision in RESERVED:
            row.refuse("decision", TAKEN)
        if refusal := year_refusal(said.adopted_on):
            row.refuse("adopted_on", refusal)
        elif said.adopted_on > self.desk.today:
            row.refuse("adopted_on", NOT_YET_ADOPTED)
        if not said.signatory_name:
            row.refuse("signatory_name", NO_SIGNATORY)
        row.validate(made, _CELLS)

    def _text_of(self, said: PastDecision) -> ResolutionText:
        """What stands on the paper, in the Union's usual words where the row leaves them out."""
        usual = blank_text(said.title, said.adopted_on, said.place, union=self._union.on(said.adopted_on))
        return replace(
            usual,
            number=said.number,
            body_name=said.body or usual.body_name,
            hearing=said.hearing,
            noting=usual.noting if said.preamble else "",
            preamble=tuple(map(Paragraph, said.preamble)),
            signatory_position=said.signatory_position or usual.signatory_position,
            signatory_name=said.signatory_name,
        )

    def _compare(self, row: Row, said: PastDecision, held: Resolution) -> None:
        """See whether the portal holds the same decision."""
        if held.status == ResolutionStatus.DRAFT:
            row.refuse("decision", STILL_A_DRAFT)
            return
        pairs = {cell: (getattr(said, cell), getattr(held, name)) for name, cell in _CELLS.items() if name != "slug"}
        pairs["preamble"] = (said.preamble, tuple(one.text for one in held.paragraphs.all()))
        row.compare("этого решения", pairs)

    def _point(self, row: Row, said: PastPoint) -> bool:
        """Go through a point; say whether it is new."""
        desk, key = self.desk, (said.decision, said.number)
        decision = decision_of(row, said.decision)
        if not row.is_first(key, "number", f"Пункт {said.number} решения {told(said.decision)}"):
            return False
        held = desk.points.setdefault(key, None)
        if decision is None:
            return False
        if held:
            subpoints = tuple(one.text for one in held.subpoints.all())
            kinds = (POINT_KINDS[said.kind].label if said.kind in POINT_KINDS else said.kind, held.of_kind.label)
            pairs = {"kind": kinds, "text": (said.text, held.text), "subpoints": (said.subpoints, subpoints)}
            row.compare(f"пункта {said.number}", pairs)
            return False
        if decision.pk:
            row.refuse("number", ADOPTED_WITHOUT)
            return False
        desk.points[key] = self._new_point(row, said, decision)
        return True

    def _new_point(self, row: Row, said: PastPoint, decision: Resolution) -> DecisionPoint | None:
        """A point of a new decision; None where something is wrong with it."""
        if said.kind not in POINT_KINDS:
            known = ", ".join(f"«{one.label}»" for one in POINT_KINDS.values())
            row.refuse("kind", f"Такого вида пунктов нет. Есть: {known}.")
        if said.number < 1:
            row.refuse("number", "Пункты считают с первого.")
        subpoints = tuple(Paragraph(one) for one in said.subpoints)
        text = PointText(said.number, said.kind, said.text, subpoints)
        made = DecisionPoint(resolution=decision, key=text.key, number=said.number, kind=said.kind, text=said.text)
        row.validate(made, NUMBER_AND_TEXT)
        row.keep(made)
        for number, one in enumerate(subpoints, start=1):
            subpoint = SubPoint(point=made, number=number, key=one.key, text=one.text)
            row.validate(subpoint, {"text": "subpoints"})
            row.keep(subpoint, "subpoints")
        grown = self.texts[id(decision)]
        points = sorted((*grown.points, text), key=lambda one: one.number)
        self.texts[id(decision)] = replace(grown, points=tuple(points))
        return made if row.is_sound else None

    def _remember(self, decision: Resolution) -> None:
        """The one version of a decision that was never a draft here."""
        text, by = self.texts[id(decision)].as_json(), self.desk.by
        facts = {"actor": by, "actor_name": str(by)[:150], "reason": self.desk.ground, "text": text}
        self.desk.add(ResolutionVersion(resolution=decision, number=1, action=VersionAction.LOADED, **facts))


def _number_of(decision: Resolution) -> tuple[int, str, str]:
    """What tells decisions apart on paper."""
    day: Any = decision.adopted_on  # there by a constraint
    return day.year, decision.body_name, decision.number


def _heading_of(decision: Resolution) -> tuple[dt.date | None, str, str]:
    """What people know a decision by."""
    return decision.adopted_on, search_form(decision.body_name), search_form(decision.title)


def decision_of(row: Row, name: str) -> Resolution | None:
    """The adopted decision that a row names."""
    sentence = f"Решения {told(name)} нет ни в портале, ни на листе «{Sheet.DECISIONS.value}»."
    found = row.find(row.desk.decisions, name, "decision", sentence)
    if found and found.status == ResolutionStatus.DRAFT:
        if (Sheet.DECISIONS, name) not in row.desk.rows_of:
            row.refuse("decision", STILL_A_DRAFT)
        row.is_sound = False
        return None
    return found


def point_of(row: Row, decision: str, number: int) -> DecisionPoint | None:
    """The point that a row names in its cells «решение» and «пункт»."""
    if decision_of(row, decision) is None:
        return None
    sentence = f"Пункта {number} в решении {told(decision)} нет."
    return row.find(row.desk.points, (decision, number), "point", sentence)
