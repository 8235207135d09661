"""A list of the portal: what one address of it asks for, and the rows, pages and links that answer it."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from listings.asking import FilterForm, query_of
from listings.columns import Cell, Column, Heading, Line, Ordering
from listings.filters import Choices, Filter
from listings.words import Chip, Option, Words

RowsT = TypeVar("RowsT", bound=QuerySet[Any] | Sequence[Any])


class Listing(ABC, Generic[RowsT]):
    """What one address of a list shows to one visitor. Each list is a class that declares:

    Attributes:
        address: the name of its address; `args` of it, where it has some.
        words: what it says about itself.
        filters: the questions above it, in their order; `as_tabs` names the only one, if it stands there as tabs.
        columns: of its table; `cells`: the folder of the templates of their cells.
        order: of the rows, and of those that are equal in the column by which they are sorted.
        default_sort: the column by which an address without «sort» sorts; without it, the list cannot be sorted.
        page_size: rows on a page; without it, all stand on one.
        target: the id of the fragment that htmx exchanges; without it, every answer is a whole page.
        trail: the template of the way to it, where it stands on a page alone.
        stacks: whether each row is a card of its own on narrow screens, where the last columns are what it is about.
        template: the fragment; `body`: what holds the rows in it.

    Args:
        data: the query string.
        user: who asks.
    """

    address: ClassVar[str]
    words: Words
    filters: Sequence[Filter] = ()
    as_tabs: ClassVar[str] = ""
    columns: Sequence[Column] = ()
    cells: ClassVar[str] = ""
    order: ClassVar[Sequence[Any]] = ()
    default_sort: ClassVar[str] = ""
    page_size: ClassVar[int | None] = None
    target: ClassVar[str] = ""
    trail: ClassVar[str] = ""
    stacks: ClassVar[bool] = False
    template: ClassVar[str] = "listings/_listing.html"
    body: ClassVar[str] = "listings/_table.html"
    empty: ClassVar[str] = "listings/_empty.html"

    def __init__(self, data: QueryDict, user: Any) -> None:
        self.user = user
        self.form = FilterForm(self._with_defaults(data), self)
        self.is_valid = self.form.is_valid()
        given = self.form.cleaned_data
        self.asked: dict[str, str] = {name: str(given[name]) for name in self.form.fields if given.get(name)}
        if self.asked.get("sort") == self.default_sort:
            del self.asked["sort"]
        self._page = data.get("page")

    def _with_defaults(self, data: QueryDict) -> QueryDict:
        """The query string with the days that it leaves out, where a day is always meant."""
        filled = data.copy()
        for one in self.filters:
            if one.default and not filled.get(one.name):
                filled[one.name] = one.default().isoformat()
        return filled

    # --- what a list says of itself beyond its declarations ---

    @property
    def args(self) -> tuple[Any, ...]:
        """What its address needs."""
        return ()

    @abstractmethod
    def everything(self) -> RowsT:
        """The rows before filtering, as of `day`."""

    def check(self, form: FilterForm) -> None:
        """Refuse answers that make no sense together, by errors of the form."""

    # --- the day ---

    @property
    def as_of(self) -> dt.date | None:
        """The day whose end is asked about, in Moscow; None when the address asks how things stand now."""
        return self._day("as_of")

    @property
    def known_on(self) -> dt.date | None:
        """Only what was recorded by the end of this day counts; everything without it."""
        return self._day("known_on")

    @cached_property
    def day(self) -> dt.date:
        """The day that the rows are given for: the one asked about, or today."""
        return self.as_of or timezone.localdate()

    def _day(self, name: str) -> dt.date | None:
        return dt.date.fromisoformat(self.asked[name]) if name in self.asked else None

    @property
    def has_unknown(self) -> bool:
        """Whether the address asks for a choice or an order that there is not; other faults speak for themselves."""
        errors = self.form.errors.as_data()
        return any(fault.code == "invalid_choice" for faults in errors.values() for fault in faults)

    @property
    def now_url(self) -> str:
        """The same filters, the state of today."""
        return self.url(as_of="", known_on="")

    # --- rows ---

    def rows(self) -> RowsT:
        """The rows in the order asked for; none when the address makes no sense."""
        rows: Any = self.everything()
        if self.is_valid:
            rows = self.in_order(self.narrowed(rows))
        else:
            rows = rows.none() if isinstance(rows, QuerySet) else rows[:0]
        found: RowsT = rows
        return found

    def narrowed(self, rows: Any, *, without: str = "") -> Any:
        """What the filters leave of rows.

        Args:
            rows: of `everything`.
            without: the name of a filter that is passed over.
        """
        for one in self.filters:
            if one.name in self.asked and one.name != without:
                rows = one.narrow(self, rows, self.asked[one.name])
        return rows

    def in_order(self, rows: Any) -> Any:
        """The rows, sorted as asked."""
        if not self.sorts:
            return rows.order_by(*self.order) if self.order else rows
        ordering, descending = self.sorts[self.sort]
        return rows.order_by(ordering(descending), *self.order)

    @cached_property
    def total(self) -> int:
        """How many rows there are before filtering."""
        rows = self.everything()
        return rows.count() if isinstance(rows, QuerySet) else len(rows)

    @cached_property
    def count(self) -> int:
        """How many rows the filters leave."""
        return self.page.paginator.count

    @cached_property
    def page(self) -> "Page[Any]":
        """The page asked for, or the nearest one that is there."""
        return self._pages().get_page(self._page)

    def known_count(self) -> int | None:
        """How many rows the filters leave, where that is known without asking for it."""
        return None

    def _pages(self) -> "Paginator[Any]":
        if self.page_size is None:
            rows = list(self.rows())
            return Paginator(rows, len(rows) or 1)
        pages = Paginator(self.rows(), self.page_size)
        if (known := self.known_count()) is not None:
            pages.count = known  # fills the cached property
        return pages

    def prepared(self, rows: list[Any]) -> list[Any]:
        """The rows of the page as cells read them: with what is best read for all of them at once."""
        return rows

    @cached_property
    def lines(self) -> list[Line]:
        """The rows of the page with their cells."""
        columns = self.shown_columns
        return [
            Line(row, tuple(Cell(column, column.value_of(row), self.cells) for column in columns))
            for row in self.prepared(list(self.page))
        ]

    # --- order ---

    @cached_property
    def sorts(self) -> dict[str, tuple[Ordering, bool]]:
        """What «sort» may say: the ordering of a column, and whether downwards."""
        if not self.default_sort:
            return {}
        orderings = {column.key: column.ordering for column in self.columns if column.ordering}
        return {sign + key: (ordering, bool(sign)) for key, ordering in orderings.items() for sign in ("", "-")}

    @property
    def sort(self) -> str:
        """What the rows are sorted by."""
        return self.asked.get("sort", self.default_sort)

    def headings(self) -> list[Heading]:
        """The columns with the links that sort by them."""
        return [self._heading(column) for column in self.shown_columns]

    @cached_property
    def shown_columns(self) -> list[Column]:
        """The columns that this visitor sees."""
        return [column for column in self.columns if column.when is None or column.when(self)]

    def _heading(self, column: Column) -> Heading:
        if column.key not in self.sorts:
            return Heading(column, "", "")
        upwards, downwards = self.sort == column.key, self.sort == f"-{column.key}"
        target = f"-{column.key}" if upwards else column.key
        aria_sort = "ascending" if upwards else "descending" if downwards else ""
        return Heading(column, self.url(sort="" if target == self.default_sort else target), aria_sort)

    # --- links ---

    @property
    def query(self) -> str:
        """The query string that asks for the same rows in the same order."""
        return query_of(self.asked)

    def url(self, **changes: str) -> str:
        """The address with some answers changed; an empty one is left out."""
        return self.all_url + query_of(self.asked | changes)

    @property
    def all_url(self) -> str:
        """The address that asks nothing."""
        return reverse(self.address, args=self.args)

    @property
    def reset_url(self) -> str:
        """Everything again, in the same order."""
        return self.all_url + query_of({"sort": self.asked.get("sort", "")})

    @property
    def page_url(self) -> str:
        """The address of the page that is shown."""
        return self.url(page=str(self.page.number) if self.page.number > 1 else "")

    @property
    def previous_url(self) -> str:
        """The page before; empty on the first."""
        return self.url(page=str(self.page.previous_page_number())) if self.page.has_previous() else ""

    @property
    def next_url(self) -> str:
        """The page after; empty on the last."""
        return self.url(page=str(self.page.next_page_number())) if self.page.has_next() else ""

    # --- the filters in words ---

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked but the order."""
        return not self.asked.keys() <= {"sort"}

    def chips(self) -> list[Chip]:
        """The answers that filter the list."""
        return [
            Chip(one.label, one.in_words(self.asked[one.name], self.form.fields[one.name]), self.url(**{one.name: ""}))
            for one in self.filters
            if one.name in self.asked
        ]

    def description(self) -> str:
        """The answers in words: «Статус участия – Участвует; Федеральный округ – Центральный»; empty without any."""
        return "; ".join(f"{chip.label} – {chip.value}" for chip in self.chips())

    def tabs(self) -> list[Option]:
        """The answers to the question that stands as tabs."""
        field: Any = self.form.fields[self.as_tabs]
        choices: Choices = field.choices
        chosen = self.asked.get(self.as_tabs, "")
        return [Option(str(label), self.url(**{self.as_tabs: value}), value == chosen) for value, label in choices]
