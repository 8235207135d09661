"""Many letters at once: as one PDF to print, as one ZIP to finish in Word and to send. Made by the worker."""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Self

from django.urls import reverse

from documents.downloads import safe_name
from documents.engine import render_pdf, render_together
from documents.models import IssuedDocument
from documents.preparing.makers import UNTOLD, Arguments, Maker, Progress
from resolutions.correspondence.papers import letter_paper, write_letter_text
from resolutions.correspondence.text import LetterText
from resolutions.models import Letter, Mailing


@dataclass(frozen=True)
class Sheet:
    """A letter as it is printed now.

    Attributes:
        name: of its files, «03. Исх. № 5-24, Долгих Д.С.»: in order, and recognisable.
        text: what stands on it.
        issued: the document that was issued of it and counts.
    """

    name: str
    text: LetterText
    issued: IssuedDocument | None

    @classmethod
    def of(cls, place: int, letter: Letter) -> Self:
        """The letter at a place of a mailing."""
        number = f"Исх. № {letter.number.replace('/', '-')}" if letter.is_registered else "Проект"
        name = safe_name(f"{place:02}. {number}, {letter.addressee.splitlines()[-1]}")
        return cls(name, LetterText.of(letter), letter.document_in_force)


@dataclass(frozen=True)
class PrintedMailing:
    """The letters of a mailing that are worth printing, one or more: annulled ones are not."""

    title: str
    sheets: tuple[Sheet, ...]


def read_mailing(arguments: Arguments) -> PrintedMailing:
    """A mailing as it is now.

    Raises:
        Mailing.DoesNotExist: there is none, or nothing in it is worth printing.
    """
    mailing = Mailing.objects.get(pk=arguments["mailing"])
    letters = mailing.letters.exclude(state="annulled").select_related("resolution", "issued_document__withdrawal")
    sheets = tuple(Sheet.of(place, letter) for place, letter in enumerate(letters.order_by("pk"), start=1))
    if not sheets:
        raise Mailing.DoesNotExist
    return PrintedMailing(mailing.title, sheets)


def render_mailing(mailing: PrintedMailing, progress: Progress = UNTOLD) -> bytes:
    """Letters as one PDF, each from a new sheet.

    Args:
        mailing: what to print.
        progress: hears after each letter.

    Returns:
        The bytes of the file.

    Raises:
        PaperError: a font is missing.
    """
    papers = [letter_paper(sheet.text, sheet.issued) for sheet in mailing.sheets]
    return render_together(papers, title=mailing.title, told=progress)


def zip_mailing(mailing: PrintedMailing, progress: Progress = UNTOLD) -> bytes:
    """Letters as files of their own: the PDF, issued or made now, and the Word file of each.

    Args:
        mailing: what to pack.
        progress: hears after each letter.

    Returns:
        The bytes of a ZIP archive.

    Raises:
        PaperError: a font is missing.
        DamagedDocument: the stored bytes of a signed letter are not those that were issued.
    """
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, sheet in enumerate(mailing.sheets, start=1):
            printed = sheet.issued.read() if sheet.issued else render_pdf(letter_paper(sheet.text, None))
            archive.writestr(f"{sheet.name}.pdf", printed)
            archive.writestr(f"{sheet.name}.docx", write_letter_text(sheet.text))
            progress(number, len(mailing.sheets))
    return output.getvalue()


def _address_of(name: str) -> Callable[[Arguments], str]:
    return lambda arguments: reverse(name, args=[arguments["mailing"]])


MAKERS = (
    Maker(
        "mailing-pdf",
        "Письма рассылки одним файлом (PDF)",
        read_mailing,
        render_mailing,
        _address_of("mailing_pdf"),
        _address_of("mailing"),
    ),
    Maker(
        "mailing-zip",
        "Письма рассылки отдельными файлами (ZIP)",
        read_mailing,
        zip_mailing,
        _address_of("mailing_zip"),
        _address_of("mailing"),
    ),
)
