"""The register of letters as a workbook (xlsx): typed cells, no formulas."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from accounts.models import UnionProfile
from municipalities.sheets import GRID, finished, heading_cell, headline, set_up_print, value_cell
from resolutions.correspondence.register import LetterOnDay, placed_on, told
from resolutions.models import IncomingLetter, Letter

HEADER_ROW = 2
Columns = tuple[tuple[str, int], ...]
SHEET, INCOMING = "Письма", "Входящие"
COLUMNS: Columns = (
    ("Исходящий №", 14),
    ("Дата", 12),
    ("Вид", 15),
    ("Состояние", 18),
    ("Адресат", 40),
    ("Заголовок", 45),
    ("Ответа ждут до", 14),
    ("Ответ", 40),
    ("Решение", 45),
    ("Пункт", 8),
)
INCOMING_COLUMNS: Columns = (
    ("Входящий №", 14),
    ("Поступило", 12),
    ("От кого", 40),
    ("Исходящий № отправителя", 20),
    ("Дата отправителя", 14),
    ("Что сказано", 60),
    ("Содержание", 60),
    ("Состояние", 18),
)


def register_workbook(letters: Iterable[Letter], incoming: Iterable[IncomingLetter]) -> bytes:
    """Write letters, in the given order: a sheet of those that went out, and one of those that came.

    Args:
        letters: with `resolution` and `point` selected and what `with_asks` reads.
        incoming: with `correspondent` selected and what `IncomingLetter.latest` reads.

    Returns:
        The bytes of an xlsx file.
    """
    read, title = placed_on(timezone.localdate(), letters), f"Реестр писем {UnionProfile.on().short_name}"
    book = Workbook(write_only=True)
    _write_sheet(book, SHEET, title, COLUMNS, [_row(one) for one in read.letters])
    _write_sheet(book, INCOMING, title, INCOMING_COLUMNS, [_incoming_row(one) for one in incoming])
    return finished(book, title)


def _write_sheet(book: Workbook, name: str, title: str, columns: Columns, rows: Sequence[Sequence[Any]]) -> None:
    """A sheet: the title, the frozen and filtered header, and the rows."""
    sheet = book.create_sheet(name)
    for number, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{get_column_letter(len(columns))}{HEADER_ROW + len(rows)}"
    set_up_print(sheet, HEADER_ROW)
    sheet.append([headline(sheet, title)])
    sheet.append([heading_cell(sheet, heading) for heading, _ in columns])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _incoming_row(one: IncomingLetter) -> list[Any]:
    entry = one.latest
    return [
        one.number,
        one.received_on,
        str(one.correspondent),
        entry.their_number,
        entry.their_date,
        "\n".join(f"{said.ask}: {said.in_words}" for said in entry.outcomes.all()),
        entry.text,
        "Запись отменена" if one.is_voided else "",
    ]


def _row(one: LetterOnDay) -> list[Any]:
    letter = one.letter
    return [
        letter.number,
        letter.date,
        letter.get_kind_display(),
        letter.get_state_display(),
        letter.addressee,
        letter.heading,
        one.awaited.until,
        "\n".join(told(one.answers)),
        letter.resolution.title,
        letter.point.number if letter.point else None,
    ]


def _cell(sheet: Any, value: Any) -> Cell:
    cell = value_cell(sheet, value)
    if hasattr(value, "year"):
        cell.number_format = "DD.MM.YYYY"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.border = GRID
    return cell
