"""What the report says of the municipalities: where they stood on the day of the Assembly, and on its own day."""

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar

from django.db.models import F

from municipalities.comparison import Row, compare
from municipalities.models import Municipality, Participation
from resolutions.execution.reading import Reading
from russian.collation import in_russian_order

NAMES_OF_THE_DAY = "Муниципальные образования названы так, как назывались на отчётную дату."
LATE_MEMBER = "членство внесено позже отчётной даты"


@dataclass(frozen=True)
class MunicipalityLine:
    """A municipality on the day of the Assembly and on the day of the report.

    Attributes:
        name, url: the municipality, by its name of the day of the report.
        before, after: the status on each of the days.
        since: the day for which the later status was stated; None when nothing was.
        is_changed: whether the status is another one.
        is_refreshed: whether the status is the same, and was stated anew.
        is_late: whether the later status was recorded after the day of the report.
        is_late_member: whether, by what was recorded by that day, it did not belong to the Union.
    """

    name: str
    url: str
    before: Participation
    after: Participation
    since: dt.date | None
    is_changed: bool
    is_refreshed: bool
    is_late: bool
    is_late_member: bool

    @property
    def change(self) -> str:
        """What changed, in words."""
        if self.is_changed:
            return "Статус изменён"
        return "Подтверждён" if self.is_refreshed else "Без изменений"


@dataclass(frozen=True)
class StatusLine:
    """How many municipalities had a status on each of the days, and the addresses that list them."""

    status: Participation
    before: int
    after: int
    difference: str
    before_url: str = field(compare=False)  # says how the report was read, too, which is no fact of it
    after_url: str = field(compare=False)


@dataclass(frozen=True)
class MunicipalitiesReport:
    """Where the members stood; those first whose status changed.

    Attributes:
        lines: the municipalities.
        counts: by status.
        changed: how many had another status than on the day of the Assembly.
        changed_url: the list of these.
        left_later: names of those that belonged to the Union by what was recorded by the day of the report, and did
            not by what was recorded since.
    """

    lines: tuple[MunicipalityLine, ...]
    counts: tuple[StatusLine, ...]
    changed: int
    changed_url: str = field(compare=False)
    left_later: tuple[str, ...]
    names_of_the_day: ClassVar[str] = NAMES_OF_THE_DAY

    @property
    def has_late(self) -> bool:
        """Whether something in it was recorded after the day of the report."""
        return bool(self.left_later) or any(one.is_late or one.is_late_member for one in self.lines)

    @property
    def left_later_told(self) -> str:
        """Who does not belong to the Union, as was recorded later, in a sentence; empty when nobody."""
        return f"Не входят в Союз: {', '.join(self.left_later)}." if self.left_later else ""


def members_report(since: dt.date, reading: Reading) -> MunicipalitiesReport:
    """Compare two days. Four queries at most.

    Args:
        since: the day of the Assembly.
        reading: the day of the report.
    """
    comparison = compare(since, reading.day, known_on=reading.known_on)
    known_on = min(reading.day, reading.known_on or reading.day)
    then = Municipality.objects.members_on(reading.day, known_on=known_on)
    named = then.named_on(reading.day, known_on=reading.known_on).order_by(in_russian_order("name_on_day"))
    belonged: dict[int, str] = dict(named.values_list("pk", F("name_on_day")))
    belong = {row.pk for row in comparison.rows}
    return MunicipalitiesReport(
        lines=tuple(_line(row, reading, is_late_member=row.pk not in belonged) for row in comparison.rows),
        counts=tuple(
            StatusLine(one.status, one.before, one.after, one.difference, one.before_url, one.after_url)
            for one in comparison.counts
        ),
        changed=comparison.changed,
        changed_url=comparison.changed_url,
        left_later=tuple(name for key, name in belonged.items() if key not in belong),
    )


def _line(row: Row, reading: Reading, *, is_late_member: bool) -> MunicipalityLine:
    recorded_on = row.after.recorded_on
    return MunicipalityLine(
        name=row.name,
        url=row.url,
        before=row.before.status,
        after=row.after.status,
        since=row.after.since,
        is_changed=row.is_changed,
        is_refreshed=row.is_refreshed,
        is_late=recorded_on is not None and recorded_on > reading.day,
        is_late_member=is_late_member,
    )
