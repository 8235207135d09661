"""The registry: what the address asks for, and the rows, counts and links that answer it.

The page, its fragment, its map and the workbook all read one `Registry`, so that they cannot differ.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Count, F, Max, Min, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.access import Visitor
from listings.columns import Cell, Heading, Line
from municipalities.access import can_see_unlisted
from municipalities.columns import annotated, in_registry
from municipalities.map import Map, draw_map, projection
from municipalities.models import Municipality, Participation
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.models.participation import stale_before
from municipalities.registry_form import DEFAULT_SORT, RegistryForm, sorts
from russian.collation import in_russian_order, sort_key
from russian.templatetags.russian import long_date
from russian.text import search_form


@dataclass(frozen=True)
class Chip:
    """An active filter and the address without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Share:
    """How many of the municipalities found have a status, and the address that shows only them.

    `mark` is the shape by which the map shows the status (an SVG path).
    """

    status: str
    label: str
    mark: str
    count: int
    url: str
    is_chosen: bool


class Registry:
    """What one address of the registry shows to one visitor.

    Args:
        data: the query string.
        user: who asks; the Union's people may also look at what was taken off the list.
    """

    def __init__(self, data: QueryDict, user: Visitor) -> None:
        self.sees_unlisted = can_see_unlisted(user)
        regions = Municipality.objects.listed().values_list("region", flat=True).distinct()
        self.form = RegistryForm(
            data, user=user, regions=sorted(regions, key=sort_key), with_unlisted=self.sees_unlisted
        )
        self.is_valid = self.form.is_valid()
        self.asked: dict[str, str] = {name: str(value) for name, value in self.form.cleaned_data.items() if value}
        if self.asked.get("sort") == DEFAULT_SORT:
            del self.asked["sort"]

    # --- rows ---

    @cached_property
    def everything(self) -> MunicipalityQuerySet:
        """The list that is filtered: the Union's on the day that is shown, or what was off it then."""
        if "listing" in self.asked:
            return Municipality.objects.unlisted_on(self.today)
        return Municipality.objects.listed_on(self.today)

    @cached_property
    def total(self) -> int:
        """How many there are before filtering."""
        return int(self._frame["total"])

    @cached_property
    def _frame(self) -> dict[str, Any]:
        """The size of the whole list, in municipalities and in degrees: one query."""
        return self.everything.aggregate(
            total=Count("pk"),
            south=Min("latitude"),
            north=Max("latitude"),
            west=Min("longitude"),
            east=Max("longitude"),
        )

    @cached_property
    def found(self) -> int:
        """How many rows the filters leave."""
        return sum(self._counts.values()) if not self.asked.get("status") else self._counts.get(self.asked["status"], 0)

    def rows(self) -> MunicipalityQuerySet:
        """The rows in the order asked for; none when the address makes no sense."""
        if not self.is_valid:
            return Municipality.objects.none()
        rows = self._of_any_status()
        if status := self.asked.get("status"):
            rows = rows.filter(Q(participation=status))
        ordering, descending = sorts()[self.asked.get("sort", DEFAULT_SORT)]
        return annotated(rows).order_by(ordering(descending), in_russian_order("name"), "pk")

    @staticmethod
    def lines(rows: Iterable[Municipality]) -> list[Line]:
        """Rows with their cells."""
        columns = in_registry()
        return [Line(row, tuple(Cell(column, column.value_of(row)) for column in columns)) for row in rows]

    def _of_any_status(self) -> MunicipalityQuerySet:
        rows = self.everything.with_participation(self.today)
        for word in search_form(self.asked.get("q", "")).split():
            rows = rows.filter(search_text__contains=word)
        for name, field in (("district", "federal_district"), ("region", "region"), ("group", "index_group")):
            if name in self.asked:
                rows = rows.filter(**{field: self.asked[name]})
        if freshness := self.asked.get("freshness"):
            rows = rows.stale(self.today) if freshness == "stale" else rows.fresh(self.today)
        for one in self.form.brought:
            if one.name in self.asked:
                rows = one.narrow(rows, self.asked[one.name])
        return rows

    @cached_property
    def _counts(self) -> dict[str, int]:
        """How many of each status the other filters leave: one query."""
        if not self.is_valid:
            return {}
        counted = self._of_any_status().order_by().values(status=F("participation")).annotate(number=Count("pk"))
        return {row["status"]: row["number"] for row in counted}

    @cached_property
    def map(self) -> Map:
        """The rows found, all pages of them, as points."""
        sides = [self._frame[side] for side in ("south", "north", "west", "east")]
        plane = None if None in sides else projection(*map(float, sides))
        return draw_map(plane, self.rows(), self.today)

    # --- links ---

    @property
    def query(self) -> str:
        """The query string that asks for the same rows in the same order."""
        return _query(self.asked)

    def url(self, **changes: str) -> str:
        """The registry's address with some answers changed; an empty one is left out."""
        return reverse("municipalities") + _query(self.asked | changes)

    @property
    def export_url(self) -> str:
        """The workbook of these rows."""
        return reverse("municipalities_export") + self.query

    @property
    def reset_url(self) -> str:
        """Everything again, in the same order."""
        return reverse("municipalities") + _query({"sort": self.asked.get("sort", "")})

    def chips(self) -> list[Chip]:
        """The active filters."""
        return [Chip(label, value, self.url(**{name: ""})) for name, label, value in self._filters()]

    def description(self) -> str:
        """The filters in words: «Статус участия – Участвует; Федеральный округ – Центральный»; empty without any."""
        return "; ".join(f"{label} – {value}" for _, label, value in self._filters())

    def _filters(self) -> list[tuple[str, str, str]]:
        filters = []
        for name, field in self.form.fields.items():
            if name == "sort" or name not in self.asked:
                continue
            value = self.asked[name]
            if isinstance(field, forms.DateField):
                value = long_date(self.today)
            elif isinstance(field, forms.ChoiceField):
                pairs: Any = field.choices  # flat ones, never groups
                value = str(dict(pairs)[value])
            filters.append((name, str(field.label), value))
        return filters

    def headings(self) -> list[Heading]:
        """The columns with the links that sort by them."""
        current = self.asked.get("sort", DEFAULT_SORT)
        headings = []
        for column in in_registry():
            chosen = current.removeprefix("-") == column.key
            upwards = chosen and not current.startswith("-")
            target = f"-{column.key}" if upwards else column.key
            aria_sort = ("ascending" if upwards else "descending") if chosen else ""
            url = self.url(sort="" if target == DEFAULT_SORT else target)
            headings.append(Heading(column, url, aria_sort))
        return headings

    def distribution(self) -> list[Share]:
        """Where those stand whom the other filters leave, status by status."""
        chosen = self.asked.get("status", "")
        return [
            Share(
                status.value,
                str(status.label),
                status.mark,
                self._counts.get(status.value, 0),
                self.url(status="" if status.value == chosen else status.value),
                status.value == chosen,
            )
            for status in Participation
        ]

    @property
    def all_statuses(self) -> int:
        """How many municipalities the distribution is about."""
        return sum(self._counts.values())

    @cached_property
    def today(self) -> dt.date:
        """The day in Moscow that the statuses are given for: the one asked for, or today."""
        return dt.date.fromisoformat(self.asked["as_of"]) if self.is_past else timezone.localdate()

    @property
    def is_past(self) -> bool:
        """Whether the address asks for the state of a certain day."""
        return "as_of" in self.asked

    @property
    def stale_before(self) -> dt.date:
        """Statuses effective before this day are stale."""
        return stale_before(self.today)

    @property
    def now_url(self) -> str:
        """The same filters, the state of today."""
        return self.url(as_of="")

    @property
    def stale_url(self) -> str:
        """The same filters, only what is stale."""
        return self.url(freshness="" if self.asked.get("freshness") == "stale" else "stale")

    @property
    def compare_url(self) -> str:
        """What changed since the day that is shown, or since the last Assembly."""
        return reverse("municipalities_compare") + _query({"from": self.asked.get("as_of", "")})


def _query(asked: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in asked.items() if value})
    return f"?{query.urlencode()}" if query else ""
