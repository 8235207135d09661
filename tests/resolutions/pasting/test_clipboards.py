"""The clipboards of Word and LibreOffice: the decision that was copied comes out."""

import time

import pytest

from resolutions.pasting.rich import LONGEST, rich_lines
from resolutions.pasting.split import MOST_LINES, TOO_MANY_LINES, TOO_MUCH_HTML, split
from tests.resolutions.pasting.decision import POINTS, PREAMBLE, clipboard, told, unnumbered


@pytest.mark.parametrize("name", ["word.txt", "libreoffice.txt"])
def test_plain_text_is_divided_by_its_numbers(name: str) -> None:
    assert told(split(clipboard(name))) == list(POINTS)


@pytest.mark.parametrize("name", ["word.html", "libreoffice.html"])
def test_html_is_divided_by_what_it_says_of_the_lists(name: str) -> None:
    document = clipboard(name)
    assert told(split(unnumbered(document), document)) == list(POINTS)


@pytest.mark.parametrize("name", ["word", "libreoffice"])
def test_what_stands_around_the_points_is_offered_or_told(name: str) -> None:
    document = clipboard(f"{name}.html")
    pasted = split(unnumbered(document), document)
    assert pasted.preamble == PREAMBLE
    assert pasted.left_out[:3] == ("Союз городов", "Общее Собрание", "РЕШЕНИЕ")
    assert pasted.left_out[-2].casefold() == "собрание союза решило:"
    assert pasted.left_out[-1].startswith("Председатель Союза")


def test_the_word_text_says_the_same_as_its_html() -> None:
    plain, rich = split(clipboard("word.txt")), split(clipboard("word.txt"), clipboard("word.html"))
    assert (plain.rows, plain.preamble, plain.left_out) == (rich.rows, rich.preamble, rich.left_out)


def test_levels_that_only_the_html_knows_are_read_from_it() -> None:
    text = "Одно дело:\nпервое;\nвторое.\nДругое дело."
    document = "<ol><li>Одно дело:<ol><li>первое;</li><li>второе.</li></ol></li><li>Другое дело.</li></ol>"
    assert [one.number for one in split(text, document).rows] == ["1", "1.1", "1.2", "2"]


@pytest.mark.parametrize("attribute", ["data-aria-level", "aria-level"])
def test_flat_lists_of_word_online_say_their_levels_beside_each_line(attribute: str) -> None:
    lines = ((1, "ol", "Одно дело:"), (2, "ol", "первое;"), (2, "ul", "второе."), (1, "ol", "Другое дело."))
    document = "".join(
        f'<div><{kind} role="list"><li {attribute}="{level}"><p>{text}<span>&nbsp;</span></p></li></{kind}></div>'
        for level, kind, text in lines
    )
    rows = split("\n".join(text for *_, text in lines), document).rows
    assert [(one.is_subpoint, one.text) for one in rows] == [(level > 1, text) for level, _, text in lines]


@pytest.mark.parametrize("spaces", ["\t ", "\t", " ", "\n", "\t\n"])
def test_endless_spaces_are_read_in_no_time(spaces: str) -> None:
    document = f"<ol><li>слово{spaces * (LONGEST // 3)}<li>два"
    started = time.monotonic()
    assert [one.text for one in rich_lines(document)] == ["слово", "два"]
    assert time.monotonic() - started < 2


def test_html_of_another_text_is_not_read() -> None:
    assert [one.text for one in split("1. Исправленное слово.", "<ol><li>Прежнее слово.</li></ol>").rows] == [
        "Исправленное слово."
    ]


@pytest.mark.parametrize("corrected", ["Выделить 6 млн", "Выделить 5 млн.", "Выделить 5 млн на", "Выделить"])
def test_a_text_that_was_corrected_after_it_was_pasted_holds(corrected: str) -> None:
    document = "<ol><li>Выделить 5 млн</li><li>Принять.</li></ol>"
    assert split("1. Выделить 5 млн\n2. Принять.", document).notes == ()  # of the document: no numbers were typed
    assert [one.text for one in split(f"1. {corrected}\n2. Принять.", document).rows] == [corrected, "Принять."]


def test_spaces_signs_of_breaks_and_strange_marks_make_no_other_text() -> None:
    document = "<ol><li>Северо‑Запад  и&nbsp;Центр<br>вместе:<ol><li>2. раз;</li></ol></li><li>Два&shy;жды.</li></ol>"
    text = "№1\tСеверо\x1eЗапад и Центр\x0bвместе:\n§ 1.1\t2. раз;\n№2\tДважды."
    assert [(one.number, one.text) for one in split(text, document).rows] == [
        ("1", "Северо-Запад и Центр вместе:"),
        ("1.1", "2. раз;"),
        ("2", "Дважды."),
    ]


def test_an_item_of_two_paragraphs_is_one_point_and_that_is_told() -> None:
    document = "<ol><li><p>Одно слово</p><p>два слова</p></li><li>три слова</ol>"
    pasted = split("Одно слово\nдва слова\nтри слова", document)
    assert [one.text for one in pasted.rows] == ["Одно слово два слова", "три слова"]
    assert "Текст без номера присоединён к строке выше: 1\u00a0строка." in pasted.notes


def test_a_dash_that_was_typed_stands_below_a_numbered_item() -> None:
    document = "<ol><li>Поручить</li></ol><p>– первое</p><p>– второе</p><ol start=2><li>Принять</li></ol>"
    pasted = split("Поручить\n– первое\n– второе\nПринять", document)
    assert [(one.number, one.text) for one in pasted.rows] == [
        ("1", "Поручить"),
        ("1.1", "первое"),
        ("1.2", "второе"),
        ("2", "Принять"),
    ]


def test_what_nobody_sees_in_the_document_is_not_read() -> None:
    hidden = "<p style='display: none'>Тайное</p><p><span style='mso-hide:all'>Скрытое</span></p><del>Убранное</del>"
    document = f"<style>Стиль</style>{hidden}<ol><li>Видное</li><li>Ясное</li></ol><script>Скрипт</script>"
    assert [one.text for one in split("Видное\nЯсное", document).rows] == ["Видное", "Ясное"]
    assert [one.text for one in rich_lines(document)] == ["Видное", "Ясное"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<ol>" * 5000 + "<li>слово",
        "<![if" * 5000 + "слово",
        "<!--" * 5000,
        "\0<a \ud800 слово",
        "<p style='mso-list:l0 level9 lfo1'>",
        "<script>слово()</script><style>слово</style><p style='display:none'>слово</p>",
        "<li>слово</ol></ul></li>" * 50,
        "&#0;&#xD800;&слово;",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e;слово</p>',
    ],
)
def test_hostile_html_is_text_or_nothing(hostile: str) -> None:
    rows = split("слово", hostile).rows
    assert "слово" in rows[-1].text and "root" not in rows[-1].text
    split("1. слово\n2. слово", hostile)


def test_too_much_html_is_told_and_the_text_is_divided_by_its_numbers() -> None:
    pasted = split("1. Одно.\n2. Два.", "<p>" * LONGEST)
    assert pasted.notes[0] == TOO_MUCH_HTML
    assert [one.text for one in pasted.rows] == ["Одно.", "Два."]


def test_too_many_lines_are_refused() -> None:
    pasted = split("1. Слово\n" * (MOST_LINES + 1))
    assert (pasted.rows, pasted.notes) == ((), (TOO_MANY_LINES,))
