"""What every sheet that the portal writes has in common: text that stays text, headings, print set-up."""

import datetime as dt
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties

from accounts.models import UnionProfile

A4 = 9  # its number among Excel's paper sizes
_LINE = Side(style="thin", color="BFBFBF")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

# What Excel could take for the beginning of a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def value_cell(sheet: Any, value: Any) -> Cell:
    """A typed cell; text stays text, whatever it begins with."""
    cell: Cell = WriteOnlyCell(sheet, value=value)
    keep_text(cell)
    return cell


def keep_text(cell: Cell) -> None:
    """Let no program make a formula of a cell that holds text."""
    if isinstance(cell.value, str):
        cell.data_type = "s"  # openpyxl takes a leading "=" for a formula
        if cell.value.startswith(_FORMULA_STARTS):
            cell.quotePrefix = True  # and so would Excel, once somebody edits the cell


def text_cell(sheet: Any, text: str, *, font: Font | None = None) -> Cell:
    """A cell of text, in a font of its own where one is given."""
    cell = value_cell(sheet, text)
    if font:
        cell.font = font
    return cell


def heading_cell(sheet: Any, text: str) -> Cell:
    """A cell of a table's header."""
    cell = text_cell(sheet, text, font=Font(bold=True))
    cell.fill = PatternFill("solid", fgColor="E7ECF3")
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    cell.border = GRID
    return cell


def set_up_print(sheet: Any, header_row: int) -> None:
    """A4 across, as wide as the page, with the header on each page."""
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def entitle(book: Workbook, title: str, *, day: dt.date | None = None) -> None:
    """Say in a book's properties what it is, in which language, and that the portal made it.

    Args:
        book: the workbook.
        title: what it is.
        day: the day that it tells of; the portal has its name of that day, of today without one.
    """
    book.properties.title, book.properties.language = title, "ru-RU"
    book.properties.creator = UnionProfile.on(day).portal_name
