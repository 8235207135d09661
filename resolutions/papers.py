"""Decisions on paper."""

import datetime as dt
import json

from documents import word
from documents.engine import Paper, render_pdf
from documents.models import DocumentKind, IssuedDocument
from documents.stamps import COPY, Stamp, copy_label, prints_copies_of
from documents.verification import Verification
from resolutions.text import ResolutionText
from revisions.days import noon_of
from russian.templatetags.russian import long_date, quoted


def decision_title(text: ResolutionText) -> str:
    """What the paper is called in lists and in the PDF's own title."""
    day = f" от {long_date(text.adopted_on)}" if text.adopted_on else ""
    return f"Решение{day} {quoted(text.title)}"


def render_decision(
    text: ResolutionText,
    *,
    is_draft: bool,
    created: dt.datetime | None = None,
    verification: Verification | None = None,
    stamps: tuple[Stamp, ...] = (),
    label: str = COPY,
) -> bytes:
    """The decision as a PDF in the layout of the source.

    Args:
        text: what stands on the paper.
        is_draft: whether it is marked «Проект».
        created: the date inside the PDF; the day of the decision when absent: the same text gives the same bytes.
        verification: code and address for the QR code of an issued document.
        stamps: marks of electronic signatures; with them the paper is a copy, and says so.
        label: how it says so.

    Returns:
        The bytes of the file, with the text as JSON inside.

    Raises:
        PaperError: a font is missing.
    """
    paper = Paper(
        template="documents/decision.html",
        context={"text": text, "is_draft": is_draft, "verification": verification, "stamps": stamps, "label": label},
        title=f"{label}: {decision_title(text)}" if stamps else decision_title(text),
        author=text.union_name,
        created=created or steady_moment(text.adopted_on),
        data=json.dumps(text.as_json(), ensure_ascii=False, indent=1).encode(),
        data_name="decision.json",
    )
    return render_pdf(paper)


@prints_copies_of(DocumentKind.DECISION)
def copy_decision(document: IssuedDocument, stamps: tuple[Stamp, ...]) -> bytes:
    """A copy of an issued decision with the marks of its electronic signatures.

    Args:
        document: the issued decision.
        stamps: what to mark; at least one.

    Returns:
        The bytes of a PDF.

    Raises:
        PaperError: as for `render_decision`.
    """
    return render_decision(
        ResolutionText.from_json(document.content),
        is_draft=False,
        created=document.issued_at,
        verification=document.verification,
        stamps=stamps,
        label=copy_label(document),
    )


def write_decision(text: ResolutionText, *, is_draft: bool) -> bytes:
    """The decision as a Word file, in the layout of its PDF.

    Args:
        text: what stands on the paper.
        is_draft: whether it is marked «Проект».

    Returns:
        The bytes of a .docx file.
    """
    paper = word.WordPaper(title=decision_title(text), author=text.union_name, created=steady_moment(text.adopted_on))
    paper.add(text.union_name, word.UNION)
    paper.add(text.body_name, word.BODY_NAME)
    if is_draft:
        paper.add("Проект", word.MARK)
    paper.add("Решение", word.KIND)
    paper.add(f"{text.day_and_number}\t{text.place}", word.REQUISITES)
    paper.add(text.title, word.HEADING)
    for paragraph in (text.hearing, text.noting, *(one.text for one in text.preamble), text.deciding):
        if paragraph:
            paper.add(paragraph, introduces=paragraph in (text.noting, text.deciding))
    for number, line in text.point_lines:
        paper.add(f"{number}. {line}")
    paper.add_signature(text.signatory_position, text.signatory_name)
    return paper.content()


def steady_moment(day: dt.date | None) -> dt.datetime:
    """A steady moment of a day, in Moscow; of the first day of 2024 for a paper without a date."""
    return noon_of(day or dt.date(2024, 1, 1))
