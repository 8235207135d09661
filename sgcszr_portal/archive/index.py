"""The first page of an archive: what the portal knew, with a link to every file; it opens from disk."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePath

from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import UnionProfile, demo_data_loaded
from municipalities.models import Municipality, WorkbookImport, WorkbookUpload
from municipalities.practices.promises import PromiseOnDay, promises_on, with_points
from resolutions.correspondence.register import LetterOnDay, placed_on, told
from resolutions.models import IncomingLetter, Letter, PastImport, Resolution
from russian.collation import in_russian_order
from sgcszr_portal.archive.decisions import DecisionPart, decision_part
from sgcszr_portal.archive.format import DATA, STYLE, SUMS
from sgcszr_portal.archive.shelf import Link, Shelf

STYLESHEET = Path(__file__).with_name("index.css")


@dataclass(frozen=True)
class LetterLine:
    """A letter with its papers and what belongs to it."""

    letter: Letter
    answers: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class IncomingLine:
    """An incoming letter with what it says and what came with it."""

    letter: IncomingLetter
    said: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class CityLine:
    """A municipality on the day of the archive: what it was called before, its place in the Union, its status.

    Attributes:
        is_listed: whether it is shown in the portal; else it was typed by mistake.
        is_member: whether it belongs to the Union.
    """

    name: str
    former_names: str
    region: str
    is_listed: bool
    is_member: bool
    status: str
    since: dt.date | None
    basis: str


@dataclass(frozen=True)
class UploadLine:
    """An upload of workbooks, of the registry or of the past."""

    upload: WorkbookUpload
    links: tuple[Link, ...]


@dataclass(frozen=True)
class IndexPage:
    """Everything that the page tells besides the list of all files."""

    moment: dt.datetime
    is_demo: bool
    decisions: tuple[DecisionPart, ...]
    promises: tuple[PromiseOnDay, ...]
    letters: tuple[LetterLine, ...]
    incoming: tuple[IncomingLine, ...]
    cities: tuple[CityLine, ...]
    uploads: tuple[UploadLine, ...]
    past: tuple[UploadLine, ...]


@dataclass(frozen=True)
class FileLine:
    """A file in the list of all."""

    link: Link
    size: int


@dataclass(frozen=True)
class UnmadeLine:
    """A paper that could not be made.

    Attributes:
        name: of its file.
        reason: why.
        instead: the files that hold the same in another format.
    """

    name: str
    reason: str
    instead: tuple[Link, ...]


def read_letters() -> list[Letter]:
    """All letters with what the archive tells of them, in the order of their numbers; drafts last."""
    related = ("steps__files", "issued_document__signatures")
    letters = Letter.objects.select_related("resolution", "point", "issued_document").with_asks()
    letters = letters.prefetch_related(*related)
    return sorted(letters, key=lambda one: (one.date is None, one.date or dt.date.min, one.sequence or 0, one.pk))


def read_incoming() -> list[IncomingLetter]:
    """All incoming letters with what the archive tells of them, in the order in which they came; voided ones too."""
    related = ("entries__files", "entries__outcomes__ask", "entries__outcomes__forwarded_to__municipality")
    letters = IncomingLetter.objects.select_related("correspondent__municipality").prefetch_related(*related)
    return list(letters.order_by("received_on", "pk"))


def _link(path: str) -> Link:
    return Link(path, PurePath(path).name)


def build_page(
    moment: dt.datetime,
    shelf: Shelf,
    resolutions: Iterable[Resolution],
    letters: Iterable[Letter],
    incoming: Iterable[IncomingLetter],
) -> IndexPage:
    """What the page tells.

    Args:
        moment: of the archive.
        shelf: where the files lie.
        resolutions: as `archive.decisions.read_resolutions` reads them.
        letters: as `read_letters` reads them.
        incoming: as `read_incoming` reads them.
    """
    day = timezone.localdate(moment)
    promises = with_points(promises_on(day))
    books, past = "municipalities.ImportedFile.file", "resolutions.PastImport.file"
    uploads = WorkbookImport.objects.prefetch_related("files")
    return IndexPage(
        moment=moment,
        is_demo=demo_data_loaded(),
        decisions=tuple(decision_part(one, shelf, promises) for one in resolutions),
        promises=tuple(promises),
        letters=tuple(_letter(one, shelf) for one in placed_on(day, letters).letters),
        incoming=tuple(_incoming(one, shelf) for one in incoming),
        cities=tuple(_cities()),
        uploads=tuple(UploadLine(one, shelf.of(books, one.files.all())) for one in uploads),
        past=tuple(UploadLine(one, shelf.of(past, [one])) for one in PastImport.objects.all()),
    )


def _letter(one: LetterOnDay, shelf: Shelf) -> LetterLine:
    letter = one.letter
    attached = [file for step in letter.steps.all() for file in step.files.all()]
    return LetterLine(
        letter,
        told(one.answers),
        shelf.papers_of(letter) + shelf.of("resolutions.Attachment.file", attached),
    )


def _incoming(letter: IncomingLetter, shelf: Shelf) -> IncomingLine:
    said = [f"{str(one.ask).capitalize()}: {one.in_words}" for one in letter.latest.outcomes.all()]
    files = [file for entry in letter.entries.all() for file in entry.files.all()]
    return IncomingLine(letter, (*said, letter.latest.text), shelf.of("resolutions.Attachment.file", files))


def _cities() -> Iterable[CityLine]:
    members = set(Municipality.objects.members().values_list("pk", flat=True))
    for city in Municipality.objects.with_participation().order_by("-is_listed", in_russian_order("name")):
        stood = city.standing
        yield CityLine(
            name=city.name,
            former_names=city.former_names,
            region=city.region,
            is_listed=city.is_listed,
            is_member=city.pk in members,
            status=str(stood.status.label),
            since=stood.since,
            basis=stood.basis,
        )


def render_page(page: IndexPage, *, written: Mapping[str, int], unmade: Mapping[str, str]) -> bytes:
    """The page as a file.

    Args:
        page: what it tells.
        written: path → bytes of the files that were written.
        unmade: path → why a paper could not be made.

    Returns:
        HTML without scripts; its style lies beside it.
    """
    lines = [FileLine(_link(path), size) for path, size in sorted(written.items())]
    folders = [(folder, list(files)) for folder, files in groupby(sorted(lines, key=_folder), key=_folder)]
    context = {
        "page": page,
        "style": STYLE,
        "sums": SUMS,
        "data": DATA,
        "written": written,
        "unmade": [_unmade(path, reason, written) for path, reason in unmade.items()],
        "folders": folders,
        "union": UnionProfile.on(),
        "count": len(lines),
        "total": sum(line.size for line in lines),
    }
    return render_to_string("sgcszr_portal/archive/index.html", context).encode()


def _unmade(path: str, reason: str, written: Mapping[str, int]) -> UnmadeLine:
    others = (str(PurePath(path).with_suffix(ending)) for ending in (".pdf", ".docx", ".xlsx"))
    return UnmadeLine(PurePath(path).name, reason, tuple(_link(other) for other in others if other in written))


def _folder(line: FileLine) -> str:
    folder = str(PurePath(line.link.path).parent)
    return "" if folder == "." else folder
