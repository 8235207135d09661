"""Many letters at once: as one PDF to print, as one ZIP to finish in Word and to send."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

from documents.downloads import safe_name
from documents.engine import render_together
from resolutions.correspondence.papers import letter_paper, render_letter, write_letter
from resolutions.models import Letter


def render_letters(title: str, letters: Sequence[Letter]) -> bytes:
    """Letters as one PDF, each from a new sheet.

    Args:
        title: what the file is called inside.
        letters: one or more.

    Returns:
        The bytes of the file.

    Raises:
        PaperError: a font is missing or cannot print a character.
    """
    return render_together([letter_paper(letter) for letter in letters], title=title)


def zip_letters(letters: Sequence[Letter]) -> bytes:
    """Letters as files of their own: the PDF, issued or made now, and the Word file of each.

    Args:
        letters: one or more.

    Returns:
        The bytes of a ZIP archive.

    Raises:
        PaperError: a font is missing or cannot print a character.
        DamagedDocument: the stored bytes of a signed letter are not those that were issued.
    """
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, letter in enumerate(letters, start=1):
            name = _file_name(place, letter)
            issued = letter.document_in_force
            archive.writestr(f"{name}.pdf", issued.read() if issued else render_letter(letter))
            archive.writestr(f"{name}.docx", write_letter(letter))
    return output.getvalue()


def _file_name(place: int, letter: Letter) -> str:
    """«03. Исх. № 5-24, Долгих Д.С.»: in order, and recognisable."""
    number = f"Исх. № {letter.number.replace('/', '-')}" if letter.is_registered else "Проект"
    return safe_name(f"{place:02}. {number}, {letter.addressee.splitlines()[-1]}")
