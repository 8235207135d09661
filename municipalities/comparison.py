"""Two days side by side: what changed in the participation of each municipality."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from accounts.access import Visitor
from listings.asking import FilterForm, query_of
from listings.columns import Column
from listings.filters import Choice, Day, Narrow
from listings.listing import Listing
from listings.words import Words
from municipalities.models import Municipality, Participation, ParticipationRecord
from municipalities.models.municipality import MunicipalityQuerySet
from russian.collation import in_russian_order

# The Assembly whose decision is carried out: without a date, the comparison begins with its day.
ASSEMBLY = dt.date(2024, 6, 27)


class Change(models.TextChoices):
    """What may change between two days."""

    STATUS = "status", "Другой статус"
    DAY = "day", "Тот же статус на новую дату"
    NOTHING = "nothing", "Ничего нового"


@dataclass(frozen=True)
class State:
    """Where a municipality stands at the end of a day.

    Attributes:
        status: what was said last.
        since: the day for which it was said; None when nothing was said by then.
        recorded_on: the day on which it was written down, in Moscow.
    """

    status: Participation
    since: dt.date | None
    recorded_on: dt.date | None


@dataclass(frozen=True)
class Row:
    """One municipality on both days."""

    pk: int
    name: str
    url: str
    before: State
    after: State

    @property
    def change(self) -> Change:
        """What changed between the days."""
        if self.before.status != self.after.status:
            return Change.STATUS
        return Change.DAY if self.before.since != self.after.since else Change.NOTHING

    @property
    def is_changed(self) -> bool:
        """Whether the status is another one."""
        return self.change == Change.STATUS

    @property
    def is_refreshed(self) -> bool:
        """Whether the status is the same, and was stated anew between the days."""
        return self.change == Change.DAY


@dataclass(frozen=True)
class StatusCount:
    """How many municipalities have a status on each of the days, and the addresses that list them."""

    status: Participation
    before: int
    after: int
    before_url: str
    after_url: str

    @property
    def difference(self) -> str:
        """«+2», «−1», «0»."""
        difference = self.after - self.before
        return f"{difference:+d}".replace("-", "−") if difference else "0"


@dataclass(frozen=True)
class Comparison:
    """The members of the later of two days; those first whose status changed, each part in Russian order."""

    earlier: dt.date
    later: dt.date
    known_on: dt.date | None
    rows: tuple[Row, ...]
    counts: tuple[StatusCount, ...]

    @property
    def changed(self) -> int:
        """How many have another status."""
        return sum(row.is_changed for row in self.rows)

    @property
    def refreshed(self) -> int:
        """How many have the same status, stated anew."""
        return sum(row.is_refreshed for row in self.rows)

    @property
    def unchanged(self) -> int:
        """How many said nothing new."""
        return len(self.rows) - self.changed - self.refreshed

    @property
    def changed_url(self) -> str:
        """The list of those that have another status."""
        return self._url(Change.STATUS)

    @property
    def refreshed_url(self) -> str:
        """The list of those that have the same status, stated anew."""
        return self._url(Change.DAY)

    @property
    def unchanged_url(self) -> str:
        """The list of those that said nothing new."""
        return self._url(Change.NOTHING)

    def _url(self, change: Change) -> str:
        return comparison_url(self.earlier, self.later, self.known_on, change=change)


def compare(earlier: dt.date, later: dt.date, *, known_on: dt.date | None = None) -> Comparison:
    """Compare the ends of two days. Three queries at most, whatever the number of municipalities.

    Args:
        earlier, later: calendar days in Moscow, the first not after the second.
        known_on: count only what was recorded by the end of this day.

    Returns:
        The comparison of the members of the later day, under their names of that day.
    """
    members = (
        Municipality.objects.members_on(later, known_on=known_on).named_on(later, known_on=known_on).only("pk", "slug")
    )
    before = {one.pk: _state(one) for one in _standing(members, earlier, known_on)}
    after = _standing(members, later, known_on).order_by(in_russian_order("name_on_day"), "pk")
    unknown = State(Participation.UNKNOWN, None, None)
    rows = [Row(one.pk, _name(one), one.get_absolute_url(), before.get(one.pk, unknown), _state(one)) for one in after]
    rows.sort(key=lambda row: (not row.is_changed, not row.is_refreshed))  # stable: the names stay in order
    earlier_counts, later_counts = (Counter(state.status for state in states) for states in _columns(rows))
    counts = (
        StatusCount(
            status,
            earlier_counts[status],
            later_counts[status],
            comparison_url(earlier, later, known_on, before=status),
            comparison_url(earlier, later, known_on, after=status),
        )
        for status in Participation
    )
    return Comparison(earlier, later, known_on, tuple(rows), tuple(counts))


def _columns(rows: list[Row]) -> tuple[list[State], list[State]]:
    return [row.before for row in rows], [row.after for row in rows]


def _standing(members: MunicipalityQuerySet, day: dt.date, known_on: dt.date | None) -> MunicipalityQuerySet:
    """The members with their statuses, and with the moments at which those were written down."""
    records = ParticipationRecord.objects.held_on(day, known_on=known_on).filter(municipality=OuterRef("pk"))
    return members.with_participation(day, known_on=known_on).annotate(
        participation_recorded_at=Subquery(records.values("recorded_at")[:1])
    )


def _name(municipality: Any) -> str:
    return str(municipality.name_on_day)  # the query set annotates it, mypy does not know


def _state(municipality: Any) -> State:
    recorded_at = municipality.participation_recorded_at
    return State(
        Participation(municipality.participation),
        municipality.participation_since,
        timezone.localdate(recorded_at) if recorded_at else None,
    )


def _day_of_the_assembly() -> dt.date:
    return min(ASSEMBLY, timezone.localdate())


def _by_change(listing: Any, rows: tuple[Row, ...], change: str) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.change == change)


def _by_status(day: str) -> Narrow:
    """The rows that had a status on one of the days: «before» or «after»."""
    return lambda listing, rows, status: tuple(row for row in rows if getattr(row, day).status == status)


def comparison_url(earlier: dt.date, later: dt.date, known_on: dt.date | None = None, **asked: str) -> str:
    """The page that lists some rows of `compare(earlier, later, known_on=known_on)`.

    Args:
        earlier, later, known_on: as of `compare`.
        **asked: answers to the questions of `CityByCity`: change, before, after.
    """
    days = {"from": earlier.isoformat(), "to": later.isoformat(), "known_on": known_on.isoformat() if known_on else ""}
    return reverse(CityByCity.address) + query_of(days | asked)


class CityByCity(Listing[tuple[Row, ...]]):
    """The comparison of two days as a list; without them, of the day of the Assembly and today."""

    address = "municipalities_compare"
    words = Words(
        table="Статусы городов на две даты",
        filters="Даты",
        pages="Страницы сравнения",
        empty="Членов Союза на второй день в портале нет.",
        nothing="Таких городов среди членов Союза на второй день нет.",
        show_all="Показать все города",
        refused="сравните день Общего Собрания с сегодняшним",
    )
    filters = (
        Day("from", "С какого дня", default=_day_of_the_assembly),
        Day("to", "По какой день", default=timezone.localdate),
        Day("known_on", "По данным, внесённым не позднее"),
        Choice("change", "Что изменилось", "Всё равно", Change.choices, by=_by_change),
        Choice("before", "Статус в первый день", "Любой", Participation.choices, by=_by_status("before")),
        Choice("after", "Статус во второй день", "Любой", Participation.choices, by=_by_status("after")),
    )
    cells = "municipalities/comparison"
    page_size = 100

    def __init__(self, data: QueryDict, user: Visitor) -> None:
        super().__init__(data, user)
        self.columns = (
            Column("name", "Название", cell="_name", heads=True),
            Column("change", "Что изменилось", cell="_change"),
            Column("before", self._written("from"), "before.status.label", cell="_before"),
            Column("after", self._written("to"), "after.status.label", cell="_after"),
        )

    def check(self, form: FilterForm) -> None:
        """The first day cannot come after the second."""
        days = form.cleaned_data
        if {"from", "to"} <= days.keys() and days["from"] > days["to"]:
            form.add_error("from", "Первый день позже второго: поменяйте их местами.")

    @cached_property
    def comparison(self) -> Comparison | None:
        """What the days say; None when they say nothing."""
        if not self.is_valid:
            return None
        earlier, later = (dt.date.fromisoformat(self.asked[name]) for name in ("from", "to"))
        return compare(earlier, later, known_on=self.known_on)

    def everything(self) -> tuple[Row, ...]:
        """All cities of the comparison."""
        return self.comparison.rows if self.comparison else ()

    def _written(self, name: str) -> str:
        return f"{dt.date.fromisoformat(self.asked[name]):%d.%m.%Y}" if name in self.asked else ""
