"""Municipalities and records for tests, in one line each."""

import datetime as dt
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.utils import timezone

from municipalities.models import FederalDistrict, Membership, Municipality, Participation, ParticipationRecord
from revisions.days import EARLIEST, noon_of

TODAY = timezone.localdate


def moment(text: str) -> dt.datetime:
    """A moment in Moscow: «2026-03-01 23:59»."""
    return timezone.make_aware(dt.datetime.fromisoformat(text), timezone.get_default_timezone())


def at(text: str) -> Any:
    """Let the portal's clock stand at a moment in Moscow; the default of `recorded_at` keeps the real clock."""
    return patch("django.utils.timezone.now", return_value=moment(text))


def city(name: str, number: int, *, joins: str = "", **facts: Any) -> Municipality:
    """A municipality that differs from others by name and number; a member from the beginning, or from a day on."""
    defaults: dict[str, Any] = {"region": "Тверская область", "federal_district": FederalDistrict.CENTRAL}
    made = Municipality.objects.create(name=name, oktmo=f"{number:08d}", **defaults | facts)
    return member(made, on=dt.date.fromisoformat(joins) if joins else EARLIEST)


def member(municipality: Municipality, on: dt.date = EARLIEST) -> Municipality:
    """The same, a member of the Union, which was written down on the day."""
    joined(municipality, on=on, recorded_at=noon_of(on))
    return municipality


def joined(*municipalities: Municipality, on: dt.date = EARLIEST, **fields: Any) -> None:
    """Let municipalities join the Union; known from the beginning unless said otherwise."""
    said: dict[str, Any] = {
        "day_is_known": on != EARLIEST,
        "action": "join",
        "basis": "Перечень",
        "actor_name": "Кто-то",
        "recorded_at": noon_of(EARLIEST),
    } | fields
    Membership.objects.bulk_create(Membership(municipality=one, happened_on=on, **said) for one in municipalities)


def left(municipality: Municipality, on: str, **fields: Any) -> None:
    """Let a municipality leave the Union on a day, written down on that day."""
    day = dt.date.fromisoformat(on)
    joined(municipality, on=day, **{"action": "leave", "recorded_at": noon_of(day)} | fields)


def statement(
    municipality: Municipality, status: str = Participation.ACTIVE, on: str = "2024-06-27", **fields: Any
) -> ParticipationRecord:
    """A record, as if somebody had stated it."""
    defaults = {"basis": "Письмо администрации", "actor_name": "Кто-то"}
    day = dt.date.fromisoformat(on)
    return ParticipationRecord.objects.create(
        municipality=municipality, status=status, happened_on=day, **defaults | fields
    )


def many_cities(count: int, *, start: int = 1) -> None:
    """Plenty of municipalities, each with two records."""
    cities = Municipality.objects.bulk_create(
        Municipality(
            name=f"Город {number}",
            slug=f"gorod-{number}",
            region=f"Область {number % 10}",
            federal_district=FederalDistrict.CENTRAL,
            oktmo=f"{number:08d}",
            population=1000 * number,
            search_text=f"город {number}",
        )
        for number in range(start, start + count)
    )
    joined(*cities)
    ParticipationRecord.objects.bulk_create(
        ParticipationRecord(
            municipality=one, status=status, happened_on=dt.date(year, 1, 1), basis="Письмо", actor_name="Кто-то"
        )
        for one in cities
        for year, status in ((2023, Participation.PLANNED), (2024, Participation.ACTIVE))
    )
    with connection.cursor() as cursor:
        # As the database does by itself in time. Rolled-back rows of other tests would mislead PostgreSQL's planner.
        cursor.execute("ANALYZE")
