"""The illustrative experience, and that the real seed has none."""

from io import StringIO

import pytest
from django.core.management import call_command

from municipalities.models import Municipality
from municipalities.practices.models import (
    Commitment,
    CommitmentStep,
    Practice,
    PracticeAdoptionRecord,
    PracticeRequest,
    Solution,
)
from municipalities.practices.promises import promises_on
from municipalities.practices.uptake import uptake_of
from resolutions.models import DecisionPoint
from tests.municipalities.factory import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MODELS = (Practice, PracticeAdoptionRecord, PracticeRequest, Solution, Commitment)


def seed(*switches: str) -> list[int]:
    call_command("seed", *switches, stdout=StringIO())
    return [model._default_manager.count() for model in MODELS]


def test_the_real_seed_invents_no_practice_and_names_kostroma() -> None:
    assert seed() == [0, 0, 0, 0, 0]
    assert DecisionPoint.objects.get(number=1).experience_of == Municipality.objects.get(slug="kostroma")


def test_the_demo_is_marked_as_such_and_added_once() -> None:
    first = seed("--demo", "--force")
    assert seed("--demo", "--force") == first == [3, 10, 2, 6, 4]
    for practice in Practice.objects.all():
        assert practice.done.startswith("Демонстрационные данные")
        assert practice.municipality.slug == "kostroma"


def test_the_demo_has_somebody_in_every_place() -> None:
    seed("--demo", "--force")
    found = uptake_of(Municipality.objects.get(slug="kostroma"))
    assert (found.using, found.studied) == (3, 3)


def test_the_demo_has_promises_kept_kept_late_late_and_open() -> None:
    seed("--demo", "--force")
    said = sorted(one.badge.value for one in promises_on(TODAY()))
    assert said == ["kept", "kept-late", "late", "open"]
    assert all("Демонстрационные данные" in step.text for step in CommitmentStep.objects.all())


def test_what_people_entered_is_left_alone(kostroma: Municipality) -> None:
    Practice.objects.create(municipality=kostroma, title="Своя", direction_id="social", done="Да.", result="Да.")
    assert seed("--demo", "--force")[0] == 1
