"""Word files: set by the typographer, too."""

import datetime as dt
from io import BytesIO

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from documents.word import TableColumn, WordPaper

CREATED = dt.datetime(2024, 6, 27, tzinfo=dt.UTC)


@pytest.fixture
def written() -> WordDocument:
    paper = WordPaper(title="О городе", author="Союз", created=CREATED)
    paper.add("О проекте в г. Архангельск от 27 июня 2024 г.")
    paper.add_table([TableColumn("В городе")], [["За 5 млн руб.\nи по п. 3"]])
    return Document(BytesIO(paper.content()))


def test_paragraphs_and_cells_are_set_by_the_typographer(written: WordDocument) -> None:
    assert [one.text for one in written.paragraphs if one.text] == [
        "О\u00a0проекте в\u00a0г.\u00a0Архангельск от\u00a027\u00a0июня\u00a02024\u00a0г."
    ]
    assert [cell.text for row in written.tables[0].rows for cell in row.cells] == [
        "В\u00a0городе",
        "За\u00a05\u00a0млн\u00a0руб.\nи\u00a0по\u00a0п.\u00a03",
    ]


def test_no_break_spaces_stretch_in_justified_lines(written: WordDocument) -> None:
    settings = written.settings.element.iter(qn("w:compatSetting"))
    modes = [one.get(qn("w:val")) for one in settings if one.get(qn("w:name")) == "compatibilityMode"]
    assert modes == ["15"]
