"""The starter directory: twenty cities and what the source says about one of them."""

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from municipalities.models import (
    FederalDistrict,
    IndexGroup,
    IndexScore,
    Membership,
    MembershipAction,
    Municipality,
    Participation,
    ParticipationRecord,
    Renaming,
)
from revisions.days import EARLIEST

CITIES = Path(__file__).parent / "data" / "cities.tsv"
POPULATION_SOURCE = "Данные периода Всероссийской переписи населения 2010 года (справочник hflabs/city, CC BY-SA 4.0)"
SEEDED_BY = "Загрузка исходных данных"
SEEDED_MEMBERSHIP = "Исходный перечень, уточняется секретариатом"  # the source names participants, not members

# The only one of the twenty that the decision of 27 June 2024 names; its words, no score and no rank.
KOSTROMA = "34701000001"
KOSTROMA_SINCE = dt.date(2024, 6, 27)
KOSTROMA_INDEX_YEAR = 2023
KOSTROMA_BASIS = (
    "Решение Общего Собрания СГЦСЗР от 27 июня 2024 г., пункт 1: по итогам 2023 года Кострома вошла в десятку лучших "
    "городов по индексу «IQ городов» (в группе городов с численностью жителей от 250 тыс. до 1 млн человек)"
)


@transaction.atomic
def seed_municipalities() -> int:
    """Add the missing starter municipalities and what the source says of one; what people edited since stays.

    Returns:
        How many were added; 0 when they were all there.
    """
    districts = {str(district.label): district for district in FederalDistrict}
    added = 0
    renamed = set(Renaming.objects.values_list("new_oktmo", flat=True))  # who has another code now is there
    for row in starter_cities():
        if row["oktmo"] in renamed:
            continue
        municipality, is_new = Municipality.objects.get_or_create(
            oktmo=row["oktmo"],
            defaults={
                "name": row["city"],
                "region": row["region"],
                "federal_district": districts[row["federal_district"]],
                "latitude": Decimal(row["lat"]),
                "longitude": Decimal(row["lon"]),
                "population": int(row["population"]),
                "population_source": POPULATION_SOURCE,
            },
        )
        added += is_new
        if is_new:
            _seed_membership(municipality)
        if is_new and municipality.oktmo == KOSTROMA:
            _seed_what_the_decision_says(municipality)
    return added


def _seed_membership(municipality: Municipality) -> None:
    """Take it for a member, of a day that nobody stated: an assumption, which its basis says."""
    Membership.objects.create(
        municipality=municipality,
        action=MembershipAction.JOIN,
        happened_on=EARLIEST,
        day_is_known=False,
        basis=SEEDED_MEMBERSHIP,
        actor_name=SEEDED_BY,
    )


def _seed_what_the_decision_says(kostroma: Municipality) -> None:
    ParticipationRecord.objects.create(
        municipality=kostroma,
        status=Participation.ACTIVE,
        happened_on=KOSTROMA_SINCE,
        basis=KOSTROMA_BASIS,
        actor_name=SEEDED_BY,
    )
    IndexScore.objects.create(
        municipality=kostroma,
        year=KOSTROMA_INDEX_YEAR,
        group=IndexGroup.LARGE,
        rank_at_most=10,
        source=KOSTROMA_BASIS,
    )


def starter_cities() -> list[dict[str, str]]:
    """The rows of the directory, without the comment that carries its attribution."""
    with CITIES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
