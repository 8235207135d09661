"""The measures of the paper stand in one place: who changes one there changes it in PDF, Word and checklist."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from documents import checklist, measures, word
from documents.engine import HERE, render_pdf
from documents.measures import PAPER
from tests.documents.conftest import CREATED, decision_paper
from tests.documents.measured import Measured

ROOT = HERE.parent
STYLESHEET = (HERE / "paper.css").read_text(encoding="utf-8")
DECLARATION = re.compile(r"([a-z-]+):([^;{}]+);")
LENGTH = re.compile(r"\d(?:mm|pt)\b")
# Above and below, or inside a frame; a margin at the sides is a measure.
WHITE_SPACE = re.compile(r"margin: \S+ 0 \S+|(margin-(top|bottom)|padding[a-z-]*|border[a-z-]*): .+")
# Where a measure would be handed over: to these functions, and by the names that the checklist and the styles give it.
TAKERS, NAMES = {"Mm", "Pt", "width_mm"}, {"line", "size", "left_indent", "right_indent"}


@pytest.fixture
def other_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Margins of 45 mm, and type of 12 points."""
    monkeypatch.setattr(measures, "PAPER", replace(PAPER, left_margin=45, text_size=12))


@pytest.mark.slow
@pytest.mark.usefixtures("other_paper")
def test_a_measure_changed_once_is_changed_in_the_pdf() -> None:
    printed = Measured(decision_paper())
    assert min(one.left for one in printed.text) == pytest.approx(45, abs=0.3)
    assert printed.common("size") == 12


@pytest.mark.usefixtures("other_paper")
def test_a_measure_changed_once_is_changed_in_word() -> None:
    document = Document(BytesIO(word.WordPaper(title="Решение", author="Союз", created=CREATED).content()))
    section, style = document.sections[0], document.styles["Текст документа"]
    assert section.left_margin is not None
    assert (section.left_margin.mm, style.font.size.pt) == (pytest.approx(45, abs=0.1), 12)


@pytest.mark.parametrize(("changed", "found"), [({}, 0), ({"left_margin": 45}, 1), ({"text_size": 16}, 1)])
def test_a_measure_changed_once_is_changed_in_the_checklist(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, float], found: int
) -> None:
    monkeypatch.setattr(measures, "PAPER", replace(PAPER, **changed))
    assert len(list(checklist.one_line("ж" * 47, "Место"))) == found


@pytest.mark.slow
def test_the_same_measures_give_the_same_bytes_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = render_pdf(decision_paper())
    with monkeypatch.context() as patch:
        patch.setattr(measures, "PAPER", replace(PAPER, sheet_width=220))
        assert render_pdf(decision_paper()) != before
    assert render_pdf(decision_paper()) == before


def test_the_stylesheet_names_no_length_but_white_space() -> None:
    declared = [(name, value.strip()) for name, value in DECLARATION.findall(STYLESHEET) if LENGTH.search(value)]
    assert len(declared) > 20
    assert [name for name, value in declared if not WHITE_SPACE.fullmatch(f"{name}: {value}")] == []


def test_the_stylesheet_uses_every_measure_but_those_of_word_and_of_the_checklist() -> None:
    used = {name.replace("-", "_") for name in re.findall(r"var\(--([a-z-]+)\)", STYLESHEET)}
    known = {one.name for one in fields(PAPER)} | {"text_width"}
    assert known - used == {"stamped_name_width", "word_spacing"}
    assert used <= known


def numbers_of_measures(module: Path) -> Iterator[int]:
    """Lines of a module in which a measure is a number."""
    for call in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name | ast.Attribute):
            continue
        name = call.func.id if isinstance(call.func, ast.Name) else call.func.attr
        named = [] if name == "Font" else [one.value for one in call.keywords if one.arg in NAMES]  # Font: of workbooks
        for value in [*(call.args if name in TAKERS else []), *named]:
            if any(isinstance(one, ast.Constant) and one.value for one in ast.walk(value)):
                yield call.lineno


def test_no_module_names_a_measure_as_a_number() -> None:
    modules = [*(ROOT / "documents").rglob("*.py"), *(ROOT / "resolutions").rglob("*.py")]
    modules += (ROOT / "municipalities" / "surveys").rglob("*.py")
    assert [(str(module.relative_to(ROOT)), line) for module in modules for line in numbers_of_measures(module)] == []
