"""The registry: what the address asks for, and the rows, counts and links that answer it.

The page, its fragment, its map and the workbook all read one `Registry`, so that they cannot differ.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Case, Count, F, IntegerField, Max, Min, Q, Value, When
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.access import Visitor
from municipalities.access import can_see_unlisted
from municipalities.forms import PastDateField
from municipalities.map import MARKS, Map, draw_map, projection
from municipalities.models import FederalDistrict, IndexGroup, Municipality, Participation
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.models.participation import stale_before
from municipalities.surveys.registry_filter import of_round, round_choices
from russian.collation import in_russian_order, sort_key
from russian.templatetags.russian import long_date
from russian.text import search_form

Ordering = Callable[[bool], OrderBy]


def _by_text(field: str) -> Ordering:
    return lambda descending: in_russian_order(field, descending=descending)


def _by_value(field: str) -> Ordering:
    """Numbers, dates and codes; what is missing comes last either way."""
    return lambda descending: OrderBy(F(field), descending=descending, nulls_last=True)


def _by_choice(field: str, values: Iterable[str]) -> Ordering:
    """In the given order of codes rather than by their letters."""
    places = [When(**{field: value}, then=Value(place)) for place, value in enumerate(values)]
    place = Case(*places, default=Value(len(places)), output_field=IntegerField())
    return lambda descending: OrderBy(place, descending=descending)


_DISTRICTS = sorted(FederalDistrict, key=lambda district: sort_key(str(district.label)))


@dataclass(frozen=True)
class Column:
    """A column of the registry and how it sorts."""

    key: str
    label: str
    ordering: Ordering
    numeric: bool = False


COLUMNS = (
    Column("name", "Название", _by_text("name")),
    Column("status", "Статус участия", _by_choice("participation", Participation.values)),
    Column("since", "На дату", _by_value("participation_since")),
    Column("region", "Субъект РФ", _by_text("region")),
    Column("district", "Округ", _by_choice("federal_district", _DISTRICTS)),
    Column("population", "Население", _by_value("population"), numeric=True),
    Column("group", "Группа индекса", _by_choice("index_group", reversed(IndexGroup.values))),
    Column("oktmo", "ОКТМО", _by_value("oktmo")),
)
SORTS = {sign + column.key: (column, bool(sign)) for column in COLUMNS for sign in ("", "-")}
DEFAULT_SORT = "name"


def _choice(label: str, anything: str, choices: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", anything), *choices],
        error_messages={"invalid_choice": "Такого варианта нет: выберите другой."},
    )


class RegistryForm(forms.Form):
    """What the address of the registry may ask for."""

    q = forms.CharField(
        label="Поиск",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Название, субъект или ОКТМО"}),
    )
    status = _choice("Статус участия", "Любой", Participation.choices)
    district = _choice("Федеральный округ", "Любой", [(district.value, district.label) for district in _DISTRICTS])
    region = _choice("Субъект РФ", "Любой", [])
    group = _choice("Группа индекса", "Любая", IndexGroup.choices)
    freshness = _choice("Актуальность статуса", "Любая", [("stale", "Устаревшие"), ("fresh", "Актуальные")])
    survey = _choice("Информационный обмен", "Любой", [])
    as_of = PastDateField(label="Состояние на дату", required=False)
    listing = _choice("Перечень", "В перечне Союза", [("unlisted", "Исключённые из перечня")])
    sort = forms.ChoiceField(
        required=False,
        choices=[(sort, sort) for sort in SORTS],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Такого порядка строк нет: выберите столбец в заголовке таблицы."},
    )

    def __init__(
        self, data: QueryDict, *, regions: Iterable[str], rounds: list[tuple[str, str]], with_unlisted: bool
    ) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")
        self.fields["region"] = _choice("Субъект РФ", "Любой", [(region, region) for region in regions])
        self.fields["survey"] = _choice("Информационный обмен", "Любой", rounds)
        if not rounds:
            del self.fields["survey"]
        if not with_unlisted:
            del self.fields["listing"]


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


@dataclass(frozen=True)
class Heading:
    """A column's heading: the link that sorts by it or turns the order round."""

    label: str
    url: str
    numeric: bool
    aria_sort: str


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
            data,
            regions=sorted(regions, key=sort_key),
            rounds=round_choices(user),
            with_unlisted=self.sees_unlisted,
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
        column, descending = SORTS[self.asked.get("sort", DEFAULT_SORT)]
        return rows.order_by(column.ordering(descending), in_russian_order("name"), "pk")

    def _of_any_status(self) -> MunicipalityQuerySet:
        rows = self.everything.with_participation(self.today)
        for word in search_form(self.asked.get("q", "")).split():
            rows = rows.filter(search_text__contains=word)
        for name, field in (("district", "federal_district"), ("region", "region"), ("group", "index_group")):
            if name in self.asked:
                rows = rows.filter(**{field: self.asked[name]})
        if freshness := self.asked.get("freshness"):
            rows = rows.stale(self.today) if freshness == "stale" else rows.fresh(self.today)
        if survey := self.asked.get("survey"):
            rows = of_round(rows, survey)
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
        for column in COLUMNS:
            chosen = SORTS[current][0] is column
            upwards = chosen and not SORTS[current][1]
            target = f"-{column.key}" if upwards else column.key
            aria_sort = ("ascending" if upwards else "descending") if chosen else ""
            url = self.url(sort="" if target == DEFAULT_SORT else target)
            headings.append(Heading(column.label, url, column.numeric, aria_sort))
        return headings

    def distribution(self) -> list[Share]:
        """Where those stand whom the other filters leave, status by status."""
        chosen = self.asked.get("status", "")
        return [
            Share(
                status.value,
                str(status.label),
                MARKS[status.value],
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
