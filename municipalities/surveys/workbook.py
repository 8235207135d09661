"""The summary of a round as a workbook: one sheet by municipality, one with the totals. No formulas, typed cells."""

from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from municipalities.sheets import GRID, finished, heading_cell, headline, lettering, set_up_print, text_cell, value_cell
from municipalities.surveys.summary import Summary
from russian.templatetags.russian import long_date, quoted

ANSWERS, TOTALS = "Ответы", "Итоги"
HEADER_ROW = 4


def summary_workbook(summary: Summary) -> bytes:
    """Write a summary.

    Args:
        summary: what to write.

    Returns:
        The bytes of an xlsx file.
    """
    book = Workbook(write_only=True)
    _write_answers(book.create_sheet(ANSWERS), summary)
    _write_totals(book.create_sheet(TOTALS), summary)
    made_on = timezone.localdate(summary.made_at)
    return finished(book, f"Сводка по итогам информационного обмена {quoted(summary.survey.title)}", day=made_on)


def _write_answers(sheet: Any, summary: Summary) -> None:
    headings = ["Муниципальное образование", "Субъект Российской Федерации", "Состояние ответа", "Статус участия"]
    headings += ["Основание", *map(str, summary.questions)]
    widths = [28, 28, 18, 24, 40, *(one.of_kind.width for one in summary.questions)]
    formats = ["General"] * 5 + [one.of_kind.number_format for one in summary.questions]
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(headings))}{HEADER_ROW + summary.total}"
    set_up_print(sheet, HEADER_ROW)
    sheet.append([headline(sheet, "Сводка по итогам информационного обмена")])
    sheet.append([text_cell(sheet, quoted(summary.survey.title))])
    sheet.append([text_cell(sheet, _state(summary))])
    sheet.append([heading_cell(sheet, text) for text in headings])
    for row in summary.rows:
        values = [row.name, row.region, str(row.state.label), row.participation, row.basis, *row.answers]
        sheet.append([_cell(sheet, value, form) for value, form in zip(values, formats, strict=True)])


def _write_totals(sheet: Any, summary: Summary) -> None:
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 60, 16
    sheet.append([text_cell(sheet, "Статус участия", font=lettering(bold=True))])
    for bar in summary.participation:
        sheet.append([_cell(sheet, bar.label), _cell(sheet, bar.count)])
    for digest in summary.digests:
        sheet.append([])
        sheet.append([text_cell(sheet, f"{digest.number}. {digest.text}", font=lettering(bold=True))])
        sheet.append([_cell(sheet, "Ответили"), _cell(sheet, digest.answered)])
        for bar in digest.bars:
            sheet.append([_cell(sheet, bar.label), _cell(sheet, bar.count)])
        for label, value in digest.figures:
            sheet.append([_cell(sheet, label), _cell(sheet, value, digest.kind.number_format)])


def _state(summary: Summary) -> str:
    return f"На {long_date(summary.made_at)} принято ответов: {summary.accepted} из {summary.total}"


def _cell(sheet: Any, value: Any, number_format: str = "General") -> Cell:
    if isinstance(value, bool):
        value = "да" if value else "нет"
    cell = value_cell(sheet, value)
    cell.number_format = number_format
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = GRID
    return cell
