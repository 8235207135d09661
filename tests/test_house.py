"""The picture of the house in docs/architecture.md is what the code is."""

import ast
from collections import defaultdict
from graphlib import CycleError

import pytest
from django.apps import apps

from tests.house import PAGE, PLACE, ROOT, drawn, picture, room_of


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


def test_no_class_is_called_like_a_record_of_another_room() -> None:
    named: dict[str, list[str]] = defaultdict(list)
    rooms = {room_of(model.__module__) for model in apps.get_models() if (ROOT / room_of(model.__module__)).is_dir()}
    for path in (path for room in rooms for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named[node.name].append(str(path.relative_to(ROOT)))
    of_records = {name for name, places in named.items() if any("models" in place for place in places)}
    assert "Letter" in of_records
    assert [(name, places) for name, places in named.items() if name in of_records and len(places) > 1] == []
