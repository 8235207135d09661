"""The registry: what the address asks for, and the rows, counts and links that answer it.

The page, its fragment, its map and the workbook all read one `Registry`, so that they cannot differ.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from accounts.access import Visitor
from listings.asking import query_of
from listings.filters import Choice, Choices, Day, Search, untouched
from listings.listing import Listing
from listings.words import Words
from municipalities.access import can_see_unlisted
from municipalities.columns import annotated, in_registry
from municipalities.map import Map, draw_map, projection
from municipalities.models import FederalDistrict, IndexGroup, Municipality, Participation, Succession
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.models.participation import stale_before
from municipalities.registration import filters
from russian.collation import in_russian_order, sort_key

_DISTRICTS = sorted(FederalDistrict.choices, key=lambda choice: sort_key(str(choice[1])))
_FRESHNESS = [("stale", "Устаревшие"), ("fresh", "Актуальные")]
_PARTS = [("informed", "Сведения представлены"), ("taking", "Участвуют, включая пилотные")]


def _by_part(listing: Any, rows: MunicipalityQuerySet, part: str) -> MunicipalityQuerySet:
    """The rows that stated anything, or those that take part: several statuses together."""
    if part == "informed":
        return rows.exclude(Q(participation=Participation.UNKNOWN))
    return rows.filter(Q(participation__in=Participation.taking_part()))


@dataclass(frozen=True)
class Share:
    """How many of the municipalities found have a status, and the address that shows only them.

    `mark` is the shape by which the map shows the status (an SVG path); `rows_url` is the same address where `url`
    takes the choice back.
    """

    status: str
    label: str
    mark: str
    count: int
    url: str
    rows_url: str
    is_chosen: bool


class Registry(Listing[MunicipalityQuerySet]):
    """What one address of the registry shows to one visitor; the Union's people also see what was withdrawn.

    Attributes:
        sees_unlisted: whether this visitor does.
    """

    def regions(self) -> Choices:
        """The regions of the list, in Russian order; a workbook, which shows no filters, does not read them."""
        found = Municipality.objects.listed().values_list("region", flat=True).distinct()
        return SimpleLazyObject(lambda: [(region, region) for region in sorted(found, key=sort_key)])

    def unlisted(self) -> Choices | None:
        """The choice of what was typed by mistake and withdrawn."""
        return [("unlisted", "Только убранные из портала")] if self.sees_unlisted else None

    def as_fresh(self, rows: MunicipalityQuerySet, freshness: str) -> MunicipalityQuerySet:
        """The rows whose status may be relied on as of the day, or those whose may not."""
        return rows.stale(self.day) if freshness == "stale" else rows.fresh(self.day)

    address = "municipalities"
    words = Words(
        table="Таблица муниципальных образований",
        filters="Отбор муниципальных образований",
        pages="Страницы реестра",
        empty="В реестре пока нет муниципальных образований.",
        show_all="Показать весь реестр",
        refused="покажите весь реестр",
    )
    order = (in_russian_order("name_on_day"), "pk")
    default_sort = "name"
    page_size = 50
    target = "registry"
    template = "municipalities/_registry.html"
    own_filters = (
        Search(placeholder="Название, субъект или ОКТМО"),
        Choice("status", "Статус участия", "Любой", Participation.choices, column="participation"),
        Choice("part", "Участие", "Любое", _PARTS, by=_by_part),
        Choice("district", "Федеральный округ", "Любой", _DISTRICTS, column="federal_district"),
        Choice("region", "Субъект РФ", "Любой", regions),
        Choice("group", "Группа индекса", "Любая", IndexGroup.choices, column="index_group"),
        Choice("freshness", "Актуальность статуса", "Любая", _FRESHNESS, by=as_fresh),
    )
    last_filters = (
        Day("as_of", "Состояние на дату"),
        Day("known_on", "По данным, внесённым не позднее"),
        Choice("members", "Членство", "Члены Союза", [("others", "Не члены Союза"), ("all", "Все")], by=untouched),
        Choice("listing", "Внесённые ошибочно", "Не показывать", unlisted, by=untouched),
    )

    def __init__(self, data: QueryDict, user: Visitor) -> None:
        self.sees_unlisted = can_see_unlisted(user)
        self.filters = (*self.own_filters, *filters(), *self.last_filters)
        self.columns = in_registry()
        super().__init__(data, user)

    # --- rows ---

    @cached_property
    def members(self) -> MunicipalityQuerySet:
        """The list that is filtered: members on the day that is shown, others, or what was typed by mistake."""
        if "listing" in self.asked:
            return Municipality.objects.unlisted()
        match self.asked.get("members"):
            case "others":
                return Municipality.objects.others_on(self.day, known_on=self.known_on)
            case "all":
                return Municipality.objects.listed()
        return Municipality.objects.members_on(self.day, known_on=self.known_on)

    @cached_property
    def _with_statuses(self) -> MunicipalityQuerySet:
        return self._read(self.members)  # asked for thrice; putting it together takes time

    def _read(self, rows: MunicipalityQuerySet) -> MunicipalityQuerySet:
        """Rows with what the columns and their cells say of the day."""
        merged = Succession.objects.held_on(self.day, known_on=self.known_on).filter(predecessor=OuterRef("pk"))
        dated = rows.with_participation(self.day, known_on=self.known_on).named_on(self.as_of, known_on=self.known_on)
        return annotated(dated.annotate(merged_on=Subquery(merged.values("happened_on")[:1])))

    def everything(self) -> MunicipalityQuerySet:
        """The members with their statuses, their names of the day, and what columns compute."""
        return self._with_statuses.all()

    @cached_property
    def total(self) -> int:
        """How many there are before filtering."""
        return int(self._frame["total"])

    @cached_property
    def _frame(self) -> dict[str, Any]:
        """The size of the whole list, in municipalities and in degrees: one query."""
        return self.members.aggregate(
            total=Count("pk"),
            south=Min("latitude"),
            north=Max("latitude"),
            west=Min("longitude"),
            east=Max("longitude"),
        )

    @cached_property
    def others_found(self) -> int:
        """How many the search finds among those that are no members: one query, where somebody searches members."""
        if "q" not in self.asked or self.asked.keys() & {"members", "listing"}:
            return 0
        others = Municipality.objects.others_on(self.day, known_on=self.known_on)
        return int(self.narrowed(self._read(others)).count())

    @property
    def others_url(self) -> str:
        """Those."""
        return self.url(members="others")

    def known_count(self) -> int:
        """How many rows the filters leave, from the counts of the statuses."""
        return self._counts.get(self.asked["status"], 0) if "status" in self.asked else self.all_statuses

    @cached_property
    def _counts(self) -> dict[str, int]:
        """How many of each status the other filters leave: one query."""
        rows = self.narrowed(self.everything(), without="status")
        counted = rows.order_by().values(status=F("participation")).annotate(number=Count("pk"))
        return {row["status"]: row["number"] for row in counted}

    @cached_property
    def map(self) -> Map:
        """The rows found, all pages of them, as points."""
        sides = [self._frame[side] for side in ("south", "north", "west", "east")]
        plane = None if None in sides else projection(*map(float, sides))
        return draw_map(plane, self.rows(), self.day)

    # --- statuses ---

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
                self.url(status=status.value),
                status.value == chosen,
            )
            for status in Participation
        ]

    @property
    def all_statuses(self) -> int:
        """How many municipalities the distribution is about."""
        return sum(self._counts.values())

    @property
    def stale_before(self) -> dt.date:
        """Statuses effective before this day are stale."""
        return stale_before(self.day)

    # --- links ---

    @property
    def export_url(self) -> str:
        """The workbook of these rows."""
        return reverse("municipalities_export") + self.query

    @property
    def stale_url(self) -> str:
        """The same filters, only what is stale."""
        return self.url(freshness="" if self.asked.get("freshness") == "stale" else "stale")

    @property
    def stale_rows_url(self) -> str:
        """The same, whether or not it is chosen already."""
        return self.url(freshness="stale")

    @property
    def total_url(self) -> str:
        """All rows of the same list on the same day."""
        kept = (*(one.name for one in self.last_filters), "sort")
        return self.all_url + query_of({name: said for name, said in self.asked.items() if name in kept})

    @property
    def compare_url(self) -> str:
        """What changed since the day that is shown, or since the last Assembly."""
        return reverse("municipalities_compare") + query_of({"from": self.asked.get("as_of", "")})
