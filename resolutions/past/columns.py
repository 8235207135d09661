"""A sheet of the workbook of the past, and its columns: how cells are read, judged and named."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from openpyxl.utils import get_column_letter

from municipalities.importing.cells import heading_form
from municipalities.values import BadCell, ValueType
from russian.templatetags.russian import grouped

LONGEST = 20_000  # characters of a text that the portal limits by no column of its own
NEEDED = "Заполните «{heading}»: без этого строку загрузить нельзя."
NOTHING: tuple[Any, ...] = ("", None, ())

# By the code of a refusal.
_OF_LIMITS: Mapping[str | None, str] = {
    "max_length": "Слишком длинно: знаков здесь {show_value}, а помещается {limit_value}. Сократите.",
    "min_value": "Число не бывает меньше {limit_value}. Здесь: {show_value}.",
    "max_value": "Число не бывает больше {limit_value}. Здесь: {show_value}.",
    "blank": "Заполните ячейку.",
}


@dataclass(frozen=True)
class PastColumn:
    """A column of a sheet.

    Attributes:
        field: of the row's value.
        heading: by which it is found.
        value: how its cells are read and written.
        width: in characters.
        asks: what is written here, in a few words.
        needed: whether no row can do without it.
        kept: the field of the record that keeps it, which says what may stand there.
    """

    field: str
    heading: str
    value: ValueType
    width: int
    asks: str = ""
    needed: bool = False
    kept: tuple[type[models.Model], str] | None = None

    @property
    def title(self) -> str:
        """The heading with the mark of what is needed."""
        return f"{self.heading} *" if self.needed else self.heading

    def read(self, cell: Any) -> Any:
        """Read a cell.

        Args:
            cell: as openpyxl returns it; None for an empty one.

        Returns:
            What the field of the row's value holds.

        Raises:
            BadCell: it is needed, or cannot stand here; the text says why, in Russian.
        """
        said = self.value.read(cell)
        if said in NOTHING:
            if self.needed:
                raise BadCell(NEEDED.format(heading=self.heading))
            return said
        for one in said if isinstance(said, tuple) else (said,):
            self._judge(one)
        return said

    def _judge(self, said: Any) -> None:
        """Refuse what the record could not keep: too long, markup, out of range."""
        if self.kept is None:
            return
        model, name = self.kept
        field: Any = model._meta.get_field(name)
        try:
            field.run_validators(said)
            if isinstance(said, str):
                MaxLengthValidator(field.max_length or LONGEST)(said)
        except ValidationError as refused:
            raise BadCell(sentences_of(refused)[0]) from None


def sentences_of(refused: ValidationError) -> list[str]:
    """What a column of a record says against a cell: where that is Django's, in words about the cell.

    Args:
        refused: of a field.
    """
    return [_in_our_words(one) or message for one in refused.error_list for message in one.messages]


def _in_our_words(refused: ValidationError) -> str:
    """Of a limit; empty of what has its own words."""
    limits = {name: grouped(value) for name, value in (refused.params or {}).items() if isinstance(value, int)}
    return _OF_LIMITS.get(refused.code, "").format(**limits)


@dataclass(frozen=True)
class PastSheet:
    """A sheet.

    Attributes:
        row: the value of its rows.
        about: what stands on it, in a sentence.
        names: what its rows name of other sheets, in a sentence.
        columns: from left to right; the first one tells an example.
        once: fields by which two rows are the same, of days the year; a fault is told at the last one. Empty where rows
            may be alike.
        already: «Такой пункт», of which there may be one.
    """

    row: type[Any]
    about: str
    columns: tuple[PastColumn, ...]
    names: str = ""
    once: tuple[str, ...] = ()
    already: str = ""

    @property
    def explained(self) -> str:
        """What stands on it, and how its rows name those of other sheets."""
        return f"{self.about} {self.names}".strip()

    @cached_property
    def by_heading(self) -> Mapping[str, str]:
        """The fields by the forms of their headings."""
        return {heading_form(one.heading): one.field for one in self.columns}

    @cached_property
    def letters(self) -> Mapping[str, str]:
        """The letters of the columns, as the portal writes them."""
        return {one.field: get_column_letter(place) for place, one in enumerate(self.columns, start=1)}
