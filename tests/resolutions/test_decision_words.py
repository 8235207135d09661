"""The real decision, word for word, on each of its papers: draft, for the pen, issued original, copy with a mark."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from accounts.models import User
from documents.stamps import stamped_copy
from resolutions.models import Resolution
from resolutions.papers import render_decision
from resolutions.seed import SOURCE
from resolutions.signing import sign
from resolutions.text import ResolutionText
from tests.documents.signed import electronic

pytestmark = pytest.mark.slow


def words(text: str) -> list[str]:
    return re.findall(r"[\w.«»%№/–-]+|[,;:()]", text.replace("\u00a0", " "))


def printed(content: bytes, tmp_path: Path) -> list[str]:
    """What pdftotext reads, without the page numbers."""
    file = tmp_path / "decision.pdf"
    file.write_bytes(content)
    command = ["pdftotext", "-raw", str(file), "-"]
    pages = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")  # noqa: S603
    return words("\n".join(re.sub(r"^\s*\d{1,2}\s*\n", "", page) for page in pages))


@pytest.fixture
def source() -> list[str]:
    """The words of the body, from the heading to the signatory, as the portal's data has them."""
    text = ResolutionText.from_json(json.loads(SOURCE.read_text(encoding="utf-8"))["text"])
    preamble = (one.text for one in text.preamble)
    points = (f"{number}. {line}" for number, line in text.point_lines)
    parts = [text.title, text.hearing, text.noting, *preamble, text.deciding, *points, text.signatory_position]
    return words("\n".join(parts))


def stands_in(source: list[str], paper: list[str]) -> bool:
    """Whether the words stand on the paper one after another, with nothing in between."""
    starts = (place for place, word in enumerate(paper) if word == source[0])
    return any(paper[start : start + len(source)] == source for start in starts)


def test_draft_and_paper_for_the_pen(seeded: Resolution, source: list[str], tmp_path: Path) -> None:
    for is_draft in (True, False):
        paper = printed(render_decision(seeded.text, is_draft=is_draft), tmp_path)
        assert stands_in([*source, "Н.В.", "Корягина"], paper)
        assert ("Проект" in paper) == is_draft


def test_issued_original_and_copy(
    seeded: Resolution, source: list[str], tmp_path: Path, secretariat: User, chair: User
) -> None:
    seeded.adopt(version=seeded.version, by=secretariat)
    document = sign(seeded, version=seeded.version + 1, by=chair)
    assert stands_in([*source, "Н.В.", "Корягина"], printed(document.read(), tmp_path))
    electronic(document, chair)
    electronic(document, chair, owner="Иванов Иван Иванович")
    copy = stamped_copy(document)
    assert copy is not None
    assert stands_in([*source, "Документ", "подписан", "электронной", "подписью"], printed(copy, tmp_path))
