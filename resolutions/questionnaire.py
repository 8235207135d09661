"""What the questionnaire of a municipality asks about decisions: its report on each point for all members.

A point has a block of columns, filled with the last report. A block that somebody edited is a report of its own, as in
the form: it adds to what was reported before. Whoever loads the workbook writes it down for the member.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from municipalities.importing.plan import OutdatedPlan
from municipalities.models import Municipality
from municipalities.registration import Judged, PartChange, PartColumn, RowPart
from municipalities.values import Day, Paragraphs, ValueType
from resolutions.access import member_report_refusal
from resolutions.acting import Actor
from resolutions.execution.member_rows import is_for_all
from resolutions.forms.member_reports import MemberReportForm
from resolutions.models import (
    DecisionPoint,
    MemberReport,
    MemberReportRow,
    NewMemberReport,
    ProgressEntry,
    ResolutionStatus,
    StepRefused,
)
from resolutions.models.control import UNDER_CONTROL
from resolutions.models.member_report import REPORTABLE
from resolutions.models.member_report_row import MemberReportAction
from resolutions.models.party import PartyKind
from revisions.ledger import in_force
from revisions.models import EditConflict
from russian.templatetags.russian import quoted
from russian.text import search_form

SAY_WHAT = "Напишите, что сделано: без этого доклад не принимают."
SAY_WHEN = "Укажите дату доклада."
NOT_CLEARED = "Доклад не отменяют, стирая ячейки: верните прежний текст. Неверный доклад отменяет секретариат."
SAME_DAY = "{}: доклад новый, а дата прежняя – проверьте дату."
LONGEST_TITLE = 100  # characters of a decision's title in a heading


@dataclass(frozen=True)
class _Cell:
    """A column of each block: the field of a report, how it is headed, read and how wide it is."""

    field: str
    heading: str
    value: ValueType
    width: int


CELLS = (
    _Cell("text", "что сделано", Paragraphs(), 50),
    _Cell("result", "что получилось", Paragraphs(), 40),
    _Cell("obstacles", "что мешает", Paragraphs(), 40),
    _Cell("next_step", "следующий шаг", Paragraphs(), 40),
    _Cell("happened_on", "дата доклада", Day(), 16),
)


def key_of(point: int, field: str) -> str:
    """What import and memory call a column.

    Args:
        point: the key of a point.
        field: of a report.
    """
    return f"report-{point}-{field}"


def _points() -> list[DecisionPoint]:
    """All points that were ever addressed to all members, the newest decision first. Four queries."""
    instructions = ProgressEntry.objects.in_force().filter(responsible__kind=PartyKind.MEMBERS)
    asked = DecisionPoint.objects.filter(pk__in=instructions.values("point")).exclude(resolution__adopted_on=None)
    read = asked.select_related("resolution", "responsible").prefetch_related(*REPORTABLE)
    return list(read.order_by("-resolution__adopted_on", "resolution", "number"))


def known_columns() -> list[PartColumn]:
    """What an import understands: also points that are off control by now, so that their cells are judged."""
    return [column for _, block in _blocks(_points()) for column in block]


def offered_columns(municipalities: Collection[int]) -> list[PartColumn]:
    """What a questionnaire asks of members today: points for all members that are under control.

    Args:
        municipalities: whose questionnaire it is, by their keys.
    """
    if not Municipality.objects.members().filter(pk__in=municipalities).exists():
        return []
    return [column for point, block in _blocks(_points()) if _is_asked(point) for column in block]


def _is_asked(point: DecisionPoint) -> bool:
    """Whether reports on a point are waited for today."""
    is_decided = point.resolution.status != ResolutionStatus.DRAFT
    return is_decided and point.state in UNDER_CONTROL and is_for_all(point.responsible)


def _blocks(points: Sequence[DecisionPoint]) -> Iterator[tuple[DecisionPoint, list[PartColumn]]]:
    """The columns of each point. Their headings are told apart by what an import compares."""
    of_day: dict[dt.date | None, dict[int, str]] = defaultdict(dict)
    for point in sorted(points, key=lambda one: one.resolution_id):
        decision = point.resolution
        of_day[decision.adopted_on][decision.pk] = decision.title[:LONGEST_TITLE]
    for point in points:
        title = _told_apart(of_day[point.resolution.adopted_on], point.resolution_id)
        yield point, [_column(cell, point, f"{point.in_full}{title}") for cell in CELLS]


def _column(cell: _Cell, point: DecisionPoint, named: str) -> PartColumn:
    return PartColumn(key_of(point.pk, cell.field), f"{named}: {cell.heading}", cell.value, cell.width)


def _told_apart(titles: Mapping[int, str], decision: int) -> str:
    """What a heading says of a decision besides its day: its title where it is not the only one of that day.

    Args:
        titles: of the decisions of the day, by their keys.
        decision: the key of the one that is meant.
    """
    if len(titles) == 1:
        return ""
    alike = [key for key, title in titles.items() if search_form(title) == search_form(titles[decision])]
    place = f" ({alike.index(decision) + 1}-е)" if len(alike) > 1 else ""
    return f" {quoted(titles[decision])}{place}"


class ReportReading:
    """What was reported on points for all members.

    Args:
        municipalities: by whom, by their keys.
    """

    def __init__(self, municipalities: Collection[int]) -> None:
        self.points = _points()
        towns = Municipality.objects.filter(pk__in=municipalities).prefetch_related("memberships")
        self.towns = {one.pk: one for one in towns}
        stored = MemberReport.objects.filter(point__in=self.points, municipality__in=municipalities)
        self.stored = {(one.point_id, one.municipality_id): one for one in stored.prefetch_related("rows")}

    def _report(self, point: DecisionPoint, municipality: int) -> MemberReport:
        report = self.stored.get((point.pk, municipality)) or MemberReport()
        report.point, report.municipality = point, self.towns[municipality]
        return report

    def _reported(self, point: DecisionPoint, municipality: int) -> list[MemberReportRow]:
        """The reports of a member that are in force, returned ones too."""
        stored = self.stored.get((point.pk, municipality))
        rows = in_force(stored.rows.all()) if stored else []
        return [row for row in rows if row.action == MemberReportAction.REPORT]

    def values(self, municipality: int) -> dict[str, Any]:
        """The last report on each point, by the keys of the columns; empty cells where there is none."""
        found: dict[str, Any] = {}
        for point in self.points:
            last = next(reversed(self._reported(point, municipality)), MemberReportRow())
            found |= {key_of(point.pk, cell.field): getattr(last, cell.field) for cell in CELLS}
        return found

    def judge(self, municipality: int, said: Mapping[str, Any], edited: Collection[str]) -> Judged:
        """What the blocks that somebody edited come to. Arguments as of `registration.PartReading`."""
        keys: list[str] = []
        new: list[dict[str, Any]] = []
        errors: list[tuple[str, str]] = []
        warnings: list[str] = []
        for point in self.points:
            block = {cell.field: key_of(point.pk, cell.field) for cell in CELLS}
            if not set(edited) & set(block.values()) or not said.keys() >= set(block.values()):
                continue  # nobody typed, or what was typed could not be read and is an error already
            told = {cell.field: cell.value.kept(said[block[cell.field]]) for cell in CELLS}
            before = [_told(row) for row in self._reported(point, municipality)]
            if told in before:
                continue
            report = self._report(point, municipality)
            wrong = _faults(report, told, is_cleared=not any(told.values()))
            errors += [(block[field], sentence) for field, sentence in wrong]
            keys += block.values()
            new.append({"point": point.pk, "version": report.version, **told})
            if any(one["happened_on"] == told["happened_on"] for one in before):
                warnings.append(SAME_DAY.format(point.in_full))
        return Judged(keys, new, errors, warnings)


def _told(row: MemberReportRow) -> dict[str, Any]:
    """What a report says, as cells of a block."""
    return {cell.field: cell.value.kept(getattr(row, cell.field)) for cell in CELLS}


def _faults(report: MemberReport, told: Mapping[str, Any], *, is_cleared: bool) -> list[tuple[str, str]]:
    """What stands against a report, by the fields of its form. Asks nothing."""
    if is_cleared:
        return [("text", NOT_CLEARED)]
    missing = [("text", SAY_WHAT), ("happened_on", SAY_WHEN)]
    faults = [(field, sentence) for field, sentence in missing if not told[field]]
    form = MemberReportForm({**told, "version": report.version}, report=report)
    for field, refused in form.errors.get_json_data().items():
        faults += [(field, one["message"]) for one in refused if told[field]]
    day = form.cleaned_data.get("happened_on")
    if day and (refusal := report.day_refusal(day)):
        faults.append(("happened_on", refusal))
    return faults


def write(changes: Sequence[PartChange], by: User) -> None:
    """Write reports down for members, in the transaction of the caller.

    Args:
        changes: what was judged.
        by: who loads the workbooks.

    Raises:
        OutdatedPlan: somebody reported meanwhile, or a day is impossible by now.
        ValidationError: reporting for members is not theirs.
    """
    actor = Actor(by)
    towns = Municipality.objects.in_bulk([one.municipality for one in changes])
    asked = {said["point"] for one in changes for said in one.new}
    points = DecisionPoint.objects.select_related("resolution").in_bulk(asked)
    DecisionPoint.queue_for(points)
    try:
        for change in changes:
            town = towns[change.municipality]
            for said in change.new:
                report = MemberReport.objects.get_or_create(point=points[said["point"]], municipality=town)[0]
                if refusal := member_report_refusal(actor, report):
                    raise ValidationError(refusal)
                new = _new_report(said, town, change.file)
                report.report(new, version=said["version"], by=by, tells_point=False)
        for point in points:  # once, not after each of many reports
            DecisionPoint.take_note_of_deeds(point)
    except (StepRefused, EditConflict) as late:
        raise OutdatedPlan from late


def _new_report(said: Mapping[str, Any], town: Municipality, file: str) -> NewMemberReport:
    texts = {cell.field: said[cell.field] for cell in CELLS}
    texts["happened_on"] = dt.date.fromisoformat(said["happened_on"])
    return NewMemberReport(**texts, on_behalf_of=town.name, behalf_ground=f"анкета в файле {quoted(file)}")


REPORTS = RowPart(
    name="reports",
    asks=(
        "Чтобы доложить по пункту решения, заполните его столбцы: «что сделано» и «дата доклада» обязательны. "
        "В них стоит последний доклад; если ничего не менять, он останется прежним."
    ),
    rule=(
        "Столбцы анкеты о пунктах решений, обращённых ко всем членам Союза, – доклады: новый записывается от имени "
        "муниципального образования на основании файла, нетронутые ячейки ничего не меняют."
    ),
    offered=offered_columns,
    known=known_columns,
    read=ReportReading,
    write=write,
)
