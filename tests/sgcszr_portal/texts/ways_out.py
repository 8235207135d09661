"""What a text is read as at each way out, so that it can be compared with what was stored."""

import html
import re
import unicodedata
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from pypdf import PdfReader

from documents.fonts import SUBSTITUTE, unprintable

_SPACES = re.compile(r"[\s\u00a0\u200b]+")


def with_spaces(text: str) -> str:
    """A text in which the kinds of its spaces make no difference."""
    return _SPACES.sub(" ", text.replace("\u200b", "")).strip()


def in_page(page: str) -> str:
    """A page as its reader has it: its entities read, its own markup taken away."""
    return with_spaces(html.unescape(re.sub(r"<[^>]*>", " ", page)))


def in_word(content: bytes) -> str:
    """The paragraphs of a Word file, those in tables too."""
    body: Any = Document(BytesIO(content)).element.body
    texts = ("".join(one.text or "" for one in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p")))
    return "\n".join(map(with_spaces, texts))


def in_sheets(content: bytes) -> set[str]:
    """The texts of the cells of a workbook."""
    book = load_workbook(BytesIO(content))
    return {
        unescape(value) for sheet in book.worksheets for row in sheet.values for value in row if isinstance(value, str)
    }


def in_paper(content: bytes) -> str:
    """The text of a PDF without white space, its letters in their compatibility form."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    texts = [re.sub(rf"^\s*{number}\s", "", page) for number, page in enumerate(pages, start=1)]
    return bare("".join(texts))


def as_printed(text: str) -> str:
    """What the paper should say of a text, in the form of `in_paper`."""
    lost = {place for place, _ in unprintable(text)}
    return bare("".join(SUBSTITUTE if place in lost else sign for place, sign in enumerate(text)))


def bare(text: str) -> str:
    """A text without white space, its letters in their compatibility form."""
    return re.sub(r"[\s\u200b]+", "", unicodedata.normalize("NFKC", text))
