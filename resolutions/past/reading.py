"""A workbook of the past, read: its rows, and everything that is wrong with its cells."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from municipalities.importing.archive import RefusedWorkbook, check_archive, damage_refused
from municipalities.importing.cells import (
    LONGEST_HEADING,
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
from resolutions.past.guide import GUIDE_SHEET
from resolutions.past.rows import PastRows, RowFault, Sheet
from resolutions.past.sheets import FIELDS, SHEETS
from russian.alphabets import MixedWord, mixed_words
from russian.templatetags.russian import quoted
from russian.text import tidy

NOT_THE_BOOK = "Это не книга решений прошлых лет: в ней нет ни одного листа шаблона. Скачайте шаблон и заполните его."
NO_SHEET = "Нет листа «{sheet}»: верните его из шаблона. Если сведений для него нет, оставьте его без строк."
NO_HEADINGS = "Нет строки с заголовками столбцов: скопируйте её из шаблона."
NO_COLUMN = "Нет столбца «{heading}»: верните его из шаблона."
MAY_BE_EMPTY = " Если сведений для него нет, оставьте его пустым."
TOO_MANY = "Ошибок больше {most}, и дальше лист не проверен: исправьте эти и загрузите файл снова."
ALREADY = "{already} уже есть в строке {row}."
SHEET_NOT_READ = "Лист {sheet} не прочитан: {why}."
NOT_OF_TEMPLATE, TITLE_TWICE = "в шаблоне такого листа нет", "лист с таким названием уже есть"
COLUMN_NOT_READ = "На листе «{sheet}» столбец {told} не прочитан: в шаблоне его нет."
COLUMNS_NOT_READ = "На листе «{sheet}» столбцы {told} не прочитаны: в шаблоне их нет."
NO_SUCH_COLUMN = "На листе «{sheet}» нет столбца {told}: он прочитан как пустой."
NO_SUCH_COLUMNS = "На листе «{sheet}» нет столбцов {told}: они прочитаны как пустые."
MIXED = "Лист «{sheet}», {cell}. {sentence} Загружается как напечатано."
MIXED_BESIDES = "На листе «{sheet}» буквы другого алфавита есть и в других словах: ещё {more}."
MOST_NAMED = 5  # columns or words that notes name
MOST_FAULTS = 500  # of a sheet; nobody reads more of them at once


@dataclass(frozen=True)
class ReadBook:
    """What a workbook says.

    Attributes:
        rows: those that could be read whole, without the examples.
        faults: what is wrong, in the order of sheets and rows; with any, nothing may be loaded.
        letters: where the columns stand in this workbook, for `cell_of`.
        notes: what of the workbook nobody reads: sheets and columns that the template does not have.
        examples: how many rows were passed over as examples.
    """

    rows: PastRows
    faults: tuple[RowFault, ...]
    letters: Letters
    notes: tuple[str, ...] = ()
    examples: int = 0


def read_book(file: IO[bytes]) -> ReadBook:
    """Read a workbook.

    Args:
        file: seekable.

    Raises:
        RefusedWorkbook: it is none, a dangerous one, or one that nobody should have to look at cell by cell.
    """
    check_archive(file)
    book = load(file)
    found: dict[str, Any] = {}
    for sheet in book.worksheets:
        found.setdefault(heading_form(sheet.title), sheet)
    read = {one: _SheetReader(one, found.get(heading_form(one.value))) for one in Sheet}
    if all(one.sheet is None for one in read.values()):
        raise RefusedWorkbook(NOT_THE_BOOK)
    with damage_refused():
        rows = PastRows(**{FIELDS[sheet]: tuple(one.rows()) for sheet, one in read.items()})
        notes = (*_other_sheets(book), *(note for one in read.values() for note in one.notes))
    return ReadBook(
        rows,
        tuple(fault for one in read.values() for fault in one.faults),
        {sheet: one.letters for sheet, one in read.items()},
        notes,
        sum(one.examples for one in read.values()),
    )


def _other_sheets(book: Any) -> Iterator[str]:
    """A note on each sheet that people see and nobody reads, unless it is blank."""
    known, seen = {heading_form(one.value) for one in Sheet}, set[str]()
    for sheet in book.worksheets:
        title = heading_form(sheet.title)
        is_read = title in known and title not in seen
        seen.add(title)
        if is_read or title == heading_form(GUIDE_SHEET) or sheet.sheet_state != Worksheet.SHEETSTATE_VISIBLE:
            continue
        if any(cell.value is not None for _, row in heading_rows(sheet) for cell in row):
            why = TITLE_TWICE if title in known else NOT_OF_TEMPLATE
            yield SHEET_NOT_READ.format(sheet=quoted(tidy(sheet.title)), why=why)


@dataclass
class _SheetReader:
    """Reads one sheet, and keeps what is wrong with it.

    Attributes:
        title: which one.
        sheet: as openpyxl has it; None where the workbook has none.
        faults: what was found so far.
        letters: where its columns stand.
        notes: which columns of it nobody reads.
        examples: how many rows were passed over.
        mixed: words with letters of another alphabet, and the first cell of each.
    """

    title: Sheet
    sheet: Any
    faults: list[RowFault] = field(default_factory=list)
    letters: Mapping[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    examples: int = 0
    mixed: dict[MixedWord, str] = field(default_factory=dict)
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
                self.examples += 1
                continue
            if (read := self._read(row)) is not None:
                yield read
            if len(self.faults) >= MOST_FAULTS:
                self._fault(0, "", TOO_MANY.format(most=MOST_FAULTS))
                return
        self._note_letters()

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
        """A column that is away could hide what somebody typed under another name, or under none; where no such column
        stands, one that may be empty is taken for empty.
        """
        others, there = self._others(keys, cells), set(keys.values())
        may_hide = others or any(place not in keys for place in range(max(keys)))
        away = [one for one in self.spec.columns if one.field not in there]
        for column in away:
            if column.needed or may_hide:
                advice = "" if column.needed else MAY_BE_EMPTY
                self._fault(0, column.field, NO_COLUMN.format(heading=column.heading) + advice)
        for key, sentence in told_twice(keys, cells).items():
            self._fault(0, key, sentence)
        self._note(others, COLUMN_NOT_READ, COLUMNS_NOT_READ)
        if not may_hide:
            self._note([quoted(one.heading) for one in away if not one.needed], NO_SUCH_COLUMN, NO_SUCH_COLUMNS)

    def _others(self, keys: Mapping[int, str], cells: Cells) -> list[str]:
        """The headings that the template does not have."""
        texts = [cell.value for place, cell in enumerate(cells) if place not in keys and isinstance(cell.value, str)]
        return [quoted(text[:LONGEST_HEADING]) for text in map(tidy, texts) if text]

    def _note(self, names: Sequence[str], of_one: str, of_several: str) -> None:
        """Tell what is so of columns: whoever typed a heading by heart should hear that nobody reads it."""
        if names:
            more = [f"и ещё {len(names) - MOST_NAMED}"] if len(names) > MOST_NAMED else []
            told = " ".join([", ".join(names[:MOST_NAMED]), *more])
            self.notes.append((of_one if len(names) == 1 else of_several).format(sheet=self.title.value, told=told))

    def _read(self, row: Row) -> Any:
        """The value of a row; None where something is wrong with it."""
        before, said = len(self.faults), dict[str, Any]()
        for column in self.spec.columns:
            try:
                said[column.field] = column.read(row.values.get(column.field))
            except BadCell as bad:
                self._fault(row.number, column.field, str(bad))
        self._judge_once(row.number, said)
        self._find_mixed(row.number, said)
        return self.spec.row(row=row.number, **said) if len(self.faults) == before else None

    def _find_mixed(self, number: int, said: Mapping[str, Any]) -> None:
        """Keep the words with letters of another alphabet; a workbook has nobody beside it who could be asked."""
        for name, value in said.items():
            for text in value if isinstance(value, tuple) else (value,):
                for word in mixed_words(text) if isinstance(text, str) else ():
                    self.mixed.setdefault(word, f"{self.letters.get(name, '')}{number}")

    def _note_letters(self) -> None:
        for word, cell in list(self.mixed.items())[:MOST_NAMED]:
            self.notes.append(MIXED.format(sheet=self.title.value, cell=cell, sentence=word.sentence))
        if (more := len(self.mixed) - MOST_NAMED) > 0:
            self.notes.append(MIXED_BESIDES.format(sheet=self.title.value, more=more))

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
