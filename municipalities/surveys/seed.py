"""The round that prepared the decision of 27 June 2024: the source says that twenty took part, and no more."""

import datetime as dt

from django.db import transaction

from municipalities.models import Municipality
from municipalities.seed import starter_cities
from municipalities.surveys.models import RoundStatus, SurveyRound

TITLE = "Информационный обмен об участии в проекте «Умный город» (2024 год)"
ASSEMBLY = "Общее Собрание в г. Архангельске"
ASSEMBLY_ON = dt.date(2024, 6, 27)
NOTE = (
    "Обмен проведён до появления портала. Решение Общего Собрания от 27 июня 2024 г. называет число участников, 20, "
    "и один из городов, Кострому; перечень остальных – предположение, его уточняет секретариат. "
    "Ответов в портале нет."
)


@transaction.atomic
def seed_round() -> tuple[SurveyRound, bool]:
    """Enter the round with the starter municipalities as its participants and without any answers.

    Returns:
        The round, and whether it was entered now.
    """
    stored = SurveyRound.objects.filter(held_elsewhere=True, assembly_on=ASSEMBLY_ON).first()
    if stored:
        return stored, False
    entered = SurveyRound.objects.create(
        title=TITLE,
        assembly=ASSEMBLY,
        assembly_on=ASSEMBLY_ON,
        note=NOTE,
        status=RoundStatus.CLOSED,
        held_elsewhere=True,
    )
    entered.ask(Municipality.objects.filter(oktmo__in=[row["oktmo"] for row in starter_cities()]))
    return entered, True
