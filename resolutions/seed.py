"""The decision of 27 June 2024, to the letter."""

import json
from pathlib import Path

from django.db import transaction

from municipalities.models import Municipality
from municipalities.seed import KOSTROMA
from municipalities.surveys.models import SurveyRound
from resolutions.correspondence.appeal import draft_appeal
from resolutions.kinds import POINT_KINDS
from resolutions.models import Resolution
from resolutions.text import ResolutionText

SOURCE = Path(__file__).parent / "data" / "umny-gorod-2024.json"
SEEDED_BY = "Загрузка исходных данных"


@transaction.atomic
def seed_resolution() -> tuple[Resolution, bool]:
    """Enter the decision as a draft, with a draft of the appeal that its point 2 orders.

    Returns:
        The decision, and whether it was entered now; one that is already there is left as people edited it.
    """
    source = json.loads(SOURCE.read_text(encoding="utf-8"))
    stored = Resolution.objects.filter(slug=source["slug"]).first()
    if stored:
        _name_experience(stored)
        _name_round(stored)
        return stored, False
    resolution = Resolution.start(
        ResolutionText.from_json(source["text"]), by=None, by_name=SEEDED_BY, slug=source["slug"]
    )
    for point in resolution.points.all():
        if point.of_kind.drafts_one:
            draft_appeal(point)
    _name_experience(resolution)
    _name_round(resolution)
    return resolution, True


def _name_experience(resolution: Resolution) -> None:
    """Point 1 recommends the experience of Кострома; nothing is named while the portal has no such municipality."""
    taking = [code for code, kind in POINT_KINDS.items() if kind.is_measured]
    recommendation = resolution.points.filter(number=1, kind__in=taking, experience_of=None)
    recommendation.update(experience_of=Municipality.objects.filter(oktmo=KOSTROMA).first())


def _name_round(resolution: Resolution) -> None:
    """The preamble speaks of the information exchange held for the Assembly; named once it is in the portal."""
    held = SurveyRound.objects.filter(held_elsewhere=True, assembly_on=resolution.adopted_on).first()
    if held and resolution.survey_round is None:
        Resolution.objects.filter(pk=resolution.pk).update(survey_round=held)
