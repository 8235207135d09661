"""Papers that are made for the archive: decisions, letters and reports, as PDF, Word and Excel files."""

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone

from background.outage import is_outage
from resolutions.correspondence.papers import render_letter, write_letter
from resolutions.execution.papers import KIND as REPORT
from resolutions.execution.papers import render_execution, write_execution
from resolutions.execution.report import report_on
from resolutions.execution.workbook import execution_workbook
from resolutions.models import Letter, Resolution, ResolutionStatus
from resolutions.papers import render_decision, write_decision
from russian.shortening import shortened
from sgcszr_portal.archive.format import DOCUMENTS
from sgcszr_portal.archive.stored import TITLE, Names, letter_name

_STEADY = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a ZIP knows
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


ReadT = TypeVar("ReadT")


@dataclass(frozen=True)
class MadePaper:
    """A file that is made when it is written.

    Attributes:
        path: in the archive.
        make: makes its bytes; the same content gives the same ones. Whatever it raises is a failure of this file alone.
        owner: the decision or letter; None for a table.
    """

    path: str
    make: Callable[[], bytes]
    owner: Resolution | Letter | None = None


def read_now(read: Callable[[], ReadT]) -> Callable[[], ReadT]:
    """Read what a paper shows at the moment of the archive, for when it is made.

    Args:
        read: reads it; what that raises fails the paper when it is made, and nothing before.

    Returns:
        Gives what was read, or raises what reading raised.

    Raises:
        Exception: what `read` raised, when the database is away.
    """
    try:
        with transaction.atomic():  # a query that fails would end the transaction of the whole snapshot
            value = read()
    except Exception as error:  # whatever it is: the other papers have nothing to do with it
        if is_outage(error):
            raise
        failure = error
    else:
        return lambda: value

    def fail() -> ReadT:
        raise failure

    return fail


def decision_papers(resolution: Resolution, names: Names) -> list[MadePaper]:
    """A decision as Word, and as PDF unless it was issued: then the issued bytes are its PDF."""
    is_draft = resolution.status == ResolutionStatus.DRAFT
    text = read_now(lambda: resolution.text)
    day = f" от {resolution.adopted_on:%d.%m.%Y}" if resolution.adopted_on else ""
    kind = "Проект решения" if is_draft else "Решение"
    stem = f"{kind}{day}, {shortened(resolution.title, TITLE)}"
    folder = f"{DOCUMENTS}/Решения"
    papers = [
        MadePaper(
            names.take(folder, f"{stem}.docx"), lambda: steady(write_decision(text(), is_draft=is_draft)), resolution
        )
    ]
    if resolution.issued_document_id is None:
        path = names.take(folder, f"{stem}.pdf")
        papers.append(MadePaper(path, lambda: render_decision(text(), is_draft=is_draft), resolution))
    return papers


def report_papers(resolution: Resolution, moment: dt.datetime, names: Names) -> list[MadePaper]:
    """The report on the execution of an adopted decision as of the day of the archive, read in its moment."""
    if resolution.status == ResolutionStatus.DRAFT:
        return []
    report = read_now(lambda: report_on(resolution, timezone.localdate(moment), with_letters=True))
    stem, folder = f"{REPORT} от {resolution.adopted_on:%d.%m.%Y}", f"{DOCUMENTS}/Решения"
    return [
        MadePaper(names.take(folder, f"{stem}.pdf"), lambda: render_execution(report()), resolution),
        MadePaper(names.take(folder, f"{stem}.docx"), lambda: steady(write_execution(report())), resolution),
        MadePaper(names.take(folder, f"{stem}.xlsx"), lambda: steady(execution_workbook(report()), moment), resolution),
    ]


def letter_papers(letter: Letter, names: Names) -> list[MadePaper]:
    """A letter as Word, and as PDF unless it was issued."""
    folder = f"{DOCUMENTS}/Письма"
    stem = letter_name(letter)
    papers = [MadePaper(names.take(folder, f"{stem}.docx"), lambda: steady(write_letter(letter)), letter)]
    if letter.issued_document_id is None:
        papers.append(MadePaper(names.take(folder, f"{stem}.pdf"), lambda: render_letter(letter), letter))
    return papers


def steady(content: bytes, moment: dt.datetime | None = None) -> bytes:
    """An office file without the moment of its making, which its library writes into it.

    Args:
        content: a .docx or .xlsx file.
        moment: what it says instead about when it was made; None leaves that as it is.

    Returns:
        The same file; the same content gives the same bytes.
    """
    output = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(output, "w") as target:
        for entry in source.infolist():
            part = source.read(entry)
            if moment and entry.filename == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}".encode(), part)
            target.writestr(zipfile.ZipInfo(entry.filename, _STEADY), part, zipfile.ZIP_DEFLATED)
    return output.getvalue()


def owner_key(owner: Any) -> tuple[str, Any]:
    """A record as a key of a dictionary that holds several kinds."""
    return owner._meta.label, owner.pk
