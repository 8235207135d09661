"""The registry as a workbook (xlsx) that a clerk can print, filter, edit and send back.

A hidden sheet remembers what each row said when it was exported: the import tells a cell that somebody edited from one
that the portal has changed since.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from municipalities.models import FederalDistrict, IndexGroup, Participation
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.models.participation import is_stale
from municipalities.registry import Registry
from municipalities.sheets import GRID, heading_cell, keep_text, set_up_print, text_cell
from russian.templatetags.russian import counted, long_date

TITLE = "Участие муниципальных образований СГЦСЗР в проекте «Умный город»"
SHEET = "Муниципальные образования"
HEADER_ROW = 4

# The sheet that remembers: its first cell says what it is, each further one a row, all as JSON.
MEMORY_SHEET = "sgcszr"
MEMORY_MARK = "sgcszr-portal/municipalities"
MEMORY_FORMAT = 1


@dataclass(frozen=True)
class Column:
    """A column of the sheet.

    Attributes:
        key: the value of a row that it shows, as in `FIELDS`.
        heading: by which the import finds it again.
        width: in characters.
        number_format: of its cells.
        needed: whether a workbook without it cannot be imported.
    """

    key: str
    heading: str
    width: int
    number_format: str = "General"
    needed: bool = False


COLUMNS = (
    Column("name", "Муниципальное образование", 28),
    Column("region", "Субъект Российской Федерации", 28),
    Column("federal_district", "Федеральный округ", 18),
    Column("oktmo", "ОКТМО", 14, "@", needed=True),
    Column("population", "Население, человек", 13, "#,##0"),
    Column("index_group", "Группа индекса «IQ городов»", 27),
    Column("participation", "Статус участия", 24, needed=True),
    Column("participation_since", "По состоянию на", 14, "DD.MM.YYYY", needed=True),
    Column("participation_basis", "Основание", 60, needed=True),
)
# The last column: worked out for the reader, never read back.
FRESHNESS, FRESHNESS_WIDTH = "Актуальность статуса", 16
LABELS: dict[str, dict[str, str]] = {
    "federal_district": {code: str(label) for code, label in FederalDistrict.choices},
    "index_group": {code: str(label) for code, label in IndexGroup.choices},
    "participation": {code: str(label) for code, label in Participation.choices},
}
FIELDS = tuple(column.key for column in COLUMNS)


def registry_workbook(registry: Registry, *, at: dt.datetime | None = None) -> bytes:
    """Write the rows of a registry, in its order, without anything internal.

    Args:
        registry: a valid one.
        at: the moment that the hidden sheet remembers; now without it.

    Returns:
        The bytes of an xlsx file: title, date and filters, a frozen and filtered header, typed cells, a list of the
        statuses to choose from, and the hidden sheet.
    """
    filters = registry.description() or "все муниципальные образования перечня"
    found = counted(registry.found, "строка,строки,строк")
    lines = (TITLE, f"По состоянию на {long_date(registry.today)}, {found}", f"Отбор: {filters}")
    return _write(registry.rows(), registry.found, lines, registry.today, at=at)


def questionnaire_workbook(municipalities: MunicipalityQuerySet) -> bytes:
    """A workbook for one municipality, or a few, to fill in and send back; the same table as the registry's.

    Args:
        municipalities: whose rows it holds.

    Returns:
        The bytes of an xlsx file.
    """
    lines = (
        TITLE,
        f"Анкета муниципального образования, {long_date(timezone.localdate())}",
        "Исправьте строку, укажите дату и основание (документ или ссылку) и верните файл в секретариат.",
    )
    return _write(municipalities.with_participation(), municipalities.count(), lines, timezone.localdate())


def file_name(day: dt.date) -> str:
    """What the browser calls the workbook exported on a day."""
    return f"reestr-munitsipalitetov-{day:%Y-%m-%d}.xlsx"


def _write(
    rows: MunicipalityQuerySet,
    count: int,
    lines: tuple[str, str, str],
    day: dt.date,
    *,
    at: dt.datetime | None = None,
) -> bytes:
    """Both sheets at once; rows go to files as they come: memory does not grow with their number."""
    book = Workbook(write_only=True)
    sheet, memory = book.create_sheet(SHEET), book.create_sheet(MEMORY_SHEET)
    memory.sheet_state = "veryHidden"
    styles = _cell_styles(book)
    _lay_out(sheet, last_row=HEADER_ROW + count)
    sheet.append([text_cell(sheet, lines[0], font=Font(bold=True, size=14))])
    for line in lines[1:]:
        sheet.append([text_cell(sheet, line)])
    sheet.append([heading_cell(sheet, text) for text in (*(column.heading for column in COLUMNS), FRESHNESS)])
    memory.append(
        [_remembered({"mark": MEMORY_MARK, "format": MEMORY_FORMAT, "at": (at or timezone.now()).isoformat()})]
    )
    for *values, version in rows.values_list(*FIELDS, "version").iterator(chunk_size=1000):
        row = dict(zip(FIELDS, values, strict=True))
        memory.append([_remembered({**row, "version": version})])
        shown = (LABELS[key].get(value) if key in LABELS else value for key, value in row.items())
        cells = [_cell(sheet, value, style) for value, style in zip(shown, styles, strict=True)]
        sheet.append([*cells, _cell(sheet, _freshness(row, day), styles[0])])
    properties = book.properties
    properties.title, properties.subject = TITLE, lines[-1]
    properties.creator, properties.language = "Портал СГЦСЗР", "ru-RU"
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def _freshness(row: Mapping[str, Any], day: dt.date) -> str:
    """Whether the status may be relied on as of a day; nothing to say where nothing is known."""
    status, since = row["participation"], row["participation_since"]
    if is_stale(status, since, day):
        return "Устарел"
    return "Актуален" if since and status != Participation.UNKNOWN else ""


def _remembered(values: dict[str, Any]) -> str:
    """One line of the hidden sheet; it begins with a brace, so that no program takes it for a formula."""
    return json.dumps(values, ensure_ascii=False, default=str, separators=(",", ":"))


def _lay_out(sheet: Any, *, last_row: int) -> None:
    """Widths, filter, choices, print set-up: all before the first row, because rows are written as they come."""
    last_column = get_column_letter(len(COLUMNS) + 1)
    for number, width in enumerate([*(column.width for column in COLUMNS), FRESHNESS_WIDTH], start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{last_column}{last_row}"
    set_up_print(sheet, HEADER_ROW)
    sheet.oddFooter.center.text = "Страница &P из &N"
    if last_row > HEADER_ROW:
        for key in ("federal_district", "participation"):
            sheet.data_validations.append(_choices(key, last_row))


def _choices(key: str, last_row: int) -> DataValidation:
    """A drop-down list of the labels; together they are shorter than the 255 characters that Excel takes."""
    labels = ",".join(LABELS[key].values())
    letter = get_column_letter(FIELDS.index(key) + 1)
    validation = DataValidation(type="list", formula1=f'"{labels}"', allow_blank=key != "participation")
    validation.errorTitle, validation.error = "Такого значения нет", "Выберите значение из списка."
    validation.showErrorMessage = True
    validation.add(f"{letter}{HEADER_ROW + 1}:{letter}{last_row}")
    return validation


def _cell_styles(book: Workbook) -> list[str]:
    """One named style for each column: looking its parts up for each cell anew takes longer than writing the cell."""
    names = []
    for column in COLUMNS:
        style = NamedStyle(name=f"Реестр: {column.heading}", number_format=column.number_format, border=GRID)
        style.alignment = Alignment(wrap_text=True, vertical="top")
        book.add_named_style(style)
        names.append(style.name)
    return names


def _cell(sheet: Any, value: Any, style: str) -> Cell:
    cell: Cell = WriteOnlyCell(sheet, value=value)
    cell.style = style
    keep_text(cell)  # after the style, which would take the mark away
    return cell
