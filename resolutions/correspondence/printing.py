"""Many letters at once: as one PDF to print, as one ZIP to finish in Word and to send. Made by the worker."""

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Self

from django.urls import reverse

from documents.downloads import safe_name
from documents.engine import Paper, render_pdf, render_together
from documents.models import IssuedDocument
from documents.preparing.makers import UNTOLD, Arguments, CannotBeMade, Incomplete, Maker, Progress
from documents.unmade import Unmade, made_or_why
from resolutions.correspondence.papers import letter_paper, write_letter_text
from resolutions.correspondence.text import LetterText
from resolutions.models import Letter, Mailing
from resolutions.papers import steady_moment
from russian.templatetags.russian import counted

UNMADE = "Не составлено.txt"


@dataclass(frozen=True)
class Sheet:
    """A letter as it is printed now.

    Attributes:
        name: of its files, «03. Исх. № 5-24, Долгих Д.С.»: in order, and recognisable; as long as it comes.
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
        return cls(f"{place:02}. {number}, {letter.addressed_to}", LetterText.of(letter), letter.document_in_force)


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


def render_mailing(mailing: PrintedMailing, progress: Progress = UNTOLD) -> bytes | Incomplete:
    """Letters as one PDF, each from a new sheet. In the place of one that cannot be made lies a sheet that says so.

    Args:
        mailing: what to print.
        progress: hears after each letter.

    Returns:
        The bytes of the file.

    Raises:
        CannotBeMade: not one of them can be made.
    """

    def together(papers: Callable[[], list[Paper]]) -> bytes:
        return render_together(papers(), title=mailing.title, told=progress)

    printed = made_or_why(lambda: together(lambda: [_paper(one) for one in mailing.sheets]), mailing.title)
    if not isinstance(printed, Unmade):
        return printed
    failed = _failed({sheet.name: _printed_alone(sheet) for sheet in mailing.sheets})
    noted = together(
        lambda: [_note(one, failed[one.name]) if one.name in failed else _paper(one) for one in mailing.sheets]
    )
    return Incomplete(noted, _lacks(len(failed), "на их местах листы с объяснением"))


def _failed(made: Mapping[str, bytes | Unmade]) -> dict[str, str]:
    """Which files could not be made, and why.

    Raises:
        CannotBeMade: none could.
    """
    failed = {name: one.reason for name, one in made.items() if isinstance(one, Unmade)}
    if len(failed) == len(made):
        raise CannotBeMade(next(iter(failed.values())))
    return failed


def _lacks(count: int, instead: str) -> str:
    return f"Не составлено: {counted(count, 'файл,файла,файлов')}; {instead}."


def _paper(sheet: Sheet) -> Paper:
    return letter_paper(sheet.text, sheet.issued)


def _printed_alone(sheet: Sheet) -> bytes | Unmade:
    return made_or_why(lambda: render_pdf(_paper(sheet)), sheet.name)


def _note(sheet: Sheet, reason: str) -> Paper:
    """A sheet in the place of a letter."""
    context = {"name": sheet.name, "reason": reason}
    moment = steady_moment(sheet.text.date)
    return Paper("documents/unmade.html", context, sheet.name, sheet.text.union_name, moment)


def zip_mailing(mailing: PrintedMailing, progress: Progress = UNTOLD) -> bytes | Incomplete:
    """Letters as files of their own: the PDF, issued or made now, and the Word file of each.

    Args:
        mailing: what to pack.
        progress: hears after each letter.

    Returns:
        The bytes of a ZIP archive; a file that cannot be made is left out and named in another, `UNMADE`.

    Raises:
        CannotBeMade: not one of them can be made.
    """
    output, made = BytesIO(), dict[str, bytes | Unmade]()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, sheet in enumerate(mailing.sheets, start=1):
            for name, make in _files_of(sheet).items():
                made[name] = one = made_or_why(make, name)
                if not isinstance(one, Unmade):
                    archive.writestr(name, one)
                    made[name] = b""  # only how it went is needed any more
            progress(number, len(mailing.sheets))
        failed = _failed(made)
        if failed:
            archive.writestr(UNMADE, "\r\n".join(f"{name}: {reason}" for name, reason in failed.items()))
    content = output.getvalue()
    return Incomplete(content, _lacks(len(failed), f"они названы в файле «{UNMADE}»")) if failed else content


def _files_of(sheet: Sheet) -> dict[str, Callable[[], bytes]]:
    issued = sheet.issued
    return {
        safe_name(f"{sheet.name}.pdf"): issued.read if issued else lambda: render_pdf(letter_paper(sheet.text, None)),
        safe_name(f"{sheet.name}.docx"): lambda: write_letter_text(sheet.text),
    }


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
