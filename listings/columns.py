"""Columns of a list: one declaration that its headings, its cells, its order and later its machine forms read."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.expressions import OrderBy
from django.utils import timezone

from russian.collation import in_russian_order
from russian.templatetags.russian import grouped

LINK = "listings/_link.html"  # to the row's own page

Plain: TypeAlias = str | int | dt.date | dt.datetime | None
Ordering: TypeAlias = Callable[[bool], OrderBy]


def by_text(field: str) -> Ordering:
    """By a text, as Russian sorts."""
    return lambda descending: in_russian_order(field, descending=descending)


def by_value(field: str) -> Ordering:
    """By a number, a date or a code; what is missing comes last either way."""
    return lambda descending: OrderBy(F(field), descending=descending, nulls_last=True)


def by_choice(field: str, values: Iterable[str]) -> Ordering:
    """By a code, in the given order of codes rather than by their letters."""
    places = [When(**{field: value}, then=Value(place)) for place, value in enumerate(values)]
    place = Case(*places, default=Value(len(places)), output_field=IntegerField())
    return lambda descending: OrderBy(place, descending=descending)


def in_words(value: Plain) -> str:
    """A plain value as a cell of a page shows it; an absent one is a dash."""
    if value is None or value == "":
        return "—"
    if isinstance(value, dt.datetime):
        value = timezone.localdate(value)
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return grouped(value) if isinstance(value, int) else value


def to_the_minute(value: dt.datetime | None) -> str:
    """«27.06.2024 14:05» in Moscow; an absent moment is a dash."""
    return f"{timezone.localtime(value):%d.%m.%Y %H:%M}" if value else "—"


@dataclass(frozen=True)
class Column:
    """A column of a list.

    Attributes:
        key: its name in addresses and, later, in machine forms.
        label: its heading.
        value: of a row, without markup; a function of the row, or the way to an attribute, through dots and methods.
            The key itself without it.
        shown: the value as a page writes it.
        cell: the template of a cell with markup: `LINK`, a path, or a name in the folder `cells` of the listing; it
            finds `row`, `value` and `listing`.
        ordering: how the rows are sorted by it; without it they cannot be.
        numeric: whether it holds numbers, which stand to the right.
        heads: whether it names the row.
        is_silent: whether only a screen reader says its heading.
        when: whether a listing shows it; always without it.
    """

    key: str
    label: str
    value: str | Callable[[Any], Plain] = ""
    shown: Callable[[Any], str] = in_words
    cell: str = ""
    ordering: Ordering | None = None
    numeric: bool = False
    heads: bool = False
    is_silent: bool = False
    when: Callable[[Any], bool] | None = None

    def value_of(self, row: Any) -> Plain:
        """What a row says here, without markup."""
        if callable(self.value):
            return self.value(row)
        for name in (self.value or self.key).split("."):
            row = getattr(row, name, None)
            row = row() if callable(row) else row
        plain: Plain = row
        return plain


@dataclass(frozen=True)
class Heading:
    """A column's heading; with the link that sorts by it or turns the order round, where the list can be sorted."""

    column: Column
    url: str
    aria_sort: str


@dataclass(frozen=True)
class Cell:
    """What a row says in a column, ready to be shown."""

    column: Column
    value: Plain
    folder: str = ""

    @property
    def template(self) -> str:
        """What draws it; empty for plain text."""
        name = self.column.cell
        return f"{self.folder}/{name}.html" if name and "/" not in name else name

    @property
    def shown(self) -> str:
        """The value as text."""
        return self.column.shown(self.value)


@dataclass(frozen=True)
class Line:
    """A row with its cells."""

    row: Any
    cells: tuple[Cell, ...]
