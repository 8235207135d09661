"""Old → new of every cell, and every error by row and column.

A cell counts as edited when it differs from what the export remembered; without that memory, from what the portal holds
now. So a colleague's later change is never undone by a row that nobody touched, and is warned of where somebody did.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, OuterRef, Subquery
from django.utils import timezone

from municipalities.importing.cells import BadCell, parse, shown
from municipalities.importing.plan import CellChange, CellError, Plan, RowChange
from municipalities.importing.sheet import Row, Table
from municipalities.models import Municipality, ParticipationRecord
from municipalities.workbook import COLUMNS, FIELDS

CHUNK = 500  # rows that are looked up with one query
MAX_ERRORS = 5_000
FACTS = ("name", "region", "federal_district", "population")
STATEMENT = {"participation": "status", "participation_since": "happened_on", "participation_basis": "basis"}
HEADINGS = {column.key: column.heading for column in COLUMNS}
NOT_AN_EXPORT = (
    "Файл не помнит, из какого состояния его выгрузили, поэтому сравнивается с тем, что на портале сейчас: "
    "проверьте, не возвращает ли он прежние значения."
)
NEW_SOURCE = "Источник сведений о численности будет очищен: укажите новый на странице муниципального образования."

Progress = Callable[[int], None]
Item = TypeVar("Item")


class _TooManyErrors(Exception):  # noqa: N818 - reading on makes no sense
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
        self.seen: dict[str, tuple[int, int]] = {}

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
        codes = [values["oktmo"] for _, values in parsed if values.get("oktmo")]
        stated = (
            ParticipationRecord.objects.held_on(timezone.localdate()).of_status().filter(municipality=OuterRef("pk"))
        )
        found = Municipality.objects.filter(oktmo__in=codes).with_participation()
        found = found.annotate(stated_on=Subquery(stated.values("happened_on")[:1]))
        stored = {one["oktmo"]: one for one in found.values("pk", "version", "stated_on", *FIELDS)}
        for number, values in parsed:
            self.rows += 1
            if "oktmo" in values and self._is_known(file, table, number, values["oktmo"], stored):
                was = dict(zip((*FIELDS, "version"), (table.memory or {}).get(values["oktmo"], ()), strict=False))
                row = _RowComparison(values, stored[values["oktmo"]], was)
                for key, text in row.errors:
                    self._error(file, table, number, key, text)
                if row.cells:
                    self.changes.append(row.change(file, number))

    def _parsed(self, file: int, table: Table, row: Row) -> dict[str, Any]:
        """The values that could be read; the others become errors."""
        values = {}
        for key in table.letters:
            try:
                values[key] = parse(key, row.values.get(key))
            except BadCell as bad:
                self._error(file, table, row.number, key, str(bad))
        return values

    def _is_known(self, file: int, table: Table, number: int, oktmo: str, stored: dict[str, Any]) -> bool:
        if oktmo not in stored:
            self._error(file, table, number, "oktmo", f"Муниципального образования с ОКТМО {oktmo} на портале нет.")
            return False
        before = self.seen.setdefault(oktmo, (file, number))
        if before == (file, number):
            return True
        where = f"в строке {before[1]}" if before[0] == file else f"в файле № {before[0] + 1}, в строке {before[1]}"
        self._error(file, table, number, "oktmo", f"ОКТМО {oktmo} уже был {where}: оставьте одну строку.")
        return False

    def _error(self, file: int, table: Table, number: int, key: str, text: str) -> None:
        if len(self.errors) >= MAX_ERRORS:
            raise _TooManyErrors
        self.errors.append(CellError(file, number, table.letters.get(key, ""), HEADINGS[key], text))


class _RowComparison:
    """One row against its municipality.

    Args:
        values: what the row says; a value that could not be read is not there.
        stored: what the portal holds.
        was: what the export remembered; empty without a memory of this row.
    """

    def __init__(self, values: dict[str, Any], stored: dict[str, Any], was: dict[str, Any]) -> None:
        self.values, self.stored, self.was = values, stored, was
        self.cells: list[CellChange] = []
        self.errors: list[tuple[str, str]] = []
        self.warnings: list[str] = []
        self.facts: dict[str, Any] = {}
        self.statement: dict[str, str] | None = None
        for key in FACTS:
            self._compare_fact(key)
        if all(key in values for key in STATEMENT):
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

    def _is_edited(self, key: str) -> bool:
        """Whether somebody typed into the cell, and the portal does not say the same already."""
        value = _comparable(self.values[key])
        return value not in (_comparable(self.was.get(key, self.stored[key])), _comparable(self.stored[key]))

    def _show(self, key: str) -> None:
        self.cells.append(CellChange(HEADINGS[key], shown(key, self.stored[key]), shown(key, self.values[key])))

    def _compare_fact(self, key: str) -> None:
        if key not in self.values or not self._is_edited(key):
            return
        try:
            _clean(Municipality, key, self.values[key])
        except ValidationError as refused:
            self.errors.append((key, " ".join(refused.messages)))
            return
        self.facts[key] = self.values[key]
        self._show(key)
        if key == "population":
            self.facts["population_source"] = ""
            self.warnings.append(NEW_SOURCE)

    def _compare_statement(self) -> None:
        """Status, date and basis are one statement: whichever was edited, the row says it as a whole."""
        edited = [key for key in STATEMENT if self._is_edited(key)]
        if not edited:
            return
        said = {name: self.values[key] for key, name in STATEMENT.items()}
        self.errors += _statement_errors(**said)
        self.statement = {**said, "happened_on": str(said["happened_on"])}
        for key in STATEMENT:
            if _comparable(self.values[key]) != _comparable(self.stored[key]):
                self._show(key)
        self._warn_of_date(edited)

    def _warn_of_date(self, edited: list[str]) -> None:
        said, held = self.values["participation_since"], self.stored["participation_since"]
        stated_on = self.stored["stated_on"]
        if said and stated_on and stated_on <= said < held:
            self.warnings.append(
                f"Прежний статус подтверждён {held:%d.%m.%Y}: подтверждение будет относиться к новому."
            )
        elif said and stated_on and said < stated_on:
            self.warnings.append(
                f"Дата раньше, чем у действующей записи ({stated_on:%d.%m.%Y}): запись войдёт в историю, "
                "но статус на сегодня не изменится."
            )
        elif said and said == held and "participation" in edited:
            self.warnings.append("Статус новый, а дата прежняя: проверьте дату.")

    def _warn_of_changes(self) -> None:
        """Somebody has changed the record since the export."""
        if not self.cells or not self.was or self.was["version"] == self.stored["version"]:
            return
        edited = {cell.column for cell in self.cells}
        later = [
            f"«{HEADINGS[key]}» – было {shown(key, self.was[key])}, стало {shown(key, self.stored[key])}"
            for key in (*FACTS, *STATEMENT)
            if HEADINGS[key] in edited and _comparable(self.was[key]) != _comparable(self.stored[key])
        ]
        self.warnings.append("; ".join(["Запись изменилась на портале после выгрузки", *later]) + ".")


def _comparable(value: Any) -> Any:
    """Dates as the memory keeps them, texts as the portal stores them."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return parse("name", value) if isinstance(value, str) else value


def _clean(model: type[Model], name: str, value: Any) -> None:
    """Ask a model's field whether it takes a value.

    Raises:
        ValidationError: it does not.
    """
    field: Any = model._meta.get_field(name)
    field.clean(value, None)


def _statement_errors(status: str, happened_on: dt.date | None, basis: str) -> list[tuple[str, str]]:
    """What stands against recording a statement, by the rules of `Municipality.record_participation`."""
    keys = {name: key for key, name in STATEMENT.items()}
    errors = []
    for name, value in (("happened_on", happened_on), ("basis", basis)):
        if value in (None, ""):
            text = "Статус меняется: укажите " + ("дату." if name == "happened_on" else "основание.")
            errors.append((keys[name], text))
            continue
        try:
            _clean(ParticipationRecord, name, value)
        except ValidationError as refused:
            errors.append((keys[name], " ".join(refused.messages)))
    if happened_on is not None and happened_on > timezone.localdate():
        errors.append((keys["happened_on"], "Эта дата ещё не наступила: укажите сегодняшнюю или прошедшую."))
    return errors
