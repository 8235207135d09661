"""Illustrative statuses, so that every page has something to show. Never part of the real seed."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from municipalities.models import Municipality, Participation, ParticipationRecord, Representative

DEMO_BASIS = "Демонстрационные данные"

# Invented from the first to the last; Кострома is real and two cities stay silent on purpose.
_STATEMENTS: dict[str, list[tuple[str, Participation]]] = {
    "11701000001": [("2023-09-12", Participation.PLANNED), ("2024-10-03", Participation.ACTIVE)],
    "58710000001": [("2024-05-20", Participation.NONE)],
    "49701000001": [("2022-11-15", Participation.PILOT), ("2024-09-30", Participation.ACTIVE)],
    "17701000001": [("2024-05-21", Participation.ACTIVE)],
    "19701000001": [("2024-05-17", Participation.ACTIVE)],
    "24701000001": [("2024-05-22", Participation.PLANNED), ("2025-02-10", Participation.PILOT)],
    "27701000001": [("2024-05-16", Participation.PILOT)],
    "11710000001": [("2024-05-24", Participation.NONE), ("2025-01-20", Participation.PLANNED)],
    "47701000001": [("2024-05-15", Participation.ACTIVE), ("2025-03-03", Participation.SUSPENDED)],
    "86701000001": [("2024-05-23", Participation.PLANNED)],
    "58701000001": [("2024-05-20", Participation.ACTIVE)],
    "78715000001": [("2024-05-27", Participation.ACTIVE)],
    "11730000001": [("2024-05-28", Participation.SUSPENDED)],
    "66701000001": [("2024-05-14", Participation.PLANNED), ("2024-12-16", Participation.ACTIVE)],
    "87701000001": [("2024-05-29", Participation.PILOT), ("2025-02-26", Participation.ACTIVE)],
    "19730000001": [("2024-05-17", Participation.ACTIVE)],
    "78701000001": [("2024-05-13", Participation.ACTIVE)],
}


@transaction.atomic
def seed_demo_participation() -> int:
    """Give the starter cities illustrative statuses; a city that has any record is left alone.

    Returns:
        How many records were written; 0 when there was nothing left to illustrate.
    """
    silent = Municipality.objects.filter(oktmo__in=_STATEMENTS, participation_records=None)
    records = [
        ParticipationRecord(
            municipality=municipality,
            status=status,
            effective_on=dt.date.fromisoformat(day),
            basis=DEMO_BASIS,
            recorded_by_name=DEMO_BASIS,
        )
        for municipality in silent.order_by("oktmo")
        for day, status in _STATEMENTS[municipality.oktmo]
    ]
    ParticipationRecord.objects.bulk_create(records)
    return len(records)


def seed_demo_representatives(users: Mapping[str, User]) -> None:
    """Let each demonstration official speak for the city whose address their key is.

    Args:
        users: the demonstration accounts by key, as `accounts.demo.seed_demo_users` returns them.
    """
    for municipality in Municipality.objects.filter(slug__in=users):
        Representative.objects.get_or_create(user=users[municipality.slug], municipality=municipality)
