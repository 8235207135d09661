"""A decision of seven points with sub-points: each line stands by itself wherever the decision goes."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from django.test import Client
from docx import Document
from pypdf import PdfReader

from accounts.models import User
from resolutions.correspondence.appeal import draft_appeal
from resolutions.execution.papers import write_execution
from resolutions.execution.report import report_on
from resolutions.models import Resolution
from resolutions.papers import render_decision, write_decision
from resolutions.past.book import workbook_of
from resolutions.past.portal import rows_of_portal
from resolutions.text import Paragraph, PointText, ResolutionText, text_changes
from tests.resolutions.factory import ASSEMBLY
from tests.resolutions.pasting.decision import POINTS

pytestmark = pytest.mark.slow

LINES = [
    f"{number}. {line}"
    for place, (_, text, below) in enumerate(POINTS, start=1)
    for number, line in ((f"{place}", text), *((f"{place}.{n}", one) for n, one in enumerate(below, start=1)))
]
BELOW = [line for line in LINES if line[3].isdigit() or line[2].isdigit()]


@pytest.fixture
def seven(text: ResolutionText) -> ResolutionText:
    points = [
        PointText(n, kind, line, tuple(map(Paragraph, below))) for n, (kind, line, below) in enumerate(POINTS, start=1)
    ]
    return replace(text, points=tuple(points))


@pytest.fixture
def adopted(seven: ResolutionText, secretariat: User) -> Resolution:
    resolution = Resolution.start(seven, by=secretariat, slug="seven")
    resolution.adopt(version=resolution.version, by=secretariat)
    return Resolution.objects.get(pk=resolution.pk)


def lines_of(pdf: bytes) -> list[str]:
    """The lines of a PDF as they were set."""
    pages = PdfReader(BytesIO(pdf)).pages
    return [" ".join(line.split()) for page in pages for line in page.extract_text().splitlines()]


def lines_of_word(content: bytes) -> list[str]:
    lines = [line for one in Document(BytesIO(content)).paragraphs for line in one.text.splitlines()]
    return [" ".join(line.split()) for line in lines]


def test_on_the_page(client: Client, adopted: Resolution) -> None:
    page = client.get(adopted.get_absolute_url()).content.decode().replace("\u00a0", " ")
    assert [line for line in BELOW if f"<p>{line}</p>" not in page] == []


def test_in_the_pdf_and_its_json(seven: ResolutionText) -> None:
    pdf = render_decision(seven, is_draft=True)
    assert [line for line in LINES if line not in lines_of(pdf)] == []
    carried = json.loads(PdfReader(BytesIO(pdf)).attachments["decision.json"][0])
    told = [(one["kind"], one["text"], tuple(below["text"] for below in one["subpoints"])) for one in carried["points"]]
    assert told == list(POINTS)


def test_in_the_word_file(seven: ResolutionText) -> None:
    lines = lines_of_word(write_decision(seven, is_draft=True))
    assert lines[lines.index(LINES[0]) :][: len(LINES)] == LINES


def test_in_the_comparison_of_versions(seven: ResolutionText) -> None:
    first, *rest = seven.points
    changed = replace(first, subpoints=(first.subpoints[0], replace(first.subpoints[1], text="использовать опыт.")))
    (change,) = text_changes(seven, replace(seven, points=(changed, *rest)))
    assert (change.label, change.before, change.after) == ("Подпункт 1.2", POINTS[0][2][1], "использовать опыт.")


def test_in_the_letter_that_is_drafted_from_a_point(adopted: Resolution) -> None:
    body = draft_appeal(adopted.points.get(number=2)).body.splitlines()
    assert [line for line in BELOW if line.startswith("2.") and line not in body] == []


def test_in_the_report(adopted: Resolution) -> None:
    report = report_on(adopted, ASSEMBLY, with_letters=False)
    assert [line for line in BELOW if line not in lines_of_word(write_execution(report))] == []


def test_in_the_workbook_of_past_decisions(adopted: Resolution) -> None:
    rows = rows_of_portal()
    assert [one.subpoints for one in rows.points] == [below for _, _, below in POINTS]
    assert workbook_of(rows, at=ASSEMBLY)
