"""Old → new of every cell, and every error by row and column.

A cell counts as edited when it differs from what the export remembered; without that memory, from what the portal holds
now. So a colleague's later change is never undone by a row that nobody touched, and is warned of where somebody did.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, OuterRef, Subquery
from django.utils import timezone

from municipalities.columns import IDENTITY, MunicipalityColumn, imported_facts, read_back, statement
from municipalities.importing.finding import NAME, Finder, Found
from municipalities.importing.plan import CellChange, CellError, Plan, RowChange
from municipalities.importing.sheet import Row, Table
from municipalities.models import Municipality, ParticipationRecord
from municipalities.values import BadCell
from russian.text import search_form

CHUNK = 500  # rows that are looked up with one query
MAX_ERRORS = 5_000
MAX_ROW_NOTES = 100
NOT_THERE = "Муниципального образования с ОКТМО {} на портале нет."
NOT_AN_EXPORT = (
    "Файл не помнит, из какого состояния его выгрузили, поэтому сравнивается с тем, что на портале сейчас: "
    "проверьте, не возвращает ли он прежние значения."
)
RENAMED_ELSEWHERE = (
    "Название или код этого муниципального образования менялись, поэтому из Excel его не переименовывают: "
    "внесите новое название на его странице – «Название и код»."
)

Progress = Callable[[int], None]
Item = TypeVar("Item")


class _TooManyErrors(Exception):
    """The rest of the errors would help nobody."""


def compare(tables: Sequence[Table], progress: Progress = lambda rows: None) -> Plan:
    """Compare the rows of workbooks with what the portal holds.

    Args:
        tables: opened workbooks; a municipality may occur in one row of all of them.
        progress: told how many rows have been read so far.

    Returns:
        Every change and every error.

    Raises:
        RefusedWorkbook: a workbook turns out to be unreadable further down.
    """
    comparison = _Comparison()
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

    def __init__(self) -> None:
        self.rows = 0
        self.changes: list[RowChange] = []
        self.errors: list[CellError] = []
        self.notes: list[str] = []
        self.seen: dict[str, tuple[int, int, str]] = {}
        self.row_notes = 0
        self.finder = Finder()
        self.columns = {column.key: column for column in read_back()}
        self.facts, self.statement = imported_facts(), statement()

    def note(self, table: Table) -> None:
        """What a reader should know about a table as a whole; said once."""
        notes = [] if table.memory is not None else [NOT_AN_EXPORT]
        if table.absent:
            absent = ", ".join(f"«{heading}»" for heading in table.absent)
            notes.append(f"Нет столбцов: {absent}. Эти сведения останутся прежними.")
        self.notes += [note for note in notes if note not in self.notes]

    def add(self, file: int, table: Table, rows: list[Row]) -> None:
        """Compare some rows of a table."""
        parsed = [(row.number, self._parsed(file, table, row)) for row in rows]
        found = self.finder.find([values for _, values in parsed])
        stored = self._stored([one.oktmo for one in found if one.oktmo])
        for (number, values), one in zip(parsed, found, strict=True):
            self.rows += 1
            if self._is_known(file, table, number, values, one, stored):
                was = self._remembered(table, values[IDENTITY], one.oktmo)
                names = self.finder.ever_called(one.oktmo)
                row = _RowComparison(
                    values, stored[one.oktmo], was, facts=self.facts, statement=self.statement, names=names
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
        return {one[IDENTITY]: one for one in found.values("pk", "version", "stated_on", *self.columns)}

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


class _RowComparison:
    """One row against its municipality.

    Args:
        values: what the row says; a value that could not be read is not there.
        stored: what the portal holds.
        was: what the export remembered; empty without a memory of this row.
        facts: the columns that may change one by one.
        statement: the columns that make up a statement, by the fields of its record.
        names: those that the municipality has or had, where its name or code has changed.
    """

    def __init__(
        self,
        values: dict[str, Any],
        stored: dict[str, Any],
        was: dict[str, Any],
        *,
        facts: Sequence[MunicipalityColumn],
        statement: Mapping[str, MunicipalityColumn],
        names: Collection[str] | None = None,
    ) -> None:
        self.values, self.stored, self.was, self.names = values, stored, was, names
        self.columns = statement
        self.changed: list[MunicipalityColumn] = []
        self.cells: list[CellChange] = []
        self.errors: list[tuple[str, str]] = []
        self.warnings: list[str] = []
        self.notes: list[str] = []
        self.facts: dict[str, Any] = {}
        self.statement: dict[str, str] | None = None
        for column in facts:
            self._compare_fact(column)
        if all(column.key in values for column in statement.values()):
            self._compare_statement()
        self._warn_of_changes()

    def change(self, file: int, number: int) -> RowChange:
        """As the plan keeps it."""
        stored = self.stored
        return RowChange(
            file,
            number,
            stored["pk"],
            stored["version"],
            stored["name"],
            self.cells,
            self.facts,
            self.statement,
            self.warnings,
        )

    def _is_edited(self, column: MunicipalityColumn) -> bool:
        """Whether somebody typed into the cell, and the portal does not say the same already."""
        kept, now = column.value.kept, self.stored[column.key]
        return kept(self.values[column.key]) not in (kept(self.was.get(column.key, now)), kept(now))

    def _show(self, column: MunicipalityColumn) -> None:
        before, after = (column.value.shown(values[column.key]) for values in (self.stored, self.values))
        self.cells.append(CellChange(column.title, before, after))
        self.changed.append(column)

    def _compare_fact(self, column: MunicipalityColumn) -> None:
        if column.key not in self.values or not self._is_edited(column):
            return
        if column.key == NAME and not self.values[IDENTITY] and _same(self.values[NAME], self.stored[NAME]):
            return  # it was found by that
        if column.key == NAME and self.names is not None:
            self._judge_name(self.values[NAME])
            return
        try:
            _clean(Municipality, column.key, self.values[column.key])
        except ValidationError as refused:
            self.errors.append((column.key, " ".join(refused.messages)))
            return
        self.facts[column.key] = column.value.kept(self.values[column.key])
        self._show(column)
        if column.clears:
            self.facts[column.clears.field] = ""
            self.warnings.append(column.clears.warning)

    def _judge_name(self, name: str) -> None:
        """A former name is no change; a new one is written down elsewhere, with its day."""
        if any(_same(name, one) if not self.values[IDENTITY] else name == one for one in self.names or ()):
            self.notes.append(f"«{name}» – прежнее название, ныне «{self.stored[NAME]}».")
        else:
            self.errors.append((NAME, RENAMED_ELSEWHERE))

    def _compare_statement(self) -> None:
        """Status, date and basis are one statement: whichever was edited, the row says it as a whole."""
        edited = {name for name, column in self.columns.items() if self._is_edited(column)}
        if not edited:
            return
        said = {name: self.values[column.key] for name, column in self.columns.items()}
        self.errors += _statement_errors(said, self.columns)
        self.statement = {name: column.value.kept(said[name]) for name, column in self.columns.items()}
        for column in self.columns.values():
            if column.value.kept(self.values[column.key]) != column.value.kept(self.stored[column.key]):
                self._show(column)
        self._warn_of_date(said["happened_on"], is_new="status" in edited)

    def _warn_of_date(self, said: dt.date | None, *, is_new: bool) -> None:
        held, stated_on = self.stored[self.columns["happened_on"].key], self.stored["stated_on"]
        if said and stated_on and stated_on <= said < held:
            self.warnings.append(
                f"Прежний статус подтверждён {held:%d.%m.%Y}: подтверждение будет относиться к новому."
            )
        elif said and stated_on and said < stated_on:
            self.warnings.append(
                f"Дата раньше, чем у действующей записи ({stated_on:%d.%m.%Y}): запись войдёт в историю, "
                "но статус на сегодня не изменится."
            )
        elif said and said == held and is_new:
            self.warnings.append("Статус новый, а дата прежняя: проверьте дату.")

    def _warn_of_changes(self) -> None:
        """Somebody has changed the record since the export."""
        if not self.cells or not self.was or self.was["version"] == self.stored["version"]:
            return
        later = [self._since_export(column) for column in self.changed if column.key in self.was]
        self.warnings.append("; ".join(["Запись изменилась на портале после выгрузки", *filter(None, later)]) + ".")

    def _since_export(self, column: MunicipalityColumn) -> str:
        """What a column said in the export and says now; empty where that is the same."""
        was, now = self.was[column.key], self.stored[column.key]
        if column.value.kept(was) == column.value.kept(now):
            return ""
        return f"«{column.title}» – было {column.value.shown(was)}, стало {column.value.shown(now)}"


def _same(name: str, other: str) -> bool:
    """Whether the search takes two names for one."""
    return search_form(name) == search_form(other)


def _clean(model: type[Model], name: str, value: Any) -> None:
    """Ask a model's field whether it takes a value.

    Raises:
        ValidationError: it does not.
    """
    field: Any = model._meta.get_field(name)
    field.clean(value, None)


def _statement_errors(said: Mapping[str, Any], columns: Mapping[str, MunicipalityColumn]) -> list[tuple[str, str]]:
    """What stands against recording a statement, by the rules of `Municipality.record_participation`."""
    errors = []
    for name, column in columns.items():
        if said[name] in (None, ""):
            errors.append((column.key, f"Статус меняется: укажите {column.asked_for}."))
            continue
        try:
            _clean(ParticipationRecord, name, said[name])
        except ValidationError as refused:
            errors.append((column.key, " ".join(refused.messages)))
    if said["happened_on"] is not None and said["happened_on"] > timezone.localdate():
        text = "Эта дата ещё не наступила: укажите сегодняшнюю или прошедшую."
        errors.append((columns["happened_on"].key, text))
    return errors
