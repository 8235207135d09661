"""A workbook of the past, read: its rows, and everything that is wrong with its cells."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from openpyxl.utils import get_column_letter

from municipalities.importing.archive import RefusedWorkbook, check_archive, damage_refused
from municipalities.importing.cells import (
    Cells,
    Row,
    heading_form,
    heading_rows,
    keys_of,
    load,
    rows_below,
    told_twice,
)
from municipalities.values import BadCell
from resolutions.past.book import Letters
from resolutions.past.columns import PastSheet
from resolutions.past.examples import is_example
from resolutions.past.rows import PastRows, RowFault, Sheet
from resolutions.past.sheets import FIELDS, SHEETS

NOT_THE_BOOK = "Это не книга решений прошлых лет: в ней нет ни одного листа шаблона. Скачайте шаблон и заполните его."
NO_SHEET = "Нет листа «{sheet}»: верните его из шаблона. Если сведений для него нет, оставьте его без строк."
NO_HEADINGS = "Нет строки с заголовками столбцов: скопируйте её из шаблона."
NO_COLUMN = "Нет столбца «{heading}»: верните его из шаблона. Если сведений для него нет, оставьте его пустым."
TOO_MANY = "Ошибок больше {most}, и дальше лист не проверен: исправьте эти и загрузите файл снова."
ALREADY = "{already} уже есть в строке {row}."
MOST_FAULTS = 500  # of a sheet; nobody reads more of them at once


@dataclass(frozen=True)
class ReadBook:
    """What a workbook says.

    Attributes:
        rows: those that could be read whole, without the examples.
        faults: what is wrong, in the order of sheets and rows; with any, nothing may be loaded.
        letters: where the columns stand in this workbook, for `cell_of`.
    """

    rows: PastRows
    faults: tuple[RowFault, ...]
    letters: Letters


def read_book(file: IO[bytes]) -> ReadBook:
    """Read a workbook.

    Args:
        file: seekable.

    Raises:
        RefusedWorkbook: it is none, a dangerous one, or one that nobody should have to look at cell by cell.
    """
    check_archive(file)
    book = load(file)
    found = {heading_form(sheet.title): sheet for sheet in book.worksheets}
    read = {one: _SheetReader(one, found.get(heading_form(one.value))) for one in Sheet}
    if all(one.sheet is None for one in read.values()):
        raise RefusedWorkbook(NOT_THE_BOOK)
    with damage_refused():
        rows = PastRows(**{FIELDS[sheet]: tuple(one.rows()) for sheet, one in read.items()})
    faults = tuple(fault for one in read.values() for fault in one.faults)
    return ReadBook(rows, faults, {sheet: one.letters for sheet, one in read.items()})


@dataclass
class _SheetReader:
    """Reads one sheet, and keeps what is wrong with it.

    Attributes:
        title: which one.
        sheet: as openpyxl has it; None where the workbook has none.
        faults: what was found so far.
        letters: where its columns stand.
    """

    title: Sheet
    sheet: Any
    faults: list[RowFault] = field(default_factory=list)
    letters: Mapping[str, str] = field(default_factory=dict)
    _seen: dict[tuple[Any, ...], int] = field(default_factory=dict)

    @property
    def spec(self) -> PastSheet:
        """What the sheet should hold."""
        return SHEETS[self.title]

    def rows(self) -> Iterator[Any]:
        """The rows that can be read whole; the sheet is gone through as they are asked for."""
        if self.sheet is None:
            self._fault(0, "", NO_SHEET.format(sheet=self.title.value))
            return
        number, keys = self._headings()
        if not keys or self.faults:
            return
        first = self.spec.columns[0].field
        for row in rows_below(self.sheet, number, keys, of_sheet=f" листа «{self.title.value}»"):
            if is_example(row.values.get(first)):
                continue
            if (read := self._read(row)) is not None:
                yield read
            if len(self.faults) >= MOST_FAULTS:
                self._fault(0, "", TOO_MANY.format(most=MOST_FAULTS))
                return

    def _headings(self) -> tuple[int, Mapping[int, str]]:
        """The row that has most of the headings, and the fields by place; nothing of a sheet that is blank."""
        rows = list(heading_rows(self.sheet))
        found = [(number, keys_of(cells, self.spec.by_heading), cells) for number, cells in rows]
        number, keys, cells = max(found, key=lambda one: len(set(one[1].values())), default=(0, {}, ()))
        self.letters = {key: get_column_letter(place + 1) for place, key in keys.items()}
        if keys:
            self._judge_headings(keys, cells)
        elif any(cell.value is not None for _, row in rows for cell in row):
            self._fault(0, "", NO_HEADINGS)
        return number, keys

    def _judge_headings(self, keys: Mapping[int, str], cells: Cells) -> None:
        """A column that is away, and be it one that may be empty, could hide what somebody typed under another name."""
        there = set(keys.values())
        for column in self.spec.columns:
            if column.field not in there:
                self._fault(0, column.field, NO_COLUMN.format(heading=column.heading))
        for key, sentence in told_twice(keys, cells).items():
            self._fault(0, key, sentence)

    def _read(self, row: Row) -> Any:
        """The value of a row; None where something is wrong with it."""
        before, said = len(self.faults), dict[str, Any]()
        for column in self.spec.columns:
            try:
                said[column.field] = column.read(row.values.get(column.field))
            except BadCell as bad:
                self._fault(row.number, column.field, str(bad))
        self._judge_once(row.number, said)
        return self.spec.row(row=row.number, **said) if len(self.faults) == before else None

    def _judge_once(self, number: int, said: Mapping[str, Any]) -> None:
        """Whether a row before it is the same, as far as both could be read."""
        names = self.spec.once
        if not names or not said.keys() >= set(names):
            return
        values = (said[name] for name in names)
        key = tuple(one.year if isinstance(one, dt.date) else one for one in values)
        first = self._seen.setdefault(key, number)
        if first != number:
            self._fault(number, names[-1], ALREADY.format(already=self.spec.already, row=first))

    def _fault(self, row: int, name: str, sentence: str) -> None:
        self.faults.append(RowFault(self.title, row, name, sentence))
