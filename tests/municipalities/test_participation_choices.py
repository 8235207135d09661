"""What is to say of a status stands in one row: who takes part, its sign, its words."""

import pytest
from django.test import Client

from municipalities.models import Municipality, Participation
from municipalities.practices.uptake import uptake_of
from tests.municipalities.factory import city, statement


def test_who_has_joined_takes_part_and_who_plans_or_paused_does_not() -> None:
    assert Participation.taking_part() == (Participation.ACTIVE, Participation.PILOT)


def test_a_status_is_known_by_its_code_alone() -> None:
    assert Participation("pilot") is Participation.PILOT
    assert (str(Participation.PILOT), Participation.PILOT.label) == ("pilot", "Пилотный город")


@pytest.mark.parametrize("word", ["mark", "of_many", "label"])
def test_no_two_statuses_look_or_sound_the_same(word: str) -> None:
    assert len({str(getattr(status, word)) for status in Participation}) == len(Participation)


@pytest.mark.django_db
def test_every_figure_counts_a_status_that_begins_to_take_part(
    client: Client, kostroma: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement(kostroma)
    statement(city("Псков", 58701000), "planned")
    assert client.get("/").context["overview"].coverage.taking_part == uptake_of(kostroma).going_on == 1
    monkeypatch.setattr(Participation.PLANNED, "takes_part", True)
    assert client.get("/").context["overview"].coverage.taking_part == uptake_of(kostroma).going_on == 2
