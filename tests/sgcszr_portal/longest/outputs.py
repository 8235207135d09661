"""What each kind of file must be, whatever was typed: it opens, and a text stands in it as it was typed."""

import email.policy
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from email.parser import BytesParser
from io import BytesIO
from pathlib import PurePath
from urllib.parse import unquote

from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.sgcszr_portal.longest.stretching import MARK

ESCAPED = ("&lt;", "&gt;", "&amp;", "&quot;", "&#x27;", "&#39;")
RAW = ("<b>Ж", "<b>1", "<script>Ж", "<i@x.ru>", '"R&D"')
TWICE = ("&amp;lt;", "&amp;gt;", "&amp;quot;", "&amp;amp;", "&amp;#")


def faults(content: bytes, kind: str) -> list[str]:
    """What is wrong with a file.

    Args:
        content: the file.
        kind: its media type, or its name.
    """
    look = next((check for sign, check in CHECKS.items() if sign in kind), None)
    return list(look(content)) if look else []


def faults_of_name(disposition: str) -> list[str]:
    """What is wrong with the name that a browser is told."""
    if not disposition:
        return []
    named = re.search(r"filename\*=utf-8''([^;]+)|filename=\"([^\"]+)\"", disposition)
    name = unquote(named[1] or named[2]) if named else "file"
    return [] if len(name.encode()) <= 255 and len(name) <= 140 and PurePath(name).suffix else [f"named {name}"]


def _page(content: bytes) -> Iterator[str]:
    text = content.decode()
    yield from (f"has {sign} as it was typed" for sign in RAW if sign in text)
    yield from (f"escapes twice: {sign}" for sign in TWICE if sign in text)


def _text(text: str) -> Iterator[str]:
    yield from (f"escapes what is plain text: {sign}" for sign in ESCAPED if sign in text)


def _pdf(content: bytes) -> Iterator[str]:
    if b"%%EOF" not in content[-32:]:  # an upload of a test, which the portal hands out as it came
        return
    reader = PdfReader(BytesIO(content))
    yield from _text("\n".join(page.extract_text() for page in reader.pages))
    yield from _text(str(reader.metadata.title if reader.metadata else ""))


def _word(content: bytes) -> Iterator[str]:
    document = Document(BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    yield from _text("\n".join([one.text for one in document.paragraphs] + cells))
    for name in ("title", "author", "last_modified_by"):
        if len(getattr(document.core_properties, name)) > 255:
            yield f"has a long {name}"


def _workbook(content: bytes) -> Iterator[str]:
    book = load_workbook(BytesIO(content))
    for sheet in book.worksheets:
        if len(sheet.title) > 31:
            yield f"has a long sheet: {sheet.title}"
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.data_type == "f":
                yield f"has a formula: {cell.value}"
            if isinstance(cell.value, str) and sheet.sheet_state == "visible":
                yield from _text(cell.value)
    yield from (f"has a long {name}" for name in ("title", "creator", "subject") if _too_long(book, name))


def _too_long(book: object, name: str) -> bool:
    return len(getattr(book.properties, name) or "") > 255  # type: ignore[attr-defined]  # openpyxl has no types


def _calendar(content: bytes) -> Iterator[str]:
    yield from (f"has a line of {len(one)} bytes" for one in content.split(b"\r\n") if len(one) > 75)
    events = Calendar.from_ical(content).walk("VEVENT")
    yield from _text("\n".join(f"{one['SUMMARY']}\n{one['DESCRIPTION']}" for one in events))
    if not any(MARK in str(one["SUMMARY"]) for one in events):
        yield "says nothing of what was typed"


def _letter(content: bytes) -> Iterator[str]:
    letter = BytesParser(policy=email.policy.default).parsebytes(content)
    body = letter.get_body(("plain",))
    yield from _text(f"{letter['Subject']}\n{body.get_content() if body else ''}")


def _json(content: bytes) -> Iterator[str]:
    yield from _text(json.dumps(json.loads(content), ensure_ascii=False))


def _zip(content: bytes) -> Iterator[str]:
    if content == b"content":  # the archive of the world
        return
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if any(len(part.encode()) > 255 for part in name.split("/")):
                yield f"has a long name: {name}"
            yield from (f"{name}: {fault}" for fault in faults(archive.read(name), name))


CHECKS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "text/html": _page,
    ".html": _page,
    "pdf": _pdf,
    "wordprocessingml": _word,
    ".docx": _word,
    "spreadsheetml": _workbook,
    ".xlsx": _workbook,
    "calendar": _calendar,
    "message/rfc822": _letter,
    "application/json": _json,
    "application/zip": _zip,
}
