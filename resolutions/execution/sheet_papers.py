"""The control sheet as a workbook and as an annex on paper."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Self

from openpyxl import Workbook

from accounts.models import UnionProfile
from documents.engine import Paper, render_pdf
from documents.word import TableColumn
from municipalities.sheets import DATE, SheetColumn, finished, write_table
from resolutions.execution.point_columns import POINT_COLUMNS, point_cells
from resolutions.execution.printed import PrintedTable, Section
from resolutions.execution.report import LATE
from resolutions.execution.sheet import Decision, SheetRow
from resolutions.execution.sheet_listing import ControlSheet
from revisions.days import noon_of
from russian.templatetags.russian import counted, long_date, quoted

KIND = "Контроль исполнения решений"
POINTS = "Пункты"
NO_POINTS = "Таких пунктов нет."

_COLUMNS = (
    SheetColumn("Решение", 44),
    SheetColumn("Принято", 13, DATE),
    SheetColumn("№ решения", 12),
    *POINT_COLUMNS,
    SheetColumn("Внесено позже", 30),
)
_PRINTED = (
    TableColumn("Пункт", 66),
    TableColumn("Ответственный, контролирует", 40),
    TableColumn("Срок", 24),
    TableColumn("Состояние, результат", 40),
)


@dataclass(frozen=True)
class PrintedSheet:
    """What the files of the sheet show.

    Attributes:
        day: the rows stand as at its end.
        union, short: the Union by both its names of that day.
        lines: what rows these are: the day, what was known, what was asked for.
        totals: how many rows are in which state, came to what, and are late.
        rows: the newest decision first.
    """

    day: dt.date
    union: str
    short: str
    lines: tuple[str, ...]
    totals: str
    rows: tuple[SheetRow, ...]

    @classmethod
    def of(cls, sheet: ControlSheet) -> Self:
        """The rows that were asked for.

        Args:
            sheet: a valid one.
        """
        union = UnionProfile.on(sheet.day, known_on=sheet.known_on)
        totals = "; ".join(f"{one.label.lower()} –\xa0{one.number}" for one in sheet.figures)
        return cls(sheet.day, union.full_name, union.short_name, tuple(_said(sheet)), totals, sheet.rows())


def sheet_workbook(sheet: PrintedSheet) -> bytes:
    """Write the sheet.

    Args:
        sheet: what to write.

    Returns:
        The bytes of an xlsx file.
    """
    book, title = Workbook(write_only=True), f"{KIND} {sheet.short}"
    cells = ((*_decision_cells(row.decision), *point_cells(row), LATE if row.is_late else "") for row in sheet.rows)
    write_table(book, POINTS, (title, *sheet.lines), _COLUMNS, cells, len(sheet.rows))
    return finished(book, title, day=sheet.day)


def render_sheet(sheet: PrintedSheet) -> bytes:
    """Print the sheet, as an annex for the next Assembly: a table for each decision.

    Args:
        sheet: what to print.

    Returns:
        The bytes of a PDF; the same for the same rows.

    Raises:
        PaperError: a font is missing.
    """
    paper = Paper(
        template="documents/control_sheet.html",
        context={"kind": KIND, "day": sheet.day, "sections": _sections(sheet)},
        title=f"{KIND} по состоянию на {long_date(sheet.day)}",
        author=sheet.union,
        created=noon_of(sheet.day),
    )
    return render_pdf(paper)


def _said(sheet: ControlSheet) -> list[str]:
    """What rows these are: the day, what was known, what was asked for."""
    lines = [f"По состоянию на {long_date(sheet.day)}"]
    if sheet.known_on:
        lines.append(f"Учтено только то, что внесено в портал не позднее {long_date(sheet.known_on)}")
    if asked := sheet.narrowing_told():
        lines.append(f"Отбор: {asked}")
    return lines


def _sections(sheet: PrintedSheet) -> list[Section]:
    """The totals, and a table for each decision."""
    found = counted(len(sheet.rows), "пункт,пункта,пунктов")
    totals = f"Всего {found}: {sheet.totals}." if sheet.rows else NO_POINTS
    tables = (_decision(decision, rows) for decision, rows in groupby(sheet.rows, key=lambda row: row.decision))
    return [Section("", (*sheet.lines[1:], totals)), *tables]


def _decision_cells(decision: Decision) -> tuple[Any, ...]:
    return decision.title, decision.adopted_on, decision.number or None


def _decision(decision: Decision, rows: Iterable[SheetRow]) -> Section:
    heading = f"Решение от {decision.day_and_number} {quoted(decision.title)}"
    return Section(heading, (), PrintedTable(_PRINTED, tuple(_printed(row) for row in rows)))


def _printed(row: SheetRow) -> tuple[str, ...]:
    return (
        f"{row.number}. {row.text}",
        f"{row.responsible}\nКонтролирует: {row.controller}",
        row.due_in_words + ("\nсрок прошёл" if row.is_overdue else ""),
        f"{row.state_told}\nРезультат: {_low(row.result.sentence)}" + (f"\n({LATE})" if row.is_late else ""),
    )


def _low(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"
