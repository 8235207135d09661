"""The paper, measured: ГОСТ Р 7.0.97-2025 in millimetres and points."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from tests.documents.conftest import VERIFICATION, decision_paper, letter_paper, opened
from tests.documents.texts import DECISION, LETTER, Paragraph, Point

pytestmark = pytest.mark.slow  # a PDF or an archive a test

SOURCE = Path(__file__).parent / "source" / "resolution-2024-06-27.txt"
POINT = 25.4 / 72  # millimetres
LONG = replace(DECISION, preamble=DECISION.preamble * 14)


@dataclass(frozen=True)
class Run:
    """A piece of text on a page: where its line begins, in millimetres from the left and from the top."""

    text: str
    left: float
    baseline: float
    size: float


def runs(page: PageObject) -> list[Run]:
    """Everything that is written on a page, in the order of its content."""
    found: list[Run] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            # Justified lines come with spaces of several kinds.
            found.append(Run(" ".join(text.split()), x * POINT, 297 - y * POINT, round(size * abs(tm[3] * cm[3]), 1)))

    page.extract_text(visitor_text=visit)
    return found


def lines(reader: PdfReader) -> Iterator[Run]:
    for page in reader.pages:
        yield from runs(page)


def run_with(reader: PdfReader, text: str) -> Run:
    return next(run for run in lines(reader) if text in run.text)


def words(text: str) -> list[str]:
    return re.findall(r"[\w.«»/-]+|[,;:()]", text)


def body(text: str) -> list[str]:
    """The words from the heading to the signatory."""
    flat = re.sub(r"\s+", " ", text)
    return words(flat[flat.index("О реализации проекта") : flat.rindex("Корягина") + len("Корягина")])


def text_of(reader: PdfReader) -> str:
    """The text without the page numbers, which stand before each page's own."""
    pages = [[run.text for run in runs(page)] for page in reader.pages]
    return "\n".join(" ".join(page[number > 0 :]) for number, page in enumerate(pages))


@pytest.mark.parametrize("context", [{"is_draft": True}, {"is_draft": False}, {"verification": VERIFICATION}])
def test_the_words_are_the_sources_to_the_letter(context: dict[str, Any]) -> None:
    printed = text_of(opened(decision_paper(**context)))
    assert body(printed) == body(SOURCE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("is_draft", [True, False])
def test_the_head_is_the_sources(is_draft: bool) -> None:
    printed = text_of(opened(decision_paper(is_draft=is_draft))).split("О реализации")[0]
    draft = ["Проект"] if is_draft else []
    expected = [
        *words(f"{DECISION.union_name} Общее Собрание"),
        *draft,
        *words("Решение 27 июня 2024 г. г. Архангельск"),
    ]
    assert words(printed) == expected


def test_the_sheet_is_a4() -> None:
    for page in opened(decision_paper(text=LONG)).pages:
        assert float(page.mediabox.width) * POINT == pytest.approx(210, abs=0.1)
        assert float(page.mediabox.height) * POINT == pytest.approx(297, abs=0.1)


def test_the_margins_are_30_20_and_20_mm() -> None:
    # ГОСТ Р 7.0.97-2025, section 3 (left 30 or 20, right 10, top and bottom 20 mm at least).
    reader = opened(decision_paper(text=LONG))
    text = [run for page in reader.pages for run in runs(page) if run.size == 14]
    assert min(run.left for run in text) == pytest.approx(30, abs=0.1)
    assert min(run.baseline for run in text) > 20
    assert 270 < max(run.baseline for run in text) < 277


def test_nothing_reaches_into_the_right_margin_of_10_mm() -> None:
    reader = opened(decision_paper())
    place = run_with(reader, "Архангельск")
    # Set flush right: 28 characters to the em of 14 points would not fit otherwise.
    assert 165 < place.left < 175
    long_word = replace(DECISION, preamble=(Paragraph("ъ" * 400),))
    assert len([run for run in lines(opened(decision_paper(text=long_word))) if "ъъъ" in run.text]) >= 5


def test_the_text_is_14_points_indented_by_12_5_mm() -> None:
    first, second = (
        run_with(opened(decision_paper()), "Указом Президента"),
        run_with(opened(decision_paper()), "развити"),
    )
    assert (first.size, second.size) == (14, 14)
    assert first.left == pytest.approx(42.5, abs=0.1)
    assert second.left == pytest.approx(30, abs=0.1)


def test_lines_are_spaced_between_single_and_one_and_a_half() -> None:
    baselines = [run.baseline for run in lines(opened(decision_paper())) if run.left == pytest.approx(30, abs=0.1)]
    spacing, _ = Counter(round(b - a, 1) for a, b in pairwise(baselines)).most_common(1)[0]
    assert 14 <= spacing / POINT <= 1.5 * 14 * 1.15


def test_pages_are_numbered_from_the_second_at_the_top_centre() -> None:
    pages = opened(decision_paper(text=LONG)).pages
    assert len(pages) == 8
    assert not any(run.text == "1" for run in runs(pages[0]))
    for number, page in enumerate(pages[1:], start=2):
        first = runs(page)[0]
        assert first.text == str(number)
        assert first.left == pytest.approx((30 + 200) / 2, abs=2)
        assert 10 <= first.baseline < 20


def test_a_date_is_written_out_and_a_missing_one_is_left_to_the_pen() -> None:
    assert "27 июня 2024 г." in text_of(opened(decision_paper()))
    assert "«____»" in text_of(opened(decision_paper(text=replace(DECISION, adopted_on=None))))


def test_the_signature_stands_position_space_name_on_one_line() -> None:
    reader = opened(decision_paper())
    name = run_with(reader, "Корягина")
    position = [run for run in lines(reader) if run.left == pytest.approx(30, abs=0.1)][-1]
    assert name.baseline == pytest.approx(position.baseline, abs=0.1)
    assert name.left > 150


@pytest.mark.parametrize("length", range(1, 40, 3))
def test_the_signature_never_stands_alone_on_a_page(length: int) -> None:
    points = tuple(Point(number, "assignment", "Поручить секретариату.") for number in range(1, length + 20))
    pages = opened(decision_paper(text=replace(DECISION, points=points))).pages
    last = [run.text for run in runs(pages[-1])]
    before_signature = last[: next(i for i, text in enumerate(last) if text.startswith("Председатель"))]
    assert [text for text in before_signature if not text.isdigit()]


def test_a_long_name_and_position_stay_side_by_side() -> None:
    text = replace(
        DECISION,
        signatory_position="Председатель Союза городов Центра и Северо-Запада России, глава городского округа",
        signatory_name="А.Б. Константинопольская-Преображенская",
    )
    reader = opened(decision_paper(text=text))
    assert run_with(reader, "Преображенская").left > 100
    assert len(reader.pages) == 2


def figure_box(reader: PdfReader) -> list[float]:
    """The box of the only figure, in CSS pixels from the top left: left, top, right, bottom."""

    def find(element: Any) -> Any:
        element = element.get_object()
        if not isinstance(element, dict) or element.get("/S") == "/Figure":
            return element if isinstance(element, dict) else None
        kids = (find(kid) for kid in element.get("/K", []) if not isinstance(kid, int))
        return next((found for found in kids if found), None)

    root: Any = reader.root_object["/StructTreeRoot"]
    return [float(side) for side in find(root["/K"][0])["/A"]["/BBox"]]


@pytest.mark.parametrize("paper", [decision_paper(verification=VERIFICATION), letter_paper(verification=VERIFICATION)])
def test_the_qr_code_is_20_mm_at_the_bottom_right_of_the_first_sheet(paper: Any) -> None:
    reader = opened(paper)
    left, top, right, bottom = (side * 25.4 / 96 for side in figure_box(reader))
    assert right - left == pytest.approx(20, abs=0.1)
    assert bottom - top == pytest.approx(20, abs=0.1)
    assert right == pytest.approx(200, abs=0.1)
    assert bottom == pytest.approx(277, abs=0.1)
    caption = [run for run in runs(reader.pages[0]) if VERIFICATION.code in run.text]
    assert len(caption) == 2  # the address, and the code by itself
    assert not any(VERIFICATION.code in run.text for page in reader.pages[1:] for run in runs(page))


@pytest.mark.parametrize("text", [DECISION, LONG, replace(DECISION, title=DECISION.title * 3)])
def test_the_qr_code_overlaps_no_text(text: Any) -> None:
    reader = opened(decision_paper(text=text, verification=VERIFICATION))
    top = figure_box(reader)[1] * 25.4 / 96
    assert max(run.baseline for run in runs(reader.pages[0]) if run.size >= 12) < top - 2


def test_no_qr_code_without_verification() -> None:
    assert VERIFICATION.code not in text_of(opened(decision_paper()))


def test_a_letter_without_number_and_date_has_blanks_for_them() -> None:
    printed = text_of(opened(letter_paper()))
    assert "№ ________ от ______________" in printed
    assert "Проект" not in printed


def test_a_letter_prints_its_requisites() -> None:
    letter = replace(LETTER, number="12-04/118", date=DECISION.adopted_on)
    reader = opened(letter_paper(letter=letter, is_draft=True))
    printed = text_of(reader)
    for expected in ("Проект", "№ 12-04/118 от 27 июня 2024 г.", "О статусе проекта", "С.С. Секретарёва"):
        assert expected in printed
    assert run_with(reader, "Председателю Правительства").left > 115
    assert 60 < run_with(reader, "Уважаемый").left < 100


def test_a_letter_may_lack_heading_salutation_and_executor() -> None:
    bare = replace(LETTER, heading="", salutation="", executor="")
    assert "Уважаемый" not in text_of(opened(letter_paper(letter=bare)))
