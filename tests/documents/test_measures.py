"""The paper, measured in the PDF against ГОСТ Р 7.0.97-2025. Each figure names its place in the standard.

Section 3 holds the general requirements (margins, fonts, indents, spacing, page numbers), section 5 the requisites:
5.10 date, 5.17 heading, 5.19 annexes, 5.22 signature, 5.23 mark of an electronic signature.
"""

import datetime as dt
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from documents.measures import PAPER
from documents.stamps import Stamp
from tests.documents.conftest import VERIFICATION, decision_paper, letter_paper
from tests.documents.measured import POINT, Box, Measured
from tests.documents.texts import DECISION, LETTER, Point

pytestmark = pytest.mark.slow  # a PDF or an archive a test

STAMP = Stamp("03A1B2C3D4E5F60718293A4B5C6D7E8F9012AB34", "Корягина Наталья", dt.date(2024, 1, 1), dt.date(2025, 4, 1))
LONG_STAMP = replace(STAMP, owner="Константинопольская-Преображенская Александра Вениаминовна, глава округа")
LONG = replace(DECISION, preamble=DECISION.preamble * 14)
LONG_NAMES = replace(
    DECISION,
    signatory_position="Председатель Союза городов Центра и Северо-Запада России, глава городского округа",
    signatory_name="А.Б. Константинопольская-Преображенская",
)
TWELVE = replace(DECISION, points=tuple(Point(n, "assignment", DECISION.points[0].text) for n in range(1, 13)))


@cache
def long_decision() -> Measured:
    """Eight pages, issued."""
    return Measured(decision_paper(text=LONG, verification=VERIFICATION))


@cache
def decision() -> Measured:
    """The decision, issued."""
    return Measured(decision_paper(verification=VERIFICATION))


@cache
def copy() -> Measured:
    """Its copy with one mark."""
    return Measured(decision_paper(verification=VERIFICATION, stamps=(STAMP,)))


def first(paper: Measured, text: str) -> Box:
    return paper.line(text)


FIGURES: list[tuple[str, Callable[[], float], float, float]] = [
    # what and where in the standard; the measure; at least; at most (millimetres, points where it says so)
    ("3, формат А4: ширина", lambda: long_decision().sheets[0].width, 209.9, 210.1),
    ("3, формат А4: высота", lambda: long_decision().sheets[0].height, 296.9, 297.1),
    ("3, левое поле 30 мм", lambda: min(one.left for one in long_decision().text), 29.9, 30.5),
    ("3, правое поле 10 мм", lambda: 210 - max(one.right for one in long_decision().text), 9.9, 10.5),
    ("3, верхнее поле 20 мм", lambda: min(one.top for one in long_decision().text), 20, 22),
    ("3, нижнее поле 20 мм", lambda: 297 - max(one.bottom for one in long_decision().text), 20, 30),
    ("3, размер шрифта текста 12-14 пт", lambda: long_decision().common("size"), 12, 14),
    ("3, абзацный отступ 12,5 мм", lambda: first(decision(), "Указом Президента").left - 30, 12.4, 12.6),
    # Times New Roman has 1.15 of its size from line to line when spaced singly.
    ("3, межстрочный интервал 1-1,5", lambda: long_decision().common("spacing") / POINT / 14 / 1.15, 1, 1.5),
    ("3, выравнивание по ширине: правый край", lambda: first(decision(), "развития Российской").right, 199.8, 200.1),
    ("3, номер страницы не ближе 10 мм к краю", lambda: long_decision().sheets[1].lines[0].top, 10, 16),
    ("3, номер страницы посередине поля", lambda: centre(long_decision().sheets[1].lines[0]), 114.5, 115.5),
    ("5.10, дата от левого поля", lambda: first(decision(), "27 июня 2024 г.").left, 29.9, 30.1),
    ("5.17, заголовок от левого поля", lambda: first(decision(), "О реализации").left, 29.9, 30.1),
    ("5.22, должность от левого поля", lambda: decision().sheets[-1].line("Председатель").left, 29.9, 30.1),
    ("5.22, имя у правого поля", lambda: 210 - decision().sheets[-1].word("Корягина").right, 9.9, 10.2),
    ("5.15, адресат справа, строка до 80 мм", lambda: letter_addressee().left, 120, 123),
    ("QR-код: у правого поля", lambda: 210 - decision().sheets[0].qr.right, 9.9, 10.1),
    ("QR-код: у нижнего поля", lambda: 297 - decision().sheets[0].qr.bottom, 19.9, 20.1),
    ("QR-код: 20 мм", lambda: decision().sheets[0].qr.right - decision().sheets[0].qr.left, 19.9, 20.1),
    ("5.23, отметка правее должности", lambda: mark().left - 30 - PAPER.stamped_position_width, 0, 12),
    ("5.23, отметка левее имени", lambda: copy().sheets[-1].word("Н.В.").left - mark().right, 3, 30),
    ("5.23, отметка вровень с должностью", lambda: mark().top - copy().sheets[-1].line("Председатель").top, -2, 2),
]


def centre(found: Box) -> float:
    return (found.left + found.right) / 2


def mark() -> Box:
    (frame,) = copy().sheets[-1].frames
    return frame


def letter_addressee() -> Box:
    return Measured(letter_paper()).sheets[0].word("Председателю")


@pytest.mark.parametrize(("measure", "least", "most"), [row[1:] for row in FIGURES], ids=[row[0] for row in FIGURES])
def test_a_figure_is_that_of_the_standard(measure: Callable[[], float], least: float, most: float) -> None:
    assert least <= measure() <= most


def test_pages_are_numbered_from_the_second() -> None:
    # ГОСТ Р 7.0.97-2025, section 3.
    sheets = long_decision().sheets
    assert len(sheets) == 8
    assert sheets[0].lines[0].text == DECISION.union_name
    assert [sheet.lines[0].text for sheet in sheets[1:]] == [str(number) for number in range(2, 9)]


def test_an_annex_begins_a_page_with_its_mark_at_the_right() -> None:
    # ГОСТ Р 7.0.97-2025, 5.19.
    measured = Measured(replace(decision_paper(to="к решению", title="Список"), template="documents/_annex.html"))
    assert measured.sheets[0].line("Приложение").left == pytest.approx(122, abs=0.5)


ENCLOSING = replace(LETTER, annexes=("решение на 2 л. в 1 экз.", "сводка «Умный «город»» на 15 л. в 1 экз."))


def test_the_note_on_annexes_stands_below_the_text_in_two_columns() -> None:
    # ГОСТ Р 7.0.97-2025, 5.19.
    sheet = Measured(letter_paper(letter=replace(ENCLOSING, paragraphs=("Просим.",)))).sheets[0]
    note, first_entry, second = (sheet.word(text) for text in ("Приложение:", "решение", "сводка"))
    assert note.left == pytest.approx(30, abs=0.1)
    assert first_entry.left == second.left == pytest.approx(60, abs=0.1)
    assert sheet.line("Просим").bottom < first_entry.top < second.top < sheet.line("Председатель").top


@pytest.mark.slow
@pytest.mark.parametrize("length", range(1, 12))
def test_note_and_signature_of_a_letter_never_stand_alone_on_a_page(length: int) -> None:
    letter = replace(ENCLOSING, paragraphs=("Просим рассмотреть вопрос о статусе проекта. " * 14,) * length)
    last = Measured(letter_paper(letter=letter, verification=VERIFICATION)).sheets[-1]
    assert "Просим рассмотреть" in " ".join(line.text for line in last.lines if line.bottom < 270)
    assert any("Председатель Союза" in line.text for line in last.lines)


MARKED = {
    "one": decision_paper(stamps=(STAMP,), verification=VERIFICATION),
    "three": decision_paper(stamps=(STAMP, LONG_STAMP, STAMP), verification=VERIFICATION),
    "twelve": decision_paper(stamps=(STAMP, LONG_STAMP) * 6, verification=VERIFICATION),
    "long names": decision_paper(text=LONG_NAMES, stamps=(STAMP, LONG_STAMP), verification=VERIFICATION),
    "one line": decision_paper(text=replace(DECISION, preamble=(), points=DECISION.points[1:2]), stamps=(STAMP,)),
    "twelve points": decision_paper(text=TWELVE, stamps=(LONG_STAMP,) * 3, verification=VERIFICATION),
    "eight pages": decision_paper(text=LONG, stamps=(STAMP,), verification=VERIFICATION),
    "a letter": letter_paper(stamps=(STAMP, LONG_STAMP), verification=VERIFICATION),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", MARKED)
def test_marks_overlap_nothing_and_stay_between_the_margins(name: str) -> None:
    for sheet in marked(name).sheets:
        outside = [one for one in sheet.letters if not any(inside(one, frame) for frame in sheet.frames)]
        for frame in sheet.frames:
            assert not [one.text for one in outside if one.overlaps(frame)]
            assert not any(frame.overlaps(other) for other in sheet.frames if other is not frame)
            assert frame.left > 29.9
            assert frame.right < 200.1
            assert frame.bottom < 277.1


@cache
def marked(name: str) -> Measured:
    return Measured(MARKED[name])


def inside(letter: Box, frame: Box) -> bool:
    return (
        frame.left < letter.left
        and letter.right < frame.right
        and frame.top < letter.top
        and letter.bottom < frame.bottom
    )


@pytest.mark.slow
@pytest.mark.parametrize("name", MARKED)
def test_there_are_as_many_marks_as_signatures(name: str) -> None:
    stamps = MARKED[name].context["stamps"]
    assert sum(len(sheet.frames) for sheet in marked(name).sheets) == len(stamps)


@pytest.mark.slow
@pytest.mark.parametrize("name", MARKED)
def test_nothing_stands_outside_the_margins(name: str) -> None:
    for sheet in marked(name).sheets:
        assert all(one.left > 29.9 and one.right < 200.2 for one in sheet.letters)


@pytest.mark.slow
@pytest.mark.parametrize("name", MARKED)
def test_the_signature_of_a_copy_never_stands_alone_on_a_page(name: str) -> None:
    # ГОСТ Р 7.0.97-2025, 5.22.
    sheet = next(one for one in marked(name).sheets if any("Председатель С" in x.text for x in one.lines))
    position = [line for line in sheet.lines if "Председатель С" in line.text][-1]
    assert [line for line in sheet.lines if line.size == 14 and 18 < line.top < position.top - 5]


@pytest.mark.parametrize("paper", [decision_paper, letter_paper])
def test_the_qr_code_is_read_from_a_picture_of_100_dpi(paper: Callable[..., object], tmp_path: Path) -> None:
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(Measured(paper(verification=VERIFICATION)).content)  # type: ignore[arg-type]  # a maker of papers
    run("pdftoppm", "-png", "-r", "100", "-f", "1", "-l", "1", "-singlefile", str(pdf), str(tmp_path / "sheet"))
    assert run("zbarimg", "-q", "--raw", str(tmp_path / "sheet.png")).strip() == VERIFICATION.url


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own words
