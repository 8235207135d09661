"""The register of letters as a workbook (xlsx): typed cells, no formulas."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from accounts.models import UnionProfile
from municipalities.sheets import GRID, entitle, heading_cell, set_up_print, text_cell, value_cell
from resolutions.models import Letter, Reply

SHEET = "Письма"
HEADER_ROW = 2
COLUMNS = (
    ("Исходящий №", 14),
    ("Дата", 12),
    ("Вид", 15),
    ("Состояние", 18),
    ("Адресат", 40),
    ("Заголовок", 45),
    ("Срок ответа", 12),
    ("Ответ", 40),
    ("Решение", 45),
    ("Пункт", 8),
)


def register_workbook(letters: Iterable[Letter]) -> bytes:
    """Write letters, in the given order.

    Args:
        letters: with `resolution` and `point` selected and `replies` prefetched.

    Returns:
        The bytes of an xlsx file.
    """
    rows, title = [_row(letter) for letter in letters], f"Реестр писем {UnionProfile.on().short_name}"
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    for number, (_, width) in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(COLUMNS))}{HEADER_ROW + len(rows)}"
    set_up_print(sheet, HEADER_ROW)
    sheet.append([text_cell(sheet, title, font=Font(bold=True, size=14))])
    sheet.append([heading_cell(sheet, heading) for heading, _ in COLUMNS])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    entitle(book, title)
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def _row(letter: Letter) -> list[Any]:
    return [
        letter.number,
        letter.date,
        letter.get_kind_display(),
        letter.get_state_display(),
        letter.addressee,
        letter.heading,
        letter.due_on,
        "\n".join(_in_words(reply) for reply in letter.replies.all() if not reply.is_revoked),
        letter.resolution.title,
        letter.point.number if letter.point else None,
    ]


def _in_words(reply: Reply) -> str:
    return f"{reply}: {reply.get_outcome_display().lower()}"


def _cell(sheet: Any, value: Any) -> Cell:
    cell = value_cell(sheet, value)
    if hasattr(value, "year"):
        cell.number_format = "DD.MM.YYYY"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = GRID
    return cell
