"""The registry as a workbook (xlsx) that a clerk can print, filter, edit and send back.

A hidden sheet remembers what each row said when it was exported: the import tells a cell that somebody edited from one
that the portal has changed since.
"""

import datetime as dt
import json
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from accounts.models import UnionProfile
from municipalities.columns import MunicipalityColumn, annotated, in_workbook
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.registry import Registry
from municipalities.sheets import GRID, entitle, heading_cell, keep_text, set_up_print, text_cell
from russian.templatetags.russian import counted, long_date

SHEET = "Муниципальные образования"
HEADER_ROW = 4

# The sheet that remembers: its first cell says what it is, each further one a row, all as JSON.
MEMORY_SHEET = "sgcszr"
MEMORY_MARK = "sgcszr-portal/municipalities"
MEMORY_FORMAT = 1


def registry_workbook(registry: Registry, *, at: dt.datetime | None = None) -> bytes:
    """Write the rows of a registry, in its order, without anything internal.

    Args:
        registry: a valid one.
        at: the moment that the hidden sheet remembers; now without it.

    Returns:
        The bytes of an xlsx file: title, date and filters, a frozen and filtered header, typed cells, a list of the
        statuses to choose from, and the hidden sheet.
    """
    filters = registry.description() or "все члены Союза"
    found = counted(registry.count, "строка,строки,строк")
    lines = (_title(), f"По состоянию на {long_date(registry.day)}, {found}", f"Отбор: {filters}")
    return _write(registry.rows(), registry.count, lines, at=at)


def questionnaire_workbook(municipalities: MunicipalityQuerySet) -> bytes:
    """A workbook for one municipality, or a few, to fill in and send back; the same table as the registry's.

    Args:
        municipalities: whose rows it holds.

    Returns:
        The bytes of an xlsx file.
    """
    lines = (
        _title(),
        f"Анкета муниципального образования, {long_date(timezone.localdate())}",
        "Исправьте строку, укажите дату и основание (документ или ссылку) и верните файл в секретариат.",
    )
    return _write(municipalities.with_participation().named_on(), municipalities.count(), lines)


def _title() -> str:
    return f"Участие муниципальных образований {UnionProfile.on().short_name} в проекте «Умный город»"


def file_name(day: dt.date) -> str:
    """What the browser calls the workbook exported on a day."""
    return f"reestr-munitsipalitetov-{day:%Y-%m-%d}.xlsx"


def _write(
    rows: MunicipalityQuerySet,
    count: int,
    lines: tuple[str, str, str],
    *,
    at: dt.datetime | None = None,
) -> bytes:
    """Both sheets at once; rows go to files as they come: memory does not grow with their number."""
    book = Workbook(write_only=True)
    sheet, memory = book.create_sheet(SHEET), book.create_sheet(MEMORY_SHEET)
    memory.sheet_state = "veryHidden"
    columns = [column for column, _ in in_workbook()]
    styles = [_cell_style(book, column) for column in columns]
    _lay_out(sheet, last_row=HEADER_ROW + count)
    sheet.append([text_cell(sheet, lines[0], font=Font(bold=True, size=14))])
    for line in lines[1:]:
        sheet.append([text_cell(sheet, line)])
    sheet.append([heading_cell(sheet, text) for text in (column.title for column in columns)])
    memory.append(
        [_remembered({"mark": MEMORY_MARK, "format": MEMORY_FORMAT, "at": (at or timezone.now()).isoformat()})]
    )
    read_back = [column for column in columns if column.is_read_back]
    known = [*(column.dated or column.key for column in columns if not column.derived), "version", "participation_day"]
    for values in annotated(rows).values_list(*known).iterator(chunk_size=1000):
        row = dict(zip(known, values, strict=True))
        memory.append([_remembered({one.key: one.of(row) for one in read_back} | {"version": row["version"]})])
        written = (column.value.written(column.of(row)) for column in columns)
        sheet.append([_cell(sheet, value, style) for value, style in zip(written, styles, strict=True)])
    entitle(book, lines[0])
    book.properties.subject = lines[-1]
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def _remembered(values: dict[str, Any]) -> str:
    """One line of the hidden sheet; it begins with a brace, so that no program takes it for a formula."""
    return json.dumps(values, ensure_ascii=False, default=str, separators=(",", ":"))


def _lay_out(sheet: Any, *, last_row: int) -> None:
    """Widths, filter, choices, print set-up: all before the first row, because rows are written as they come."""
    letter = ""
    for number, (column, laid) in enumerate(in_workbook(), start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = laid.width
        if column.is_read_back and column.value.options() and last_row > HEADER_ROW:
            validation = _choices(column.value.options(), may_be_empty=not laid.needed)
            validation.add(f"{letter}{HEADER_ROW + 1}:{letter}{last_row}")
            sheet.data_validations.append(validation)
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{letter}{last_row}"
    set_up_print(sheet, HEADER_ROW)
    sheet.oddFooter.center.text = "Страница &P из &N"


def _choices(options: Sequence[str], *, may_be_empty: bool) -> DataValidation:
    """A drop-down list of the labels; together they are shorter than the 255 characters that Excel takes."""
    validation = DataValidation(type="list", formula1=f'"{",".join(options)}"', allow_blank=may_be_empty)
    validation.errorTitle, validation.error = "Такого значения нет", "Выберите значение из списка."
    validation.showErrorMessage = True
    return validation


def _cell_style(book: Workbook, column: MunicipalityColumn) -> str:
    """A column's named style: looking its parts up for each cell anew takes longer than writing the cell."""
    style = NamedStyle(name=f"Реестр: {column.title}", number_format=column.value.number_format, border=GRID)
    style.alignment = Alignment(wrap_text=True, vertical="top")
    book.add_named_style(style)
    name: str = style.name
    return name


def _cell(sheet: Any, value: Any, style: str) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, value=value)
    cell.style = style
    keep_text(cell)  # after the style, which would take the mark away
    return cell
