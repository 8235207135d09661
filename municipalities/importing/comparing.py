"""Old → new of every cell, and every error by row and column.

A cell counts as edited when it differs from what the export remembered; without that memory, from what the portal holds
now. So a colleague's later change is never undone by a row that nobody touched, and is warned of where somebody did.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from municipalities.columns import IDENTITY, imported_facts, read_back, statement
from municipalities.importing.cells import Row
from municipalities.importing.finding import Finder, Found
from municipalities.importing.plan import CellError, Plan, RowChange
from municipalities.importing.row_comparison import ReadPart, RowComparison
from municipalities.importing.sheet import Table
from municipalities.models import Municipality, ParticipationRecord
from municipalities.registration import KnownPart
from municipalities.values import BadCell
from municipalities.workbook import AnyColumn
from russian.templatetags.russian import quoted

CHUNK = 500  # rows that are looked up with one query
MAX_ERRORS = 5_000
MAX_ROW_NOTES = 100
NOT_THERE = "Муниципального образования с ОКТМО {} на портале нет."
NOT_AN_EXPORT = (
    "Файл не помнит, из какого состояния его выгрузили, поэтому сравнивается с тем, что на портале сейчас: "
    "проверьте, не возвращает ли он прежние значения."
)

Progress = Callable[[int], None]
Item = TypeVar("Item")


class _TooManyErrors(Exception):
    """The rest of the errors would help nobody."""


def compare(tables: Sequence[Table], parts: Sequence[KnownPart] = (), progress: Progress = lambda rows: None) -> Plan:
    """Compare the rows of workbooks with what the portal holds.

    Args:
        tables: opened workbooks; a municipality may occur in one row of all of them.
        parts: of the questionnaire, by whose columns the tables were read too.
        progress: told how many rows have been read so far.

    Returns:
        Every change and every error.

    Raises:
        RefusedWorkbook: a workbook turns out to be unreadable further down.
    """
    comparison = _Comparison(parts)
    try:
        for number, table in enumerate(tables):
            comparison.note(table)
            for rows in in_chunks(table.rows, CHUNK):
                comparison.add(number, table, rows)
                progress(comparison.rows)
    except _TooManyErrors:
        comparison.notes.append("Ошибок слишком много: показаны первые, дальше файл не прочитан.")
    return Plan(comparison.rows, comparison.changes, comparison.errors, comparison.notes)


def in_chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Lists of at most `size` items, in order."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


class _Comparison:
    """Collects what a plan is made of."""

    def __init__(self, parts: Sequence[KnownPart]) -> None:
        self.rows = 0
        self.changes: list[RowChange] = []
        self.errors: list[CellError] = []
        self.notes: list[str] = []
        self.seen: dict[str, tuple[int, int, str]] = {}
        self.row_notes = 0
        self.finder = Finder()
        self.own = [column.key for column in read_back()]
        self.parts = parts
        further = [column for one in parts for column in one.columns]
        columns: list[AnyColumn] = [*read_back(), *further]
        self.columns = {column.key: column for column in columns}
        self.facts, self.statement = imported_facts(), statement()

    def note(self, table: Table) -> None:
        """What a reader should know about a table as a whole; said once."""
        notes = [] if table.memory is not None else [NOT_AN_EXPORT]
        if table.absent:
            absent = ", ".join(map(quoted, table.absent))
            notes.append(f"Нет столбцов: {absent}. Эти сведения останутся прежними.")
        self.notes += [note for note in notes if note not in self.notes]

    def add(self, file: int, table: Table, rows: list[Row]) -> None:
        """Compare some rows of a table."""
        parsed = [(row.number, self._parsed(file, table, row)) for row in rows]
        found = self.finder.find([values for _, values in parsed])
        stored = self._stored([one.oktmo for one in found if one.oktmo])
        parts = self._read_parts(table, stored.values())
        for (number, values), one in zip(parsed, found, strict=True):
            self.rows += 1
            if self._is_known(file, table, number, values, one, stored):
                was = self._remembered(table, values[IDENTITY], one.oktmo)
                names = self.finder.ever_called(one.oktmo)
                held = stored[one.oktmo]
                absent = {key: held[key] for part in parts for key in part.keys if key not in table.letters}
                row = RowComparison(
                    absent | values, held, was, facts=self.facts, statement=self.statement, names=names, parts=parts
                )
                for key, text in row.errors:
                    self._error(file, table, number, key, text)
                for note in filter(None, [one.note, *row.notes]):
                    self._note_row(file, number, note)
                if row.cells:
                    self.changes.append(row.change(file, number))

    def _stored(self, codes: Sequence[str]) -> dict[str, dict[str, Any]]:
        """What the portal holds of some municipalities, by today's codes. One query."""
        stated = (
            ParticipationRecord.objects.held_on(timezone.localdate()).of_status().filter(municipality=OuterRef("pk"))
        )
        found = Municipality.objects.filter(oktmo__in=codes).with_participation()
        found = found.annotate(stated_on=Subquery(stated.values("happened_on")[:1]))
        return {one[IDENTITY]: one for one in found.values("pk", "version", "stated_on", *self.own)}

    def _read_parts(self, table: Table, stored: Collection[dict[str, Any]]) -> list[ReadPart]:
        """What the portal holds of the parts that a table has columns of, added to what is stored."""
        parts = []
        for known in self.parts:
            if any(column.key in table.letters for column in known.columns):
                reading = known.part.read([one["pk"] for one in stored])
                for one in stored:
                    one |= reading.values(one["pk"])
                parts.append(ReadPart(known.part.name, known.columns, reading))
        return parts

    def _remembered(self, table: Table, typed: str, now: str) -> dict[str, Any]:
        """What the export said of a row, by the code that it had then."""
        return (table.memory.of(typed) or table.memory.of(now)) if table.memory else {}

    def _note_row(self, file: int, number: int, text: str) -> None:
        """Tell how a row was understood; so many at most, since a preview is read by people."""
        self.row_notes += 1
        if self.row_notes <= MAX_ROW_NOTES:
            self.notes.append(f"{f'Файл № {file + 1}, строка' if file else 'Строка'} {number}: {text}")

    def _parsed(self, file: int, table: Table, row: Row) -> dict[str, Any]:
        """The values that could be read; the others become errors."""
        values = {}
        for key in table.letters:
            if key == IDENTITY and not str(row.values.get(key) or "").strip():
                values[key] = ""  # the name may tell
                continue
            try:
                values[key] = self.columns[key].value.read(row.values.get(key))
            except BadCell as bad:
                self._error(file, table, row.number, key, str(bad))
        return values

    def _is_known(
        self, file: int, table: Table, number: int, values: dict[str, Any], found: Found, stored: Collection[str]
    ) -> bool:
        is_there = found.oktmo in stored
        if error := found.error or (found.oktmo and not is_there and NOT_THERE.format(found.oktmo)):
            self._error(file, table, number, IDENTITY, error)
        if not is_there:
            return False
        typed = values[IDENTITY]
        before = self.seen.setdefault(found.oktmo, (file, number, typed))
        if before[:2] == (file, number):
            return True
        where = f"в строке {before[1]}" if before[0] == file else f"в файле № {before[0] + 1}, в строке {before[1]}"
        what = (
            f"ОКТМО {typed} уже был"
            if typed and typed == before[2]
            else f"Это муниципальное образование ({found.oktmo}) уже было"
        )
        self._error(file, table, number, IDENTITY, f"{what} {where}: оставьте одну строку.")
        return False

    def _error(self, file: int, table: Table, number: int, key: str, text: str) -> None:
        if len(self.errors) >= MAX_ERRORS:
            raise _TooManyErrors
        self.errors.append(CellError(file, number, table.letters.get(key, ""), self.columns[key].title, text))
