"""Filters of a list: what its address may ask for, and what that leaves of the rows.

Functions among the declarations take the listing first, so that a method of it serves: it knows who asks, and for
which day.
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from django import forms
from django.db.models import Q

from revisions.forms import PastDateField
from russian.templatetags.russian import long_date
from russian.text import search_form

Choices: TypeAlias = Iterable[tuple[str, Any]]
Narrow: TypeAlias = Callable[[Any, Any, str], Any]

UNKNOWN = {"invalid_choice": "Такого варианта нет: выберите другой."}


def untouched(listing: Any, rows: Any, value: str) -> Any:
    """The rows as they are: what was asked chooses already which rows there are."""
    return rows


class Filter(ABC):
    """One question above a list.

    Attributes:
        name: its name in the address.
        label: what it is called on the page, in chips and in workbooks.
        default: the day that an address without an answer means, where a day is always meant.
    """

    name: str
    label: str
    default: Callable[[], dt.date] | None = None

    @abstractmethod
    def field(self, listing: Any) -> forms.Field | None:
        """The field that asks; None when this visitor is not asked."""

    @abstractmethod
    def narrow(self, listing: Any, rows: Any, value: str) -> Any:
        """The rows that an answer leaves."""

    def in_words(self, value: str, field: forms.Field) -> str:
        """An answer as its chip says it."""
        return value


@dataclass(frozen=True)
class Search(Filter):
    """Words to be found in a row, in any order and case.

    Attributes:
        columns: each word stands in one of these columns, which hold texts in their search form.
        placeholder: what the empty field says.
        matches: the rows in which all of the words, as they were typed, stand, where columns cannot say.
    """

    name: str = "q"
    label: str = "Поиск"
    placeholder: str = ""
    columns: tuple[str, ...] = ("search_text",)
    matches: Callable[[Any, list[str]], Any] | None = None
    max_length: int = 100

    def field(self, listing: Any) -> forms.Field:
        """A field for text."""
        attrs = {"type": "search"} | ({"placeholder": self.placeholder} if self.placeholder else {})
        return forms.CharField(
            label=self.label, required=False, max_length=self.max_length, widget=forms.TextInput(attrs)
        )

    def narrow(self, listing: Any, rows: Any, value: str) -> Any:
        """The rows in which all of the words stand."""
        if self.matches:
            return self.matches(rows, value.split())
        for word in search_form(value).split():
            anywhere = Q()
            for column in self.columns:
                anywhere |= Q(**{f"{column}__contains": word})
            rows = rows.filter(anywhere)
        return rows


@dataclass(frozen=True)
class Choice(Filter):
    """One of some values, or anything.

    Attributes:
        anything: what the empty choice says.
        choices: codes and labels, or a function of the listing that gives them, or None when nobody is to be asked.
        column: which column holds the code; the one of the filter's name without it.
        by: the rows that a code leaves, where a column cannot say.
    """

    name: str
    label: str
    anything: str
    choices: Choices | Callable[[Any], Choices | None]
    column: str = ""
    by: Narrow | None = None

    def field(self, listing: Any) -> forms.Field | None:
        """A field with the choices of this visitor."""
        choices = self.choices(listing) if callable(self.choices) else self.choices
        if choices is None:
            return None
        return forms.ChoiceField(
            label=self.label,
            required=False,
            choices=lambda: [("", self.anything), *choices],  # lazy ones are read only where they are shown or asked
            error_messages=UNKNOWN,
        )

    def narrow(self, listing: Any, rows: Any, value: str) -> Any:
        """The rows of this value."""
        if self.by:
            return self.by(listing, rows, value)
        return rows.filter(**{self.column or self.name: value})

    def in_words(self, value: str, field: forms.Field) -> str:
        """The label of a code."""
        pairs: Any = field.choices  # type: ignore[attr-defined]  # flat ones of the field made above, never groups
        return str(dict(pairs)[value])


@dataclass(frozen=True)
class Day(Filter):
    """A day that has come; the listing reads its rows as of it, nothing is filtered."""

    name: str
    label: str
    default: Callable[[], dt.date] | None = None

    def field(self, listing: Any) -> forms.Field:
        """A field for a day."""
        return PastDateField(label=self.label, required=self.default is not None)

    def narrow(self, listing: Any, rows: Any, value: str) -> Any:
        """The rows as they are."""
        return rows

    def in_words(self, value: str, field: forms.Field) -> str:
        """The day in words."""
        return long_date(dt.date.fromisoformat(value))
