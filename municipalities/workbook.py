"""The registry as a workbook (xlsx) that a clerk can print, filter, edit and send back.

A hidden sheet remembers what each row said when it was exported: the import tells a cell that somebody edited from one
that the portal has changed since.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from accounts.models import UnionProfile
from documents.word import LONGEST_PROPERTY
from municipalities.columns import InWorkbook, MunicipalityColumn, annotated, in_workbook
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.registration import PartColumn, row_parts
from municipalities.registry import Registry
from municipalities.sheets import (
    cell_style,
    drop_down,
    finished,
    heading_cell,
    headline,
    set_up_print,
    styled_cell,
    text_cell,
)
from russian.shortening import shortened
from russian.templatetags.russian import counted, long_date

SHEET = "Муниципальные образования"
HEADER_ROW = 4

# The sheet that remembers: its first cell says what it is, each further one a row, all as JSON.
MEMORY_SHEET = "sgcszr"
MEMORY_MARK = "sgcszr-portal/municipalities"
MEMORY_FORMAT = 1

AnyColumn: TypeAlias = MunicipalityColumn | PartColumn


@dataclass(frozen=True)
class _Further:
    """Columns that rooms above bring, and what they hold.

    Attributes:
        columns: from left to right.
        values: by the key of a municipality, then by the keys of the columns.
        asks: what the sheet says of them.
    """

    columns: Sequence[PartColumn] = ()
    values: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    asks: str = ""

    @classmethod
    def of(cls, municipalities: Sequence[int]) -> "_Further":
        """What the questionnaire of some municipalities asks besides."""
        columns: list[PartColumn] = []
        values: dict[int, dict[str, Any]] = {one: {} for one in municipalities}
        asks = []
        for part in row_parts():
            if offered := part.offered(municipalities):
                reading = part.read(municipalities)
                columns += offered
                asks.append(part.asks)
                for one, held in values.items():
                    held |= reading.values(one)
        return cls(columns, values, " ".join(asks))


NOTHING_FURTHER = _Further()
_ALWAYS_READ = ("pk", "version", "participation_day")


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
    """A workbook for a few municipalities to fill in and send back: the registry's table, and what rooms above ask.

    Args:
        municipalities: whose rows it holds.

    Returns:
        The bytes of an xlsx file.
    """
    further = _Further.of(list(municipalities.values_list("pk", flat=True)))
    asks = "Исправьте строку, укажите дату и основание (документ или ссылку) и верните файл в секретариат."
    lines = (
        _title(),
        f"Анкета муниципального образования, {long_date(timezone.localdate())}",
        " ".join(filter(None, [asks, further.asks])),
    )
    rows = municipalities.with_participation().named_on()
    return _write(rows, municipalities.count(), lines, further=further)


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
    further: _Further = NOTHING_FURTHER,
) -> bytes:
    """Both sheets at once; rows go to files as they come: memory does not grow with their number."""
    book = Workbook(write_only=True)
    sheet, memory = book.create_sheet(SHEET), book.create_sheet(MEMORY_SHEET)
    memory.sheet_state = "veryHidden"
    own = [column for column, _ in in_workbook()]
    columns: list[AnyColumn] = [*own, *further.columns]
    styles = [cell_style(book, f"Реестр: {one.title}", one.value.number_format) for one in columns]
    _lay_out(sheet, further.columns, last_row=HEADER_ROW + count)
    sheet.append([headline(sheet, lines[0])])
    for line in lines[1:]:
        sheet.append([text_cell(sheet, line)])
    sheet.append([heading_cell(sheet, text) for text in (column.title for column in columns)])
    memory.append([_remembered(_head_of_memory(further, at or timezone.now()))])
    read_back = [column for column in own if column.is_read_back]
    known = [*(column.dated or column.key for column in own if not column.derived), *_ALWAYS_READ]
    for values in annotated(rows).values_list(*known).iterator(chunk_size=1000):
        row = dict(zip(known, values, strict=True))
        held = further.values.get(row["pk"], {})
        remembered = {one.key: one.of(row) for one in read_back} | {one.key: held[one.key] for one in further.columns}
        memory.append([_remembered(remembered | {"version": row["version"]})])
        said = [*(column.of(row) for column in own), *(held[column.key] for column in further.columns)]
        written = (column.value.written(value) for column, value in zip(columns, said, strict=True))
        sheet.append([styled_cell(sheet, value, style) for value, style in zip(written, styles, strict=True)])
    book.properties.subject = shortened(lines[-1], LONGEST_PROPERTY)
    return finished(book, lines[0])


def _head_of_memory(further: _Further, at: dt.datetime) -> dict[str, Any]:
    """What the hidden sheet says of itself; headings of rooms above may be called otherwise one day."""
    headings = {column.title: column.key for column in further.columns}
    return {"mark": MEMORY_MARK, "format": MEMORY_FORMAT, "at": at.isoformat(), "headings": headings}


def _remembered(values: dict[str, Any]) -> str:
    """One line of the hidden sheet; it begins with a brace, so that no program takes it for a formula."""
    return json.dumps(values, ensure_ascii=False, default=str, separators=(",", ":"))


def _lay_out(sheet: Any, further: Sequence[PartColumn], *, last_row: int) -> None:
    """Widths, filter, choices, print set-up: all before the first row, because rows are written as they come."""
    letter, added = "", [(column, InWorkbook(column.width)) for column in further]
    columns: list[tuple[AnyColumn, InWorkbook]] = [*in_workbook(), *added]
    for number, (column, laid) in enumerate(columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = laid.width
        if column.is_read_back and column.value.options() and last_row > HEADER_ROW:
            validation = drop_down(column.value.options(), may_be_empty=not laid.needed)
            validation.add(f"{letter}{HEADER_ROW + 1}:{letter}{last_row}")
            sheet.data_validations.append(validation)
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEADER_ROW}:{letter}{last_row}"
    set_up_print(sheet, HEADER_ROW)
    sheet.oddFooter.center.text = "Страница &P из &N"
