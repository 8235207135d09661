"""The text of a decision as a value."""

import json
from dataclasses import replace

from resolutions.text import Paragraph, ResolutionText, TextChange, text_changes


def test_a_text_survives_json(text: ResolutionText) -> None:
    assert ResolutionText.from_json(json.loads(json.dumps(text.as_json()))) == text


def test_a_text_without_a_date_survives_json(text: ResolutionText) -> None:
    undated = replace(text, adopted_on=None)
    assert ResolutionText.from_json(undated.as_json()) == undated


def test_subpoints_survive_json_under_their_point(text: ResolutionText) -> None:
    point = replace(text.points[0], subpoints=(Paragraph("Первому."), Paragraph("Второму.")))
    divided = replace(text, points=(point, *text.points[1:]))
    assert ResolutionText.from_json(json.loads(json.dumps(divided.as_json()))) == divided


def test_the_same_texts_have_no_changes(text: ResolutionText) -> None:
    assert text_changes(text, text) == []


def test_a_changed_word_is_one_change_of_its_paragraph(text: ResolutionText) -> None:
    first, second = text.preamble
    (change,) = text_changes(text, replace(text, preamble=(first, replace(second, text="Новый абзац."))))
    assert change == TextChange("Констатирующая часть, абзац 2", "Второй абзац.", "Новый абзац.", second.key)


def test_an_inserted_paragraph_does_not_touch_its_neighbours(text: ResolutionText) -> None:
    first, second = text.preamble
    added = Paragraph("Вставка.")
    (change,) = text_changes(text, replace(text, preamble=(first, added, second)))
    assert change == TextChange("Констатирующая часть, абзац 2", "", "Вставка.", added.key)


def test_a_moved_and_corrected_paragraph_is_one_change_that_names_both_places(text: ResolutionText) -> None:
    first, second = text.preamble
    last = Paragraph("Третий абзац.")
    moved = replace(text, preamble=(replace(last, text="Теперь первый."), first, second))
    (change,) = text_changes(replace(text, preamble=(first, second, last)), moved)
    label = "Констатирующая часть, абзац 1 (прежде: констатирующая часть, абзац 3)"
    assert change == TextChange(label, "Третий абзац.", "Теперь первый.", last.key)


def test_a_subpoint_is_changed_by_its_key(text: ResolutionText) -> None:
    one, two = Paragraph("Первому."), Paragraph("Второму.")
    before = replace(text, points=(replace(text.points[0], subpoints=(one, two)), *text.points[1:]))
    after = replace(text, points=(replace(text.points[0], subpoints=(two,)), *text.points[1:]))
    assert text_changes(before, after) == [TextChange("Подпункт 1.1", "Первому.", "", one.key)]


def test_a_subpoint_that_goes_to_another_point_is_a_change(text: ResolutionText) -> None:
    one = Paragraph("Первому.")
    first, second, third = text.points
    before = replace(text, points=(replace(first, subpoints=(one,)), second, third))
    after = replace(text, points=(first, replace(second, subpoints=(one,)), third))
    (change,) = text_changes(before, after)
    assert change == TextChange("Подпункт 2.1 (прежде: подпункт 1.1)", "Первому.", "Первому.", one.key)


def test_a_subpoint_stays_behind_when_its_point_goes(text: ResolutionText) -> None:
    one = Paragraph("Первому.")
    first, second, third = text.points
    before = replace(text, points=(first, replace(second, subpoints=(one,)), third))
    after = replace(text, points=(replace(first, subpoints=(one,)), replace(third, number=2)))
    assert [change.label for change in text_changes(before, after)] == [
        "Пункт 2",
        "Подпункт 1.1 (прежде: подпункт 2.1)",
    ]


def test_a_removed_point_and_a_new_date_are_named(text: ResolutionText) -> None:
    changed = replace(text, adopted_on=None, points=text.points[:2])
    assert [change.label for change in text_changes(text, changed)] == ["Дата", "Пункт 3"]


def test_a_changed_kind_of_point_is_a_change(text: ResolutionText) -> None:
    points = (replace(text.points[0], kind="assignment"), *text.points[1:])
    (change,) = text_changes(text, replace(text, points=points))
    assert change.after.startswith("Поручение.")
