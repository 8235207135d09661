"""Illustrative statuses, so that every page has something to show. Never part of the real seed."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from municipalities.models import (
    FederalDistrict,
    IndexGroup,
    IndexScore,
    Membership,
    MembershipAction,
    Municipality,
    Participation,
    ParticipationRecord,
    StandardEdition,
)

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

# Some confirmed their status lately, so that not everything is stale: days before the day of seeding.
_CONFIRMED = {
    "11701000001": 12,
    "49701000001": 40,
    "17701000001": 95,
    "19701000001": 3,
    "87701000001": 170,
    "78701000001": 181,
}

# Year, group, score, maximum, indicators, rank, size of the group: invented, on the two scales that the index had.
_SCORES: dict[str, list[tuple[int, IndexGroup, str, str, int, int, int]]] = {
    "11701000001": [
        (2021, IndexGroup.LARGE, "52.4", "120", 47, 31, 66),
        (2022, IndexGroup.LARGE, "58.15", "120", 47, 27, 66),
        (2024, IndexGroup.LARGE, "141", "260", 29, 24, 67),
    ],
    "78701000001": [(2024, IndexGroup.LARGE, "163.5", "260", 29, 12, 67)],
}


# A member that nobody ever asked, made up from the code to the name; and a leaving that never was.
EXAMPLE_CITY = {
    "oktmo": "00000001",
    "name": "Примерск (демонстрационный)",
    "region": "Демонстрационная область",
    "federal_district": FederalDistrict.CENTRAL,
}
_JOINED = (dt.date(2025, 4, 1), f"{DEMO_BASIS}: такого муниципального образования нет")
_LEAVER = "58710000001"
_LEFT = (dt.date(2025, 6, 2), f"{DEMO_BASIS}: на самом деле выхода из Союза не было")


@transaction.atomic
def seed_demo_membership() -> None:
    """Let a made-up city join the Union, and a starter city leave it; where somebody has been before, nothing is done.

    After the demonstration's round of information exchange: the member was never asked.
    """
    example, is_new = Municipality.objects.get_or_create(oktmo=EXAMPLE_CITY["oktmo"], defaults=EXAMPLE_CITY)
    if is_new:
        _seed_membership(example, MembershipAction.JOIN, *_JOINED)
    leaver = Municipality.objects.filter(oktmo=_LEAVER).first()
    if leaver and not leaver.memberships.filter(action=MembershipAction.LEAVE).exists():
        _seed_membership(leaver, MembershipAction.LEAVE, *_LEFT)


def _seed_membership(municipality: Municipality, action: MembershipAction, day: dt.date, basis: str) -> None:
    Membership.objects.create(
        municipality=municipality, action=action, happened_on=day, basis=basis, actor_name=DEMO_BASIS
    )


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
            happened_on=dt.date.fromisoformat(day),
            basis=DEMO_BASIS,
            actor_name=DEMO_BASIS,
        )
        for municipality in silent.order_by("oktmo")
        for day, status in _STATEMENTS[municipality.oktmo]
    ]
    records += [
        ParticipationRecord(
            municipality=municipality,
            happened_on=timezone.localdate() - dt.timedelta(days=_CONFIRMED[municipality.oktmo]),
            actor_name=DEMO_BASIS,
        )
        for municipality in silent.filter(oktmo__in=_CONFIRMED).order_by("oktmo")
    ]
    ParticipationRecord.objects.bulk_create(records)
    return len(records)


@transaction.atomic
def seed_demo_index() -> None:
    """Give two starter cities illustrative results of the index; a city that has any is left alone."""
    for municipality in Municipality.objects.filter(oktmo__in=_SCORES, index_scores=None):
        for year, group, score, maximum, indicators, rank, size in _SCORES[municipality.oktmo]:
            IndexScore.objects.create(
                municipality=municipality,
                year=year,
                group=group,
                edition=StandardEdition.objects.filter(maximum=Decimal(maximum), indicators=indicators).first(),
                score=Decimal(score),
                maximum=Decimal(maximum),
                indicators=indicators,
                rank=rank,
                group_size=size,
                source=DEMO_BASIS,
            )


def seed_demo_representatives(users: Mapping[str, User]) -> None:
    """Let each demonstration official speak for the city whose address their key is.

    Args:
        users: the demonstration accounts by key, as `accounts.demo.seed_demo_users` returns them.
    """
    for municipality in Municipality.objects.filter(slug__in=users):
        if not municipality.representatives.filter(user=users[municipality.slug]).exists():
            municipality.representatives.create(user=users[municipality.slug])
