"""The picture of the house in docs/architecture.md is what the code is."""

from graphlib import CycleError

import pytest

from tests.house import PAGE, PLACE, drawn, picture, room_of


def test_the_picture_shows_the_arrows_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert PLACE.search(page)
    assert page == drawn(page), "run `python -m tests.house`"


def test_an_arrow_that_follows_from_others_is_left_out() -> None:
    low, middle, high = frozenset[str](), frozenset({"low"}), frozenset({"low", "middle"})
    chart = picture({"high": high, "middle": middle, "low": low})
    assert [line.strip() for line in chart.splitlines() if "-->" in line] == ["middle --> low", "high --> middle"]


def test_a_circle_cannot_be_drawn() -> None:
    with pytest.raises(CycleError):
        picture({"one": frozenset({"two"}), "two": frozenset({"one"})})


def test_a_room_inside_another_is_one_of_its_own() -> None:
    modules = ("municipalities.surveys.models.round", "municipalities.models", "resolutions")
    assert [room_of(module) for module in modules] == ["municipalities.surveys", "municipalities", "resolutions"]
