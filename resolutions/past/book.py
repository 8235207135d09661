"""The workbook of the past: the template that the portal gives out, and the same filled with what it holds."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from municipalities.sheets import (
    cell_style,
    drop_down,
    finished,
    heading_cell,
    headline,
    heighten,
    lettering,
    set_up_print,
    styled_cell,
    text_cell,
)
from municipalities.values import Text
from resolutions.past.columns import PastColumn, PastSheet
from resolutions.past.examples import EXAMPLES
from resolutions.past.guide import GUIDE, GUIDE_SHEET, SHEETS_HEADINGS, TITLE
from resolutions.past.rows import PastRows, RowFault, Sheet
from resolutions.past.sheets import FIELDS, SHEETS
from russian.templatetags.russian import long_date

HEADER_ROW = 4  # below the title, what the sheet is for, and what each column asks
FIRST_ROW = HEADER_ROW + 1
FREE_ROWS = 2_000  # below the rows that are there, so many have drop-down lists
GREY, SMALL = "5F6B7A", 9
GUIDE_WIDTHS = (34, 96)

# Where columns stand: their letters, by the fields of the rows.
Letters: TypeAlias = Mapping[Sheet, Mapping[str, str]]


def template() -> bytes:
    """The workbook that people fill in: what each sheet is for, and rows that show how.

    Returns:
        The bytes of an xlsx file.
    """
    book = Workbook(write_only=True)
    _write(book, EXAMPLES, lettering(italic=True, color=GREY))
    return finished(book, TITLE)


def workbook_of(rows: PastRows, *, at: dt.date) -> bytes:
    """The template's sheets with rows.

    Args:
        rows: what to write.
        at: the day that it is written on.

    Returns:
        The bytes of an xlsx file; reading it gives the same rows.
    """
    book = Workbook(write_only=True)
    _write(book, rows, None, f"Выгружено из портала {long_date(at)}")
    return finished(book, TITLE, day=at)


def letter_of(fault: RowFault, letters: Letters | None = None) -> str:
    """The letter of the column that a fault is about; empty where it is about none. Arguments as of `cell_of`."""
    return (letters or {}).get(fault.sheet, SHEETS[fault.sheet].letters).get(fault.field, "")


def cell_of(fault: RowFault, letters: Letters | None = None) -> str:
    """Where a fault is: «Пункты, B7»; «Пункты, строка 7» of a whole row, «Пункты» of a whole sheet.

    Args:
        fault: what is wrong.
        letters: `ReadBook.letters`, where somebody may have moved columns; as in the template without it.
    """
    title, letter = fault.sheet.value, letter_of(fault, letters)
    if not fault.row:
        return title
    return f"{title}, {letter}{fault.row}" if letter else f"{title}, строка {fault.row}"


def _write(book: Workbook, rows: PastRows, font: Font | None, *more: str) -> None:
    """The guide and all sheets."""
    _write_guide(book, more)
    for sheet, spec in SHEETS.items():
        _write_sheet(book, sheet.value, spec, getattr(rows, FIELDS[sheet]), font)


def _write_sheet(book: Workbook, title: str, spec: PastSheet, rows: Sequence[Any], font: Font | None) -> None:
    """A sheet: title, what it is for, what the columns ask, the frozen header, and the rows."""
    sheet: Any = book.create_sheet(title)
    _lay_out(sheet, spec, last_row=HEADER_ROW + len(rows) + FREE_ROWS)
    styles = [_style(book, title, one, font) for one in spec.columns]
    widths = [one.width for one in spec.columns]
    sheet.append([_beside_table(headline(sheet, title))])
    sheet.append([_beside_table(text_cell(sheet, spec.explained))])
    heighten(sheet, HEADER_ROW - 1, [one.asks for one in spec.columns], widths, size=SMALL)
    sheet.append([_asking_cell(sheet, one) for one in spec.columns])
    heighten(sheet, HEADER_ROW, [one.title.upper() for one in spec.columns], widths)
    sheet.append([heading_cell(sheet, one.title) for one in spec.columns])
    for number, row in enumerate(rows, start=FIRST_ROW):
        said = [one.value.written(getattr(row, one.field)) for one in spec.columns]
        heighten(sheet, number, said, widths)
        cells = zip(said, styles, strict=True)
        sheet.append([styled_cell(sheet, None if value == "" else value, style) for value, style in cells])


def _lay_out(sheet: Any, spec: PastSheet, *, last_row: int) -> None:
    """Widths, formats of cells that are still empty, choices, print set-up: all before the first row."""
    for column in spec.columns:
        letter = spec.letters[column.field]
        laid = sheet.column_dimensions[letter]
        laid.width, laid.number_format = column.width, column.value.number_format
        laid.alignment = Alignment(wrap_text=True, vertical="top", horizontal=_horizontal(column))
        if options := column.value.options():
            validation = drop_down(options, may_be_empty=not column.needed)
            validation.add(f"{letter}{FIRST_ROW}:{letter}{last_row}")
            sheet.data_validations.append(validation)
    sheet.freeze_panes = f"B{FIRST_ROW}"
    set_up_print(sheet, HEADER_ROW)
    sheet.oddFooter.center.text = "&A – страница &P из &N"


def _style(book: Workbook, title: str, column: PastColumn, font: Font | None) -> str:
    name, horizontal = f"{title}: {column.heading}", _horizontal(column)
    return cell_style(book, name, column.value.number_format, font=font, horizontal=horizontal)


def _horizontal(column: PastColumn) -> str | None:
    """Days and numbers stand in the middle, so that they do not lean on the text beside them."""
    return None if isinstance(column.value, Text) or column.value.options() else "center"


def _beside_table(cell: Any) -> Any:
    """A cell that does not take the format of its column: its text goes on to the right."""
    cell.alignment = Alignment(vertical="center")
    return cell


def _asking_cell(sheet: Any, column: PastColumn) -> Any:
    """What a column asks, small above its heading."""
    cell = text_cell(sheet, column.asks, font=lettering(size=SMALL, color=GREY))
    cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    return cell


def _write_guide(book: Workbook, more: Sequence[str]) -> None:
    """The first sheet: how the book is filled in, and what stands on which sheet."""
    sheet: Any = book.create_sheet(GUIDE_SHEET)
    for letter, width in zip("AB", GUIDE_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    set_up_print(sheet, 1)
    lines = [TITLE, *more, ""]
    sheet.append([headline(sheet, TITLE)])
    for line in lines[1:]:
        sheet.append([text_cell(sheet, line)])
    for number, (topic, said) in enumerate(GUIDE.items(), start=len(lines) + 1):
        sheet.append(_guiding_row(sheet, number, topic, said))
    sheet.append([])
    sheet.append([heading_cell(sheet, one) for one in SHEETS_HEADINGS])
    for number, (one, spec) in enumerate(SHEETS.items(), start=len(lines) + len(GUIDE) + 3):
        sheet.append(_guiding_row(sheet, number, one.value, spec.explained))


def _guiding_row(sheet: Any, number: int, topic: str, said: str) -> list[Any]:
    heighten(sheet, number, [topic, said], GUIDE_WIDTHS)
    cells = [text_cell(sheet, topic, font=lettering(bold=True)), text_cell(sheet, said)]
    for cell in cells:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cells
