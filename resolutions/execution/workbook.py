"""The report on execution as a workbook: typed cells, no formulas, text that stays text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from municipalities.sheets import GRID, entitle, heading_cell, set_up_print, text_cell, value_cell
from resolutions.execution.letters_report import Correspondence
from resolutions.execution.members_report import LATE_MEMBER, MunicipalitiesReport, MunicipalityLine
from resolutions.execution.papers import KIND, as_of
from resolutions.execution.point_report import LIFTED
from resolutions.execution.report import LATE, ExecutionReport
from revisions.days import noon_of
from russian.templatetags.russian import long_date, quoted

POINTS, ASKS, PROGRESS, MEMBERS, LETTERS = (
    "Пункты",
    "Просьбы",
    "Ход исполнения",
    "Муниципальные образования",
    "Переписка",
)
HEADER_ROW = 5
DATE, NUMBER = "DD.MM.YYYY", "#,##0"


@dataclass(frozen=True)
class _Column:
    heading: str
    width: int
    number_format: str = "General"


def execution_workbook(report: ExecutionReport) -> bytes:
    """Write the report.

    Args:
        report: what to write.

    Returns:
        The bytes of an xlsx file: a sheet of the points, one of what they asked for, one of what was done about them,
        one of the municipalities when a point is about them, and one of the letters when the reader may see any.
    """
    book = Workbook(write_only=True)
    _write_points(book, report)
    _write_asks(book, report)
    _write_progress(book, report)
    if report.municipalities:
        _write_members(book, report, report.municipalities)
    if report.correspondence:
        _write_letters(book, report, report.correspondence)
    entitle(book, f"{KIND} {quoted(report.title)}", day=report.as_of)
    book.properties.created = book.properties.modified = noon_of(report.as_of).replace(tzinfo=None)
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def _write_points(book: Workbook, report: ExecutionReport) -> None:
    columns = [
        _Column("Пункт", 8, NUMBER),
        _Column("Вид", 16),
        _Column("Что решено", 60),
        _Column("Ответственный", 26),
        _Column("Контролирует", 26),
        _Column("Срок", 13, DATE),
        _Column("Состояние", 22),
        _Column("Результат", 26),
        _Column("Срок прошёл", 12),
        _Column("Что сделано", 40),
        _Column("Сделано", 10, NUMBER),
        _Column("Всего", 10, NUMBER),
        _Column("Члены Союза", 40),
        _Column("Обязательства", 40),
        _Column("Осталось", 50),
        _Column("Внесено позже", 16),
    ]
    rows = (
        (
            point.number,
            point.kind.label,
            point.text,
            point.responsible,
            point.controller,
            point.due_on or (LIFTED if point.lifted_on else None),
            point.state_told,
            point.result.sentence,
            _yes_no(point.is_overdue),
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
        _Column("Пункт", 8, NUMBER),
        _Column("Просьба", 9, NUMBER),
        _Column("О чём просят", 60),
        _Column("Кому направлена", 44),
        _Column("Что отвечено", 60),
        _Column("Что с ответом", 44),
        _Column("Состояние", 26),
        _Column("Внесено позже", 16),
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
        _Column("Пункт", 8, NUMBER),
        _Column("Дата", 13, DATE),
        _Column("Шаг", 26),
        _Column("Что сделано", 70),
        _Column("Документ", 50),
        _Column("Внесено позже", 16),
    ]
    rows = [
        (point.number, one.day, one.what, one.text, "\n".join(one.documents), _late(one.is_late))
        for point in report.points
        for one in point.done
    ]
    _write_sheet(book, PROGRESS, report, columns, rows, len(rows))


def _write_members(book: Workbook, report: ExecutionReport, members: MunicipalitiesReport) -> None:
    columns = [
        _Column("Муниципальное образование", 32),
        _Column(f"На {report.adopted_on:%d.%m.%Y}", 26),
        _Column(f"На {report.as_of:%d.%m.%Y}", 26),
        _Column("По состоянию на", 16, DATE),
        _Column("Что изменилось", 18),
        _Column("Внесено позже", 16),
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
        _Column("Исх. №", 12),
        _Column("Дата", 13, DATE),
        _Column("Вид", 18),
        _Column("Пункт", 8, NUMBER),
        _Column("Письмо", 40),
        _Column("Адресат", 40),
        _Column("Состояние", 18),
        _Column("Отправлено", 13, DATE),
        _Column("Как", 26),
        _Column("Вручено", 13, DATE),
        _Column("Срок ответа", 13, DATE),
        _Column("Просрочено", 12),
        _Column("Ответ", 44),
        _Column("Внесено позже", 16),
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
            _yes_no(one.is_overdue),
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
    columns: Sequence[_Column],
    rows: Iterable[Sequence[Any]],
    count: int,
) -> None:
    """A sheet: title, day, an empty line, and the table with its frozen and filtered header."""
    sheet: Any = book.create_sheet(name)
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(columns))}{HEADER_ROW + count}"
    set_up_print(sheet, HEADER_ROW)
    sheet.append([text_cell(sheet, KIND, font=Font(bold=True, size=14))])
    sheet.append([text_cell(sheet, f"{report.title}, {long_date(report.adopted_on)}")])
    known = f", по данным, внесённым не позднее {long_date(report.known_on)}" if report.known_on else ""
    sheet.append([text_cell(sheet, f"{as_of(report)}{known}")])
    sheet.append([])
    sheet.append([heading_cell(sheet, column.heading) for column in columns])
    for row in rows:
        sheet.append([_cell(sheet, value, column) for value, column in zip(row, columns, strict=True)])


def _cell(sheet: Any, value: Any, column: _Column) -> Cell:
    cell = value_cell(sheet, None if value == "" else str(value) if isinstance(value, str) else value)
    cell.number_format = column.number_format
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = GRID
    return cell


def _yes_no(value: bool) -> str:
    return "да" if value else "нет"


def _late(is_late: bool) -> str:
    return LATE if is_late else ""
