"""What the report says of the municipalities: where they stood on the day of the Assembly, and on its own day."""

import datetime as dt
from dataclasses import dataclass

from municipalities.comparison import Row, compare
from municipalities.models import Participation
from resolutions.execution.reading import Reading


@dataclass(frozen=True)
class MunicipalityLine:
    """A municipality on the day of the Assembly and on the day of the report.

    Attributes:
        name, url: the municipality.
        is_listed: whether it is in the Union's list now, so that everybody may open its page.
        before, after: the status on each of the days.
        since: the day for which the later status was stated; None when nothing was.
        is_changed: whether the status is another one.
        is_refreshed: whether the status is the same, and was stated anew.
        is_late: whether the later status was recorded after the day of the report.
    """

    name: str
    url: str
    is_listed: bool
    before: Participation
    after: Participation
    since: dt.date | None
    is_changed: bool
    is_refreshed: bool
    is_late: bool

    @property
    def change(self) -> str:
        """What changed, in words."""
        if self.is_changed:
            return "Статус изменён"
        return "Подтверждён" if self.is_refreshed else "Без изменений"


@dataclass(frozen=True)
class StatusLine:
    """How many municipalities had a status on each of the days."""

    status: Participation
    before: int
    after: int
    difference: str


@dataclass(frozen=True)
class MunicipalitiesReport:
    """Where the members stood; those first whose status changed.

    Attributes:
        lines: the municipalities.
        counts: by status.
        changed: how many had another status than on the day of the Assembly.
    """

    lines: tuple[MunicipalityLine, ...]
    counts: tuple[StatusLine, ...]
    changed: int


def members_report(since: dt.date, reading: Reading) -> MunicipalitiesReport:
    """Compare two days. Three queries at most.

    Args:
        since: the day of the Assembly.
        reading: the day of the report.
    """
    comparison = compare(since, reading.day, known_on=reading.known_on)
    return MunicipalitiesReport(
        lines=tuple(_line(row, reading) for row in comparison.rows),
        counts=tuple(StatusLine(one.status, one.before, one.after, one.difference) for one in comparison.counts),
        changed=comparison.changed,
    )


def _line(row: Row, reading: Reading) -> MunicipalityLine:
    recorded_on = row.after.recorded_on
    return MunicipalityLine(
        name=row.name,
        url=row.url,
        is_listed=row.is_listed,
        before=row.before.status,
        after=row.after.status,
        since=row.after.since,
        is_changed=row.is_changed,
        is_refreshed=row.is_refreshed,
        is_late=recorded_on is not None and recorded_on > reading.day,
    )
