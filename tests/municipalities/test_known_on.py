"""What was known by the end of a day: reports of that day come out the same, whatever was entered for it since.

Кострома   entered 2024-06-28 10:00  planned, for 2024-03-10
           entered 2024-09-01 23:59  active, for 2024-06-27
           entered 2025-02-01 00:00  suspended, for 2024-06-27 (a correction)
"""

import datetime as dt
from typing import Any

import pytest

from municipalities.comparison import compare
from municipalities.models import Municipality
from tests.municipalities.factory import moment, statement

pytestmark = pytest.mark.django_db

ENTERED = [
    ("planned", "2024-03-10", "2024-06-28 10:00"),
    ("active", "2024-06-27", "2024-09-01 23:59"),
    ("suspended", "2024-06-27", "2025-02-01 00:00"),
]


@pytest.fixture(autouse=True)
def entered(kostroma: Municipality) -> None:
    for status, day, at in ENTERED:
        statement(kostroma, status, day, recorded_at=moment(at))


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("as_of", "known_on", "status"),
    [
        ("2024-06-27", "2024-06-27", "unknown"),
        ("2024-06-27", "2024-06-28", "planned"),
        ("2024-06-27", "2024-08-31", "planned"),
        ("2024-06-27", "2024-09-01", "active"),
        ("2024-06-27", "2025-01-31", "active"),
        ("2024-06-27", "2025-02-01", "suspended"),
        ("2024-06-27", None, "suspended"),
        ("2024-06-26", "2025-02-01", "planned"),
        (None, "2025-01-31", "active"),
        (None, None, "suspended"),
    ],
)
def test_what_is_entered_later_does_not_count(as_of: str | None, known_on: str | None, status: str) -> None:
    one: Any = Municipality.objects.with_participation(day(as_of), known_on=day(known_on)).get()
    assert one.participation == status


@pytest.mark.parametrize(
    ("known_on", "before", "after"),
    [
        ("2024-06-27", "unknown", "unknown"),
        ("2024-06-28", "planned", "planned"),
        ("2024-09-01", "planned", "active"),
        (None, "planned", "suspended"),
    ],
)
def test_the_comparison_knows_no_more(known_on: str | None, before: str, after: str) -> None:
    [row] = compare(dt.date(2024, 6, 26), dt.date(2024, 6, 27), known_on=day(known_on)).rows
    assert (row.before.status, row.after.status) == (before, after)
