"""Two days side by side: what changed in the participation of each municipality."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from municipalities.models import Municipality, Participation
from russian.collation import in_russian_order

# The Assembly whose decision is carried out: without a date, the comparison begins with its day.
ASSEMBLY = dt.date(2024, 6, 27)


@dataclass(frozen=True)
class State:
    """Where a municipality stands at the end of a day; `since` is None when nothing was said by then."""

    status: Participation
    since: dt.date | None


@dataclass(frozen=True)
class Row:
    """One municipality on both days."""

    name: str
    url: str
    before: State
    after: State

    @property
    def states(self) -> tuple[State, State]:
        """Both days, for two columns."""
        return self.before, self.after

    @property
    def is_changed(self) -> bool:
        """Whether the status is another one."""
        return self.before.status != self.after.status

    @property
    def is_refreshed(self) -> bool:
        """Whether the status is the same, and was stated anew between the days."""
        return not self.is_changed and self.before.since != self.after.since


@dataclass(frozen=True)
class StatusCount:
    """How many municipalities have a status on each of the days."""

    status: Participation
    before: int
    after: int

    @property
    def difference(self) -> str:
        """«+2», «−1», «0»."""
        difference = self.after - self.before
        return f"{difference:+d}".replace("-", "−") if difference else "0"


@dataclass(frozen=True)
class Comparison:
    """The listed municipalities on two days, those first whose status changed, each part in Russian order."""

    earlier: dt.date
    later: dt.date
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


def compare(earlier: dt.date, later: dt.date) -> Comparison:
    """Compare the ends of two days. Two queries, whatever the number of municipalities.

    Args:
        earlier, later: calendar days in Moscow, the first not after the second.

    Returns:
        The comparison of what is in the Union's list now.
    """
    before = {municipality.pk: _state(municipality) for municipality in _on(earlier)}
    unknown = State(Participation.UNKNOWN, None)
    rows = [
        Row(
            municipality.name,
            municipality.get_absolute_url(),
            before.get(municipality.pk, unknown),
            _state(municipality),
        )
        for municipality in _on(later)
    ]
    rows.sort(key=lambda row: (not row.is_changed, not row.is_refreshed))  # stable: the names stay in order
    earlier_counts, later_counts = (Counter(state.status for state in states) for states in _columns(rows))
    counts = (StatusCount(status, earlier_counts[status], later_counts[status]) for status in Participation)
    return Comparison(earlier, later, tuple(rows), tuple(counts))


def _on(day: dt.date) -> Any:
    fields = ("pk", "name", "slug")
    return Municipality.objects.listed().with_participation(day).only(*fields).order_by(in_russian_order("name"), "pk")


def _columns(rows: list[Row]) -> tuple[list[State], list[State]]:
    return [row.before for row in rows], [row.after for row in rows]


def _state(municipality: Any) -> State:
    return State(Participation(municipality.participation), municipality.participation_since)
