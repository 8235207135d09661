"""The report on execution as a workbook: typed cells, no formulas, text that stays text."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from openpyxl import Workbook

from municipalities.sheets import DATE, NUMBER, SheetColumn, finished, write_table
from resolutions.execution.letters_report import Correspondence
from resolutions.execution.members_report import LATE_MEMBER, MunicipalitiesReport, MunicipalityLine
from resolutions.execution.papers import KIND, as_of
from resolutions.execution.point_columns import POINT_COLUMNS, point_cells, yes_no
from resolutions.execution.report import LATE, ExecutionReport
from russian.templatetags.russian import long_date, quoted

POINTS, ASKS, PROGRESS, MEMBERS, LETTERS = (
    "Пункты",
    "Просьбы",
    "Ход исполнения",
    "Муниципальные образования",
    "Переписка",
)
HEADER_ROW = 5  # below the title, the decision, the day and an empty line


def execution_workbook(report: ExecutionReport) -> bytes:
    """Write the report.

    Args:
        report: what to write.

    Returns:
        The bytes of an xlsx file: a sheet of the points, one of what they asked for, one of what was done about them,
        one of the municipalities when a point was measured by them, and one of the letters when the reader may see any.
    """
    book = Workbook(write_only=True)
    _write_points(book, report)
    _write_asks(book, report)
    _write_progress(book, report)
    if report.municipalities:
        _write_members(book, report, report.municipalities)
    if report.correspondence:
        _write_letters(book, report, report.correspondence)
    return finished(book, f"{KIND} {quoted(report.title)}", day=report.as_of)


def _write_points(book: Workbook, report: ExecutionReport) -> None:
    columns = [
        *POINT_COLUMNS,
        SheetColumn("Что сделано", 40),
        SheetColumn("Сделано", 10, NUMBER),
        SheetColumn("Всего", 10, NUMBER),
        SheetColumn("Члены Союза", 40),
        SheetColumn("Обязательства", 40),
        SheetColumn("Осталось", 50),
        SheetColumn("Внесено позже", 16),
    ]
    rows = (
        (
            *point_cells(point),
            point.fulfilment,
            point.fulfilled if point.total else None,
            point.total or None,
            point.members_told or None,
            point.promises_told or None,
            "\n".join(point.open),
            _late(
                point.fulfilment_is_late or point.result_is_late or point.members_are_late or point.promises_are_late
            ),
        )
        for point in report.points
    )
    _write_sheet(book, POINTS, report, columns, rows, len(report.points))


def _write_asks(book: Workbook, report: ExecutionReport) -> None:
    columns = [
        SheetColumn("Пункт", 8, NUMBER),
        SheetColumn("Просьба", 9, NUMBER),
        SheetColumn("О чём просят", 60),
        SheetColumn("Кому направлена", 44),
        SheetColumn("Что отвечено", 60),
        SheetColumn("Что с ответом", 44),
        SheetColumn("Состояние", 26),
        SheetColumn("Внесено позже", 16),
    ]
    rows = [
        (
            point.number,
            one.number,
            one.text,
            "\n".join(one.letters),
            "\n".join(one.answers),
            "\n".join(one.waits),
            one.state,
            _late(one.is_late),
        )
        for point in report.points
        for one in point.asks
    ]
    if rows:
        _write_sheet(book, ASKS, report, columns, rows, len(rows))


def _write_progress(book: Workbook, report: ExecutionReport) -> None:
    columns = [
        SheetColumn("Пункт", 8, NUMBER),
        SheetColumn("Дата", 13, DATE),
        SheetColumn("Шаг", 26),
        SheetColumn("Что сделано", 70),
        SheetColumn("Документ", 50),
        SheetColumn("Внесено позже", 16),
    ]
    rows = [
        (point.number, one.day, one.what, one.text, "\n".join(one.documents), _late(one.is_late))
        for point in report.points
        for one in point.done
    ]
    _write_sheet(book, PROGRESS, report, columns, rows, len(rows))


def _write_members(book: Workbook, report: ExecutionReport, members: MunicipalitiesReport) -> None:
    columns = [
        SheetColumn("Муниципальное образование", 32),
        SheetColumn(f"На {report.adopted_on:%d.%m.%Y}", 26),
        SheetColumn(f"На {report.as_of:%d.%m.%Y}", 26),
        SheetColumn("По состоянию на", 16, DATE),
        SheetColumn("Что изменилось", 18),
        SheetColumn("Внесено позже", 16),
    ]
    rows = (
        (line.name, line.before.label, line.after.label, line.since, line.change, _late_of(line))
        for line in members.lines
    )
    left = ((name, "", "", None, "Не входит в Союз", LATE) for name in members.left_later)
    _write_sheet(book, MEMBERS, report, columns, chain(rows, left), len(members.lines) + len(members.left_later))


def _late_of(line: MunicipalityLine) -> str:
    """What of a member was recorded later: its status, its membership."""
    return "; ".join(filter(None, [_late(line.is_late), LATE_MEMBER if line.is_late_member else ""]))


def _write_letters(book: Workbook, report: ExecutionReport, correspondence: Correspondence) -> None:
    columns = [
        SheetColumn("Исх. №", 12),
        SheetColumn("Дата", 13, DATE),
        SheetColumn("Вид", 18),
        SheetColumn("Пункт", 8, NUMBER),
        SheetColumn("Письмо", 40),
        SheetColumn("Адресат", 40),
        SheetColumn("Состояние", 18),
        SheetColumn("Отправлено", 13, DATE),
        SheetColumn("Как", 26),
        SheetColumn("Вручено", 13, DATE),
        SheetColumn("Срок ответа", 13, DATE),
        SheetColumn("Просрочено", 12),
        SheetColumn("Ответ", 44),
        SheetColumn("Внесено позже", 16),
    ]
    rows = (
        (
            one.number,
            one.date,
            one.kind,
            one.point,
            one.title,
            one.addressee,
            one.state.label,
            one.sent_on,
            one.channel,
            one.delivered_on,
            one.due_on,
            yes_no(one.is_overdue),
            "\n".join(one.answers),
            _late(one.is_late),
        )
        for one in correspondence.letters
    )
    _write_sheet(book, LETTERS, report, columns, rows, len(correspondence.letters))


def _write_sheet(
    book: Workbook,
    name: str,
    report: ExecutionReport,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Any]],
    count: int,
) -> None:
    """A sheet under the name of the report, its decision and its day."""
    known = f", по данным, внесённым не позднее {long_date(report.known_on)}" if report.known_on else ""
    lines = (KIND, f"{report.title}, {report.day_and_number}", f"{as_of(report)}{known}")
    write_table(book, name, lines, columns, rows, count)


def _late(is_late: bool) -> str:
    return LATE if is_late else ""
