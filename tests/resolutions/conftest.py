"""Decisions in each of their states."""

import datetime as dt
from dataclasses import replace

import pytest

from accounts.models import User
from accounts.models.union import FROM_THE_SOURCE
from resolutions.editor import blank_text
from resolutions.models import DecisionPoint, Letter, Resolution
from resolutions.seed import seed_resolution
from resolutions.signing import sign
from resolutions.text import Paragraph, PointText, ResolutionText


@pytest.fixture
def text() -> ResolutionText:
    """A short decision: two paragraphs, three points."""
    return replace(
        blank_text("О благоустройстве", dt.date(2024, 6, 27), "г. Архангельск", union=FROM_THE_SOURCE),
        preamble=(Paragraph("Первый абзац."), Paragraph("Второй абзац.")),
        points=(
            PointText(1, "recommendation", "Предложить городам продолжить работу."),
            PointText(2, "appeal", "Обратиться в Министерство с предложением рассмотреть вопрос о поддержке."),
            PointText(3, "gratitude", "Выразить благодарность докладчикам."),
        ),
        signatory_name="Н.В. Корягина",
    )


@pytest.fixture
def draft(text: ResolutionText, secretariat: User) -> Resolution:
    return Resolution.start(text, by=secretariat, slug="draft")


@pytest.fixture
def adopted(text: ResolutionText, secretariat: User) -> Resolution:
    resolution = Resolution.start(text, by=secretariat, slug="adopted")
    resolution.adopt(version=resolution.version, by=secretariat)
    return Resolution.objects.get(pk=resolution.pk)


@pytest.fixture
def signed(adopted: Resolution, chair: User) -> Resolution:
    sign(adopted, version=adopted.version, by=chair)
    return Resolution.objects.get(pk=adopted.pk)


@pytest.fixture
def seeded(db: None) -> Resolution:
    """The real decision, as the seed enters it."""
    return seed_resolution()[0]


@pytest.fixture
def point(adopted: Resolution) -> DecisionPoint:
    return adopted.points.get(number=1)


@pytest.fixture
def appeal_point(adopted: Resolution) -> DecisionPoint:
    """The one that orders the appeal."""
    return adopted.points.get(number=2)


@pytest.fixture
def appeal(seeded: Resolution) -> Letter:
    return seeded.letters.get()
