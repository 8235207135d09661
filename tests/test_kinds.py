"""Nobody but the tables asks for a kind of points, letters or questions by its name."""

import pytest

from tests.kinds import questions, questions_in_code, questions_in_template


@pytest.mark.slow
def test_the_product_asks_the_tables() -> None:
    assert questions() == []


@pytest.mark.parametrize(
    "asks",
    [
        'point.kind == "appeal"',
        '"appeal" != self.letter.kind',
        'question.kind in ("number", "date")',
        'kind not in {"gratitude"}',
        'point.get_kind_display() == "Поручение"',
        'kind.code == "yes_no"',
        'kind is POINT_KINDS["appeal"]',
        'kinds.LETTER_KINDS.get("circular")',
        'points.filter(kind="recommendation")',
        'Q(point__kind__in=["appeal"])',
        '{"number": 16, "date": 14}[kind]',
        "point.kind == PointKind.APPEAL",
        "kind in (NUMBER, DATE)",
        "{LetterKind.APPEAL: 30, LetterKind.GRATITUDE: None}",
        'match point.kind:\n    case "appeal" | "gratitude":\n        pass',
    ],
)
def test_code_that_asks_is_found(asks: str) -> None:
    assert list(questions_in_code(asks)) == [1]


@pytest.mark.parametrize(
    "asks",
    [
        '{% if kind == "gratitude" %}',
        "{% if point.kind in 'appeal' %}",
        '{% if point.get_kind_display == "Поручение" %}',
        '{{ question.kind|yesno:"number" }}',
    ],
)
def test_a_template_that_asks_is_found(asks: str) -> None:
    assert list(questions_in_template(f"<p>\n{asks}")) == [2]


@pytest.mark.parametrize(
    "gives",
    [
        'Letter(kind="appeal")',
        'points.create(kind="assignment")',
        'signature.kind == "handwritten"',
        'heading == "text"',
        '{"text": "Текст", "when": day}',
        "POINT_KINDS[point.kind]",
        "key.kind == Kind.RSA",
    ],
)
def test_giving_a_name_is_no_question(gives: str) -> None:
    assert list(questions_in_code(gives)) == []


def test_a_template_may_name_what_is_no_kind() -> None:
    assert list(questions_in_template('<th class="number">{% if signature.kind == "cms" %}{{ text }}')) == []
