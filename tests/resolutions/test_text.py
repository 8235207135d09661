"""The text of a decision as a value."""

import json
from dataclasses import replace

from resolutions.text import PointText, ResolutionText, text_changes


def test_a_text_survives_json(text: ResolutionText) -> None:
    assert ResolutionText.from_json(json.loads(json.dumps(text.as_json()))) == text


def test_a_text_without_a_date_survives_json(text: ResolutionText) -> None:
    undated = replace(text, adopted_on=None)
    assert ResolutionText.from_json(undated.as_json()) == undated


def test_the_same_texts_have_no_changes(text: ResolutionText) -> None:
    assert text_changes(text, text) == []


def test_a_changed_word_is_one_change(text: ResolutionText) -> None:
    changed = replace(text, preamble=("Первый абзац.", "Новый абзац."))
    (change,) = text_changes(text, changed)
    assert (change.label, change.before, change.after) == (
        "Констатирующая часть, абзац 2",
        "Второй абзац.",
        "Новый абзац.",
    )


def test_an_inserted_paragraph_does_not_touch_its_neighbours(text: ResolutionText) -> None:
    changed = replace(text, preamble=("Первый абзац.", "Вставка.", "Второй абзац."))
    (change,) = text_changes(text, changed)
    assert (change.before, change.after) == ("", "Вставка.")


def test_a_removed_point_and_a_new_date_are_named(text: ResolutionText) -> None:
    changed = replace(text, adopted_on=None, points=text.points[:2])
    assert [change.label for change in text_changes(text, changed)] == ["Дата", "Пункт 3"]


def test_a_changed_kind_of_point_is_a_change(text: ResolutionText) -> None:
    points = (PointText(1, "assignment", text.points[0].text), *text.points[1:])
    (change,) = text_changes(text, replace(text, points=points))
    assert change.after.startswith("Поручение.")
