"""Letters on paper."""

import datetime as dt
import json

from documents import word
from documents.engine import Paper, render_pdf
from documents.models import DocumentKind, IssuedDocument
from documents.stamps import COPY, Stamp, copy_label, prints_copies_of
from documents.verification import Verification
from resolutions.correspondence.text import ANNEX_MARK, LetterText
from resolutions.models import Letter
from resolutions.papers import steady_moment
from russian.templatetags.russian import long_date


def write_letter(letter: Letter) -> bytes:
    """A letter as a Word file, in the layout of its PDF.

    Args:
        letter: the letter.

    Returns:
        The bytes of a .docx file.
    """
    return write_letter_text(LetterText.of(letter))


def write_letter_text(text: LetterText) -> bytes:
    """The text of a letter as a Word file.

    Args:
        text: what stands on the paper.

    Returns:
        The bytes of a .docx file.
    """
    paper = word.WordPaper(title=text.title, author=text.union_name, created=steady_moment(text.date))
    if text.is_draft:
        paper.add("Проект", word.MARK)
    paper.add(text.union_name, word.UNION)
    paper.add(
        f"№ {text.number or '________'} от {long_date(text.date) if text.date else '______________'}",
        word.REQUISITES,
    )
    for line in text.addressee.splitlines():
        paper.add(line, word.ADDRESSEE)
    if text.heading:
        paper.add(text.heading, word.HEADING)
    if text.salutation:
        paper.add(text.salutation, word.SALUTATION)
    for paragraph in text.paragraphs:
        paper.add(paragraph)
    for place, annex in enumerate(text.annexes):
        paper.add(f"{'' if place else ANNEX_MARK}\t{annex}", word.ANNEXES)
    paper.add_signature(text.signatory_position, text.signatory_name)
    if text.executor:
        paper.add(text.executor, word.EXECUTOR)
    return paper.content()


def letter_paper(text: LetterText, document: IssuedDocument | None) -> Paper:
    """A letter as it is printed; marked «Проект» until it has its number, with the code of its signed paper.

    Args:
        text: of the letter.
        document: that was issued of it and counts; None when there is none. A code is printed where it was on that day,
            whatever the public may read since.
    """
    return _paper_of(text, verification=document.verification if document and document.prints_code else None)


def render_letter(letter: Letter) -> bytes:
    """A letter as a PDF.

    Args:
        letter: the letter.

    Returns:
        The bytes of the file.

    Raises:
        PaperError: a font is missing.
    """
    return render_pdf(letter_paper(LetterText.of(letter), letter.document_in_force))


def render_letter_text(
    text: LetterText,
    *,
    created: dt.datetime,
    verification: Verification | None = None,
    stamps: tuple[Stamp, ...] = (),
    label: str = COPY,
) -> bytes:
    """The text of an issued letter as a PDF.

    Args:
        text: what stands on the paper.
        created: the date inside the PDF.
        verification: code and address for the QR code, when everybody may verify the letter.
        stamps: marks of electronic signatures; with them the paper is a copy, and says so.
        label: how it says so.

    Returns:
        The bytes of the file, with the text as JSON inside.

    Raises:
        PaperError: a font is missing.
    """
    return render_pdf(_paper_of(text, created=created, verification=verification, stamps=stamps, label=label))


@prints_copies_of(DocumentKind.LETTER)
def copy_letter(document: IssuedDocument, stamps: tuple[Stamp, ...]) -> bytes:
    """A copy of an issued letter with the marks of its electronic signatures.

    Args:
        document: the issued letter.
        stamps: what to mark; at least one.

    Returns:
        The bytes of a PDF.

    Raises:
        PaperError: as for `render_letter_text`.
    """
    return render_letter_text(
        LetterText.from_json(document.content),
        created=document.issued_at,
        verification=document.verification if document.prints_code else None,
        stamps=stamps,
        label=copy_label(document),
    )


def _paper_of(
    text: LetterText,
    *,
    created: dt.datetime | None = None,
    verification: Verification | None = None,
    stamps: tuple[Stamp, ...] = (),
    label: str = COPY,
) -> Paper:
    """A letter as paper; what is not issued carries no data for machines."""
    context = {"letter": text, "is_draft": text.is_draft, "verification": verification}
    return Paper(
        template="documents/letter.html",
        context=context | {"stamps": stamps, "label": label},
        title=f"{label}: {text.title}" if stamps else text.title,
        author=text.union_name,
        created=created or steady_moment(text.date),
        data=json.dumps(text.as_json(), ensure_ascii=False, indent=1).encode() if created else None,
        data_name="letter.json",
    )
