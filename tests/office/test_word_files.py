"""Word files, opened by LibreOffice and turned into a PDF, say word for word what our own PDF says."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from accounts.models import User
from resolutions.correspondence.mailings import Recipient
from resolutions.correspondence.papers import render_letter, write_letter
from resolutions.execution.papers import render_execution, write_execution
from resolutions.execution.printed import sections_of
from resolutions.execution.report import report_on
from resolutions.models import Letter
from resolutions.papers import render_decision, write_decision
from resolutions.seed import seed_resolution
from tests.office.soffice import converted
from tests.resolutions.execution.life import Life, day
from tests.resolutions.factory import mailing, register

pytestmark = [pytest.mark.django_db, pytest.mark.office]


def letters_of(pdf: bytes, headers: Iterable[str] = ()) -> str:
    """What a PDF says in reading order, without what each program puts where its own pages end: spaces, numbers of
    pages, and the headers of tables that it repeats.
    """
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    text = "".join(
        "".join(page.split()).removeprefix(str(number) if number > 1 else "")
        for number, page in enumerate(pages, start=1)
    )
    for header in headers:
        assert header in text
        text = text.replace(header, "")
    return text


def through_word(content: bytes, folder: Path) -> bytes:
    return converted(content, "docx", "pdf", folder)


@pytest.mark.parametrize("is_draft", [True, False])
def test_the_decision(db: None, tmp_path: Path, is_draft: bool) -> None:
    text = seed_resolution()[0].text
    theirs = through_word(write_decision(text, is_draft=is_draft), tmp_path)
    assert letters_of(theirs) == letters_of(render_decision(text, is_draft=is_draft))


def compare_letter(letter: Letter, folder: Path) -> None:
    """On the PDF the requisites stand in two columns, so that their order is another one; the text runs through."""
    ours, theirs = letters_of(render_letter(letter)), letters_of(through_word(write_letter(letter), folder))
    assert sorted(theirs) == sorted(ours)
    text = "".join(letter.body.split())
    assert text in ours
    assert text in theirs


def test_the_appeal(db: None, tmp_path: Path) -> None:
    compare_letter(seed_resolution()[0].letters.get(), tmp_path)


def test_a_registered_letter_of_thanks(secretariat: User, tmp_path: Path) -> None:
    resolution = seed_resolution()[0]
    resolution.adopt(version=resolution.version, by=secretariat)
    speaker = Recipient("Докладчику\nДолгих Д.С.", "Уважаемый докладчик!")
    thanks = mailing(resolution, speaker, by=secretariat).letters.get()
    register(thanks, by=secretariat)
    compare_letter(thanks, tmp_path)


def test_the_report_on_execution(secretariat: User, tmp_path: Path) -> None:
    life = Life(secretariat)
    life.live()
    report = report_on(life.resolution, day("2025-03-01"), with_letters=True)
    tables = [section.table for section in sections_of(report) if section.table]
    headers = {"".join("".join(column.heading for column in table.columns).split()) for table in tables}
    theirs = through_word(write_execution(report), tmp_path)
    assert letters_of(theirs, headers) == letters_of(render_execution(report), headers)
