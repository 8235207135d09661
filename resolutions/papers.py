"""Decisions and letters on paper."""

import datetime as dt
import json

from documents import word
from documents.engine import Paper, render_pdf
from documents.verification import Verification
from resolutions.models import Letter
from resolutions.text import ResolutionText
from revisions.days import noon_of
from russian.templatetags.russian import long_date


def decision_title(text: ResolutionText) -> str:
    """What the paper is called in lists and in the PDF's own title."""
    day = f" от {long_date(text.adopted_on)}" if text.adopted_on else ""
    return f"Решение{day} «{text.title}»"


def render_decision(
    text: ResolutionText,
    *,
    is_draft: bool,
    created: dt.datetime | None = None,
    verification: Verification | None = None,
) -> bytes:
    """The decision as a PDF in the layout of the source.

    Args:
        text: what stands on the paper.
        is_draft: whether it is marked «Проект».
        created: the date inside the PDF; the day of the decision when absent: the same text gives the same bytes.
        verification: code and address for the QR code of an issued document.

    Returns:
        The bytes of the file, with the text as JSON inside.

    Raises:
        PaperError: a font is missing or cannot print a character.
    """
    paper = Paper(
        template="documents/decision.html",
        context={"text": text, "is_draft": is_draft, "verification": verification},
        title=decision_title(text),
        created=created or _noon(text.adopted_on),
        data=json.dumps(text.as_json(), ensure_ascii=False, indent=1).encode(),
        data_name="decision.json",
    )
    return render_pdf(paper)


def write_decision(text: ResolutionText, *, is_draft: bool) -> bytes:
    """The decision as a Word file, in the layout of its PDF.

    Args:
        text: what stands on the paper.
        is_draft: whether it is marked «Проект».

    Returns:
        The bytes of a .docx file.
    """
    paper = word.WordPaper(title=decision_title(text), created=_noon(text.adopted_on))
    paper.add(text.union_name, word.UNION)
    paper.add(text.body_name, word.BODY_NAME)
    if is_draft:
        paper.add("Проект", word.MARK)
    paper.add("Решение", word.KIND)
    paper.add(f"{long_date(text.adopted_on)}\t{text.place}", word.REQUISITES)
    paper.add(text.title, word.HEADING)
    for paragraph in (text.hearing, text.noting, *text.preamble, text.deciding):
        if paragraph:
            paper.add(paragraph, introduces=paragraph in (text.noting, text.deciding))
    for point in text.points:
        paper.add(f"{point.number}. {point.text}")
    paper.add_signature(text.signatory_position, text.signatory_name)
    return paper.content()


def write_letter(letter: Letter) -> bytes:
    """A letter as a Word file, in the layout of its PDF.

    Args:
        letter: the letter.

    Returns:
        The bytes of a .docx file.
    """
    paper = word.WordPaper(title=str(letter), created=_noon(letter.date))
    if not letter.is_registered:
        paper.add("Проект", word.MARK)
    paper.add(letter.union_name, word.UNION)
    paper.add(
        f"№ {letter.number or '________'} от {long_date(letter.date) if letter.date else '______________'}",
        word.REQUISITES,
    )
    for line in letter.addressee.splitlines():
        paper.add(line, word.ADDRESSEE)
    if letter.heading:
        paper.add(letter.heading, word.HEADING)
    if letter.salutation:
        paper.add(letter.salutation, word.SALUTATION)
    for paragraph in letter.paragraphs:
        paper.add(paragraph)
    paper.add_signature(letter.signatory_position, letter.signatory_name)
    if letter.executor:
        paper.add(letter.executor, word.EXECUTOR)
    return paper.content()


def letter_paper(letter: Letter) -> Paper:
    """A letter as it is printed; marked «Проект» until it has its outgoing number."""
    return Paper(
        template="documents/letter.html",
        context={"letter": letter, "is_draft": not letter.is_registered},
        title=str(letter),
        created=_noon(letter.date),
    )


def render_letter(letter: Letter) -> bytes:
    """A letter as a PDF.

    Args:
        letter: the letter.

    Returns:
        The bytes of the file.

    Raises:
        PaperError: a font is missing or cannot print a character.
    """
    return render_pdf(letter_paper(letter))


def _noon(day: dt.date | None) -> dt.datetime:
    """A steady moment of a day, in Moscow; of the first day of 2024 for a paper without a date."""
    return noon_of(day or dt.date(2024, 1, 1))
