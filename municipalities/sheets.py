"""What every sheet that the portal writes has in common: text that stays text, headings, print set-up."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from textwrap import wrap
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from accounts.models import UnionProfile
from documents.word import LONGEST_PROPERTY
from revisions.days import noon_of
from russian.shortening import shortened

DATE, NUMBER = "DD.MM.YYYY", "#,##0"
MOST_POINTS = 409.5  # no row of Excel is higher
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


def lettering(*, bold: bool = False, italic: bool = False, size: float = 11, color: str | None = None) -> Font:
    """The font of all workbooks; without its name some programs take one with serifs.

    Args:
        bold, italic: how it is set.
        size: in points.
        color: six hexadecimal digits; that of the program without it.
    """
    return Font(name="Calibri", bold=bold, italic=italic, sz=size, color=color)


def headline(sheet: Any, text: str) -> Cell:
    """A cell with the title of a sheet."""
    return text_cell(sheet, text, font=lettering(bold=True, size=14))


def heighten(sheet: Any, number: int, texts: Iterable[object], widths: Iterable[float], *, size: float = 11) -> None:
    """Make a row as high as its wrapped texts: LibreOffice does not measure what it did not write. Before the row.

    Args:
        sheet: of a write-only workbook.
        number: of the row.
        texts: what stands in it, from the left.
        widths: of the columns, in characters of 11 points.
        size: of the letters, in points.
    """
    lines = 1
    for text, width in zip(texts, widths, strict=False):
        fit = max(1, int(width * 11 / size))
        lines = max(lines, sum(len(wrap(one, fit)) or 1 for one in str(text or "").split("\n")))
    sheet.row_dimensions[number].height = min(lines * size * 1.4, MOST_POINTS)


def text_cell(sheet: Any, text: str, *, font: Font | None = None) -> Cell:
    """A cell of text, in a font of its own where one is given."""
    cell = value_cell(sheet, text)
    if font:
        cell.font = font
    return cell


def heading_cell(sheet: Any, text: str) -> Cell:
    """A cell of a table's header."""
    cell = text_cell(sheet, text, font=lettering(bold=True))
    cell.fill = PatternFill("solid", fgColor="E7ECF3")
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    cell.border = GRID
    return cell


def drop_down(options: Sequence[str], *, may_be_empty: bool) -> DataValidation:
    """A list of words to choose from, for cells that are still to be named.

    Args:
        options: without commas; together they are shorter than the 255 characters that Excel takes.
        may_be_empty: whether a cell may be left empty.
    """
    validation = DataValidation(type="list", formula1=f'"{",".join(options)}"', allow_blank=may_be_empty)
    validation.errorTitle, validation.error = "Такого значения нет", "Выберите значение из списка."
    validation.showErrorMessage = True
    return validation


def cell_style(
    book: Workbook, name: str, number_format: str, *, font: Font | None = None, horizontal: str | None = None
) -> str:
    """A named style for the cells of a column: looking its parts up for each cell anew takes longer than writing it.

    Args:
        book: the workbook; it has no style of this name yet.
        name: of the style.
        number_format: of its cells.
        font: where they have one of their own.
        horizontal: how they are aligned, «center»; by their values without it.
    """
    style = NamedStyle(name=name, number_format=number_format, border=GRID)
    style.alignment = Alignment(wrap_text=True, vertical="top", horizontal=horizontal)
    if font:
        style.font = font
    book.add_named_style(style)
    return name


def styled_cell(sheet: Any, value: Any, style: str) -> Cell:
    """A typed cell in a named style; text stays text."""
    cell: Cell = WriteOnlyCell(sheet, value=value)
    cell.style = style
    keep_text(cell)  # after the style, which would take the mark away
    return cell


def set_up_print(sheet: Any, header_row: int) -> None:
    """A4 across, as wide as the page, with the header on each page."""
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def finished(book: Workbook, title: str, *, day: dt.date | None = None) -> bytes:
    """Say in a book's properties what it is, in which language, and that the portal made it; write it down.

    Args:
        book: the workbook.
        title: what it is; a longer one than a property holds is cut there.
        day: the day that it tells of: it is dated by that, and the portal has its name of that day. Today without one.

    Returns:
        The bytes of an xlsx file.
    """
    book.properties.title, book.properties.language = shortened(title, LONGEST_PROPERTY), "ru-RU"
    book.properties.creator = shortened(UnionProfile.on(day).portal_name, LONGEST_PROPERTY)
    if day:
        book.properties.created = book.properties.modified = noon_of(day).replace(tzinfo=None)
    output = BytesIO()
    book.save(output)
    return output.getvalue()


@dataclass(frozen=True)
class SheetColumn:
    """A column of a table: its heading, its width in characters, and how its values are shown."""

    heading: str
    width: int
    number_format: str = "General"


def write_table(
    book: Workbook,
    name: str,
    lines: Sequence[str],
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[Any]],
    count: int,
) -> None:
    """A sheet: a title, lines below it, an empty one, and the table with its frozen and filtered header.

    Args:
        book: a write-only workbook.
        name: of the sheet.
        lines: the title, and what else stands above the table.
        columns: of the table.
        rows: typed values, in the order of the columns.
        count: how many rows there are.
    """
    sheet: Any = book.create_sheet(name)
    header_row = len(lines) + 2
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.auto_filter.ref = f"A{header_row}:{get_column_letter(len(columns))}{header_row + count}"
    set_up_print(sheet, header_row)
    for place, line in enumerate(lines):
        sheet.append([text_cell(sheet, line) if place else headline(sheet, line)])
    sheet.append([])
    sheet.append([heading_cell(sheet, column.heading) for column in columns])
    for row in rows:
        sheet.append([_table_cell(sheet, value, column) for value, column in zip(row, columns, strict=True)])


def _table_cell(sheet: Any, value: Any, column: SheetColumn) -> Cell:
    cell = value_cell(sheet, None if value == "" else str(value) if isinstance(value, str) else value)
    cell.number_format = column.number_format
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = GRID
    return cell
