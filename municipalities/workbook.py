"""The registry as a workbook (xlsx) that a clerk can print, filter and send on."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from municipalities.models import FederalDistrict, IndexGroup, Participation
from municipalities.registry import Registry
from russian.templatetags.russian import counted, long_date

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TITLE = "Участие муниципальных образований СГЦСЗР в проекте «Умный город»"
SHEET = "Муниципальные образования"
HEADER_ROW = 4
A4 = 9  # its number among Excel's paper sizes

# What Excel could take for the beginning of a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_LINE = Side(style="thin", color="BFBFBF")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


@dataclass(frozen=True)
class _Column:
    """A column of the sheet: heading, width in characters, format of its cells."""

    heading: str
    width: int
    number_format: str = "General"


_COLUMNS = (
    _Column("Муниципальное образование", 28),
    _Column("Субъект Российской Федерации", 28),
    _Column("Федеральный округ", 18),
    _Column("ОКТМО", 14, "@"),
    _Column("Население, человек", 13, "#,##0"),
    _Column("Группа индекса «IQ городов»", 27),
    _Column("Статус участия", 24),
    _Column("По состоянию на", 14, "DD.MM.YYYY"),
    _Column("Основание", 60),
)


def registry_workbook(registry: Registry) -> bytes:
    """Write the rows of a registry, in its order, without anything internal.

    Args:
        registry: a valid one.

    Returns:
        The bytes of an xlsx file: title, date and filters, a frozen and filtered header, typed cells.
    """
    book = Workbook(write_only=True)  # rows go to a file as they come: memory does not grow with their number
    sheet = book.create_sheet(SHEET)
    _lay_out(sheet, last_row=HEADER_ROW + registry.found)
    filters = registry.description() or "все муниципальные образования перечня"
    found = counted(registry.found, "строка,строки,строк")
    sheet.append([_text(sheet, TITLE, font=Font(bold=True, size=14))])
    sheet.append([_text(sheet, f"По состоянию на {long_date(registry.today)}, {found}")])
    sheet.append([_text(sheet, f"Отбор: {filters}")])
    sheet.append([_heading(sheet, column.heading) for column in _COLUMNS])
    for row in _rows(registry):
        sheet.append([_cell(sheet, value, column) for value, column in zip(row, _COLUMNS, strict=True)])
    properties = book.properties
    properties.title, properties.subject = TITLE, f"Отбор: {filters}"
    properties.creator, properties.language = "Портал СГЦСЗР", "ru-RU"
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def file_name(day: dt.date) -> str:
    """What the browser calls the workbook exported on a day."""
    return f"reestr-munitsipalitetov-{day:%Y-%m-%d}.xlsx"


def _rows(registry: Registry) -> Iterator[tuple[Any, ...]]:
    """The cells of each municipality, codes turned into words."""
    fields = ("name", "region", "federal_district", "oktmo", "population", "index_group")
    annotations = ("participation", "participation_since", "participation_basis")
    districts, groups, statuses = (dict(one.choices) for one in (FederalDistrict, IndexGroup, Participation))
    for row in registry.rows().values_list(*fields, *annotations).iterator():
        name, region, district, oktmo, population, group, status, since, basis = row
        yield name, region, districts[district], oktmo, population, groups.get(group), statuses[status], since, basis


def _lay_out(sheet: Any, *, last_row: int) -> None:
    """Widths, filter, print set-up: all before the first row, because rows are written as they come."""
    last_column = get_column_letter(len(_COLUMNS))
    for number, column in enumerate(_COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last_column}{last_row}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = "Страница &P из &N"


def _heading(sheet: Any, text: str) -> Cell:
    cell = _text(sheet, text, font=Font(bold=True))
    cell.fill = PatternFill("solid", fgColor="E7ECF3")
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    cell.border = _GRID
    return cell


def _text(sheet: Any, text: str, *, font: Font | None = None) -> Cell:
    """A cell that stays text, whatever it begins with."""
    cell: Cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # openpyxl takes a leading "=" for a formula
    cell.quotePrefix = text.startswith(_FORMULA_STARTS)  # and so would Excel, once somebody edits the cell
    if font:
        cell.font = font
    return cell


def _cell(sheet: Any, value: Any, column: _Column) -> Cell:
    cell: Cell = _text(sheet, value) if isinstance(value, str) else WriteOnlyCell(sheet, value=value)
    cell.number_format = column.number_format
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = _GRID
    return cell
