"""One row against its municipality: what it changes, what stands against it, and what deserves a second look."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone

from municipalities.columns import IDENTITY, MunicipalityColumn
from municipalities.importing.finding import NAME
from municipalities.importing.plan import CellChange, RowChange
from municipalities.models import Municipality, ParticipationRecord
from municipalities.registration import PartColumn, PartReading
from municipalities.workbook import AnyColumn
from russian.alphabets import mixed_words
from russian.templatetags.russian import quoted
from russian.text import search_form

RENAMED_ELSEWHERE = (
    "Название или код этого муниципального образования менялись, поэтому из Excel его не переименовывают: "
    "внесите новое название на его странице – «Название и код»."
)


@dataclass(frozen=True)
class ReadPart:
    """A part of the questionnaire with what the portal holds of it.

    Attributes:
        name: of the part.
        columns: all that an import understands.
        reading: what the portal holds of the municipalities.
    """

    name: str
    columns: Sequence[PartColumn]
    reading: PartReading

    @property
    def keys(self) -> list[str]:
        """Of its columns."""
        return [column.key for column in self.columns]


class RowComparison:
    """One row against its municipality.

    Args:
        values: what the row says; a value that could not be read is not there.
        stored: what the portal holds.
        was: what the export remembered; empty without a memory of this row.
        facts: the columns that may change one by one.
        statement: the columns that make up a statement, by the fields of its record.
        names: those that the municipality has or had, where its name or code has changed.
        parts: what rooms above ask in further columns.
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
        parts: Iterable[ReadPart] = (),
    ) -> None:
        self.values, self.stored, self.was, self.names = values, stored, was, names
        self.columns = statement
        self.changed: list[AnyColumn] = []
        self.cells: list[CellChange] = []
        self.errors: list[tuple[str, str]] = []
        self.warnings: list[str] = []
        self.notes: list[str] = []
        self.facts: dict[str, Any] = {}
        self.statement: dict[str, str] | None = None
        self.parts: dict[str, list[dict[str, Any]]] = {}
        for column in facts:
            self._compare_fact(column)
        if all(column.key in values for column in statement.values()):
            self._compare_statement()
        for part in parts:
            self._compare_part(part)
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
            self.parts,
        )

    def _is_edited(self, column: AnyColumn) -> bool:
        """Whether somebody typed into the cell, and the portal does not say the same already."""
        kept, now = column.value.kept, self.stored[column.key]
        return kept(self.values[column.key]) not in (kept(self.was.get(column.key, now)), kept(now))

    def _show(self, column: AnyColumn) -> None:
        before, after = (column.value.shown(values[column.key]) for values in (self.stored, self.values))
        self.cells.append(CellChange(column.title, before, after))
        self.changed.append(column)
        said = self.values[column.key]
        self.warnings += [one.sentence for one in mixed_words(said)] if isinstance(said, str) else []

    def _show_new(self, columns: Iterable[AnyColumn]) -> None:
        """The cells of what is said as a whole that the portal does not hold already."""
        for column in columns:
            if column.value.kept(self.values[column.key]) != column.value.kept(self.stored[column.key]):
                self._show(column)

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
            self.notes.append(f"{quoted(name)} – прежнее название, ныне {quoted(str(self.stored[NAME]))}.")
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
        self._show_new(self.columns.values())
        self._warn_of_date(said["happened_on"], is_new="status" in edited)

    def _compare_part(self, part: ReadPart) -> None:
        """What a room above makes of its cells."""
        edited = {one.key for one in part.columns if one.key in self.values and self._is_edited(one)}
        judged = part.reading.judge(self.stored["pk"], self.values, edited)
        self.errors += judged.errors
        self.warnings += judged.warnings
        self._show_new(one for one in part.columns if one.key in judged.said)
        if judged.new:
            self.parts[part.name] = [*judged.new]

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
        """Somebody has changed since the export what the row is about."""
        if not self.cells or not self.was:
            return
        later = [said for column in self.changed if column.key in self.was and (said := self._since_export(column))]
        if later or self.was["version"] != self.stored["version"]:
            self.warnings.append("; ".join(["Запись изменилась на портале после выгрузки", *later]) + ".")

    def _since_export(self, column: AnyColumn) -> str:
        """What a column said in the export and says now; empty where that is the same."""
        was, now = self.was[column.key], self.stored[column.key]
        if column.value.kept(was) == column.value.kept(now):
            return ""
        return f"{quoted(column.title)} – было {column.value.shown(was)}, стало {column.value.shown(now)}"


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
