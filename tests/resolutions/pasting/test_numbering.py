"""What is numbering and what is text; two levels in whatever notation come back as they were."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolutions.pasting.marks import mark_of
from resolutions.pasting.split import MOST_LINES, split

LETTERS = "абвгдежзиклмнопрстуфхцчшщэюя"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
Notation = Callable[[int, int], str]

# Marks of the line `n` below the point `point`, both from one; the families of which two are told apart.
NOTATIONS: dict[str, Notation] = {
    "1.": lambda _, n: f"{n}.\t",
    "1. and a space": lambda _, n: f"{n}. ",
    "1.Text": lambda _, n: f"{n}.",
    "1)": lambda _, n: f"{n})\u00a0",
    "(1)": lambda _, n: f"({n}) ",
    "I.": lambda _, n: f"{ROMAN[n - 1]}. ",
    "а)": lambda _, n: f"{LETTERS[n - 1]}) ",
    "а) with a Latin one": lambda _, n: f"{'a' if n == 1 else LETTERS[n - 1]})\t",
    "a)": lambda _, n: f"{'abcdefghijkl'[n - 1]}) ",
    "а.": lambda _, n: f"{LETTERS[n - 1]}.\t",
    "–": lambda *_: "– ",
    "-": lambda *_: "-\t",
    "—": lambda *_: "—\u00a0",
    "•": lambda *_: "•\t",
    "symbol": lambda *_: "\uf0b7\t",
    "·": lambda *_: "·       ",
    "o": lambda *_: "o\t",
    "§": lambda *_: "§\t",
}
BELOW = NOTATIONS | {
    "1.1.": lambda point, n: f"{point}.{n}. ",
    "1.1": lambda point, n: f"{point}.{n}\t",
}
DASHES, ALPHABETS = {"–", "-", "—"}, {"а)", "а) with a Latin one", "a)", "а.", "I."}
DECIMAL = {"1.", "1. and a space", "1.Text"}


def are_told_apart(above: str, below: str) -> bool:
    """Whether two notations differ, so that a list of two levels can be written in them."""
    return above != below and not any({above, below} <= family for family in (DASHES, ALPHABETS, DECIMAL))


texts = st.text("мнрстя ", min_size=3, max_size=20).map(lambda text: " ".join(f"Текст {text}".split()))
lists = st.lists(st.tuples(texts, st.lists(texts, max_size=5)), min_size=2, max_size=9)
pairs = st.sampled_from([(a, b) for a in NOTATIONS for b in BELOW if are_told_apart(a, b)])


@settings(max_examples=150, deadline=None)
@given(lists, pairs)
def test_two_levels_in_any_notation_come_back(points: list[tuple[str, list[str]]], pair: tuple[str, str]) -> None:
    above, below = NOTATIONS[pair[0]], BELOW[pair[1]]
    lines = []
    for number, (text, subpoints) in enumerate(points, start=1):
        lines.append(above(1, number) + text)
        lines += [f"  {below(number, place)}{one}" for place, one in enumerate(subpoints, start=1)]
    rows = split("\r\n".join(lines)).rows
    expected = [row for text, below in points for row in ((False, text), *((True, one) for one in below))]
    assert [(row.is_subpoint, row.text) for row in rows] == expected


@pytest.mark.parametrize(
    "line",
    [
        "2024 год показал",
        "1 июля 2024 г. провести",
        "01.07.2024 провести",
        "№ 5 принять",
        "5 городов",
        "309 указ",
        "В. Новгород",
        "Указ 1. Президента",
        "–5 °C",
        "о проекте",
        "1.5млн",
        "1.1 млн рублей",
        "1.2\tтыс. человек",
        "5\tшт.",
        "2.1 %",
        "1.1 га леса",
        "1.12.24 г. начать",
        "31.12.25\tзакончить",
        "",
    ],
)
def test_no_numbering_stands_there(line: str) -> None:
    assert mark_of(line) is None


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1. Одно.\n5. Пять городов.\n2. Два.", ["Одно. 5. Пять городов.", "Два."]),
        ("1. Одно.\n4. Четыре.\n5. Пять.", ["Одно.", "Четыре.", "Пять."]),
        ("3. Три.\n4. Четыре.", ["Три.", "Четыре."]),
        ("1. Одно.\n1. Другое.\n1. Третье.", ["Одно.", "Другое.", "Третье."]),
        ("1. Выделить\n1.5 млн рублей.\n2. Два.", ["Выделить 1.5 млн рублей.", "Два."]),
        ("1. Выделить\n1.1 млн рублей.\n2. Два.", ["Выделить 1.1 млн рублей.", "Два."]),
        ("1. Город\nа. Кострома.\n2. Два.", ["Город а. Кострома.", "Два."]),
        ("1. Созвать\n27.6.24 г. собрание.\n2. Два.", ["Созвать 27.6.24 г. собрание.", "Два."]),
        ("1. Город\nг. Кострома.\n2. Два.", ["Город г. Кострома.", "Два."]),
        ("1.\n\nОдно.\n2.\nДва.", ["Одно.", "Два."]),
        ("Направить:\n1.1 млн рублей.\n1.2 млн рублей.", ["Направить:", "1.1 млн рублей.", "1.2 млн рублей."]),
        ("1. Раз:\n1.1 г. Кострома;\n1.2 г. Псков.", ["Раз:", "г. Кострома;", "г. Псков."]),
        ("1. Раз:\nа) это;\nв) то;\nб) иное.\n2. Два.", ["Раз:", "это;", "то;", "иное.", "Два."]),
        ("а) это;\nб) то;\nг) иное.", ["это;", "то;", "иное."]),
        ("а) это;\nб) то;\nc) иное;\nг) прочее.", ["это;", "то;", "иное;", "прочее."]),
        ("1) это;\n4) то;\n3) иное.", ["это;", "то;", "иное."]),
        ("1. Раз:\n-это;\n-то.\n2. Два.", ["Раз:", "это;", "то.", "Два."]),
        ("1. Раз\n–это всё.\n2. Два.", ["Раз –это всё.", "Два."]),
        ("Просто строка.\nДругая строка.", ["Просто строка.", "Другая строка."]),
    ],
)
def test_numbers_hold_where_they_go_on(text: str, rows: list[str]) -> None:
    assert [one.text for one in split(text).rows] == rows


@pytest.mark.parametrize("skipped", ["её", "еёж", "еж", "жи", "ий", "ик", "нп"])
def test_letters_may_leave_out_the_seldom_ones_or_not(skipped: str) -> None:
    letters = LETTERS[: LETTERS.index(skipped[0])] + skipped
    pasted = split("\n".join(f"{one}) слово" for one in letters))
    assert len(pasted.rows) == len(letters)


def test_a_list_within_a_list_of_the_same_marks_is_told_by_its_numbers() -> None:
    rows = split("1. Раз:\n1. это;\n2. то.\n2. Два:\n1. это;\n2. то.").rows
    assert [one.number for one in rows] == ["1", "1.1", "1.2", "2", "2.1", "2.2"]


def test_where_numbers_leave_it_open_the_indent_tells() -> None:
    rows = split("  1. Раз:\n    1. это;\n    2. то.\n  2. Два:\n    1. одно.\n  3. Три.").rows
    assert [one.number for one in rows] == ["1", "1.1", "1.2", "2", "2.1", "3"]


def test_an_introduction_without_a_number_is_the_point_of_its_list() -> None:
    rows = split("Поручить:\n1) это;\n2) то.\nРекомендовать:\n1) иное;\n2) прочее.").rows
    assert [(one.number, one.kind) for one in rows] == [
        ("1", "assignment"),
        ("1.1", "assignment"),
        ("1.2", "assignment"),
        ("2", "recommendation"),
        ("2.1", "recommendation"),
        ("2.2", "recommendation"),
    ]


def test_levels_below_the_second_are_folded_and_told() -> None:
    pasted = split("1. Раз\n1.1. два\n1.1.1. три\n1.2. четыре\n2. Пять")
    assert [one.number for one in pasted.rows] == ["1", "1.1", "1.2", "1.3", "2"]
    assert pasted.notes[1] == (
        "Глубже подпунктов решение не делится. Подпунктами станут и те, что стояли глубже: 1\u00a0строка."
    )


def test_what_is_left_out_of_the_numbering_is_told() -> None:
    assert split("1.\tРаз\n\uf0b7\tдва\n2.\tТри").notes == (
        "Нумерация не переносится, портал нумерует сам: «1.», «•», «2.».",
    )


@pytest.mark.parametrize("decided", ["Собрание решило:", "РЕШИЛО:", "Р Е Ш И Л О :", "Собрание постановляет:"])
def test_sentences_before_the_decision_go_to_the_preamble(decided: str) -> None:
    pasted = split(f"О проекте\n27 июня 2024 г.\nПервый абзац.\n{decided}\n1. Раз.\n2. Два.")
    assert (pasted.preamble, pasted.left_out) == (("Первый абзац.",), ("О проекте", "27 июня 2024 г.", decided))
    assert [one.text for one in pasted.rows] == ["Раз.", "Два."]


def test_footnotes_are_no_part_of_the_last_point() -> None:
    pasted = split("1. Раз[1].\n2. Два.\n__________\n[1] Сноска.")
    assert [one.text for one in pasted.rows] == ["Раз[1].", "Два."]
    assert pasted.left_out == ("__________", "[1] Сноска.")


def test_long_lists_that_lead_nowhere_are_divided_in_no_time() -> None:
    text = "\n".join("а) слово" if n % 2 else "1.1 слово" for n in range(MOST_LINES))
    started = time.process_time()
    for _ in range(20):
        split(text)
    assert time.process_time() - started < 2
