"""Reading the report's files: every text they hold, without what only their layouts add."""

from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from openpyxl import Workbook, load_workbook

from tests.resolutions.pdf import words_of


def pdf_words(content: bytes) -> list[str]:
    """The words of the PDF, without the numbers of its pages."""
    return words_of(content)


def word_document(content: bytes) -> WordDocument:
    return Document(BytesIO(content))


def docx_words(content: bytes) -> list[str]:
    """The words of the Word file in reading order, tables in their places."""
    texts: list[str] = []
    for block in word_document(content).iter_inner_content():
        if hasattr(block, "rows"):
            texts += [cell.text for row in block.rows for cell in row.cells]
        else:
            texts.append(block.text)
    return " ".join(texts).replace("\u00a0", " ").split()


def workbook(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def rows_of(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet's table, by heading."""
    cells: Any = book[sheet].iter_rows(min_row=5, values_only=True)
    headings, *rows = cells
    return [dict(zip(headings, row, strict=True)) for row in rows]
