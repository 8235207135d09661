"""The Union's name on paper: that of the paper's own day."""

import datetime as dt
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.models import UnionProfile, User
from resolutions.correspondence.mailings import suggested_text
from resolutions.correspondence.papers import write_letter
from resolutions.correspondence.workbook import register_workbook
from resolutions.editor import blank_text
from resolutions.execution.papers import render_execution, write_execution
from resolutions.execution.report import report_on
from resolutions.models import Letter, Resolution
from russian.typography import typeset
from tests.accounts.unions import RENAMED, changed

pytestmark = pytest.mark.slow

OLD, OF_OLD = "Союз городов Центра и Северо-Запада России", "Союза городов Центра и Северо-Запада России"
OF_RENAMED = "Союза городов России"
DAY, BEFORE = dt.date(2025, 1, 1), dt.date(2024, 12, 31)


@pytest.fixture(autouse=True)
def renamed(secretariat: User) -> None:
    changed(secretariat, DAY, full_name=RENAMED, genitive=OF_RENAMED, short_name="СГР")


def head(content: bytes) -> str:
    return str(Document(BytesIO(content)).paragraphs[0].text)


@pytest.mark.parametrize(("day", "name"), [(BEFORE, OLD), (DAY, RENAMED), (None, RENAMED)])
def test_a_letter_has_the_name_of_its_day_and_a_draft_that_of_today(
    seeded: Resolution, day: dt.date | None, name: str
) -> None:
    letter = Letter(kind="circular", resolution=seeded, addressee="Всем", number="1", date=day)
    assert letter.union_name == name
    assert head(write_letter(letter)) == typeset(name)


@pytest.mark.parametrize(("day", "name"), [(BEFORE, OLD), (DAY, RENAMED)])
def test_a_report_has_the_name_of_its_day(adopted: Resolution, day: dt.date, name: str) -> None:
    assert head(write_execution(report_on(adopted, day, with_letters=False))) == typeset(name)


@pytest.mark.slow
def test_a_report_as_known_then_has_the_name_known_then(adopted: Resolution) -> None:
    report = report_on(adopted, DAY, known_on=BEFORE, with_letters=False)
    reader = PdfReader(BytesIO(render_execution(report)))
    assert reader.metadata is not None
    assert reader.metadata.author == OLD


@pytest.mark.parametrize(("day", "name", "whose"), [(BEFORE, OLD, OF_OLD), (DAY, RENAMED, OF_RENAMED)])
def test_a_new_decision_begins_with_the_name_of_its_day(day: dt.date, name: str, whose: str) -> None:
    text = blank_text("О деле", day, "", union=UnionProfile.on(day))
    assert text.union_name == name
    assert text.deciding == f"Собрание {whose} решило:"
    assert text.signatory_position == f"Председатель {whose}"


def test_a_decision_keeps_the_name_that_its_source_has(seeded: Resolution) -> None:
    assert seeded.text.union_name == OLD


def test_thanks_come_from_the_union_of_today(seeded: Resolution) -> None:
    assert suggested_text(seeded, "gratitude").body.startswith(f"{RENAMED} выражает благодарность")


def test_workbooks_are_made_by_the_portal_of_today() -> None:
    properties = load_workbook(BytesIO(register_workbook(Letter.objects.all(), []))).properties
    assert (properties.title, properties.creator) == ("Реестр писем СГР", "Портал СГР")
