"""The first page of an archive: what the portal knew, with a link to every file; it opens from disk."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import UnionProfile, demo_data_loaded
from documents.models import IssuedDocument
from municipalities.models import Municipality, WorkbookImport
from resolutions.correspondence.register import LetterOnDay, placed_on, told
from resolutions.execution.papers import KIND as REPORT
from resolutions.execution.results import with_results
from resolutions.models import DecisionPoint, IncomingLetter, Letter, ProgressEntry, Resolution
from russian.collation import in_russian_order
from sgcszr_portal.archive.documents import MadePaper, owner_key
from sgcszr_portal.archive.format import DATA, STYLE, SUMS
from sgcszr_portal.archive.stored import StoredFile

STYLESHEET = Path(__file__).with_name("index.css")


@dataclass(frozen=True)
class Link:
    """A file of the archive, as the page names it."""

    path: str
    label: str

    @property
    def href(self) -> str:
        """The path as an address beside the page, spaces and Cyrillic letters escaped."""
        return quote(self.path)


@dataclass(frozen=True)
class ProgressLine:
    """What was done about a point."""

    day: dt.date
    action: str
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class PointLine:
    """A point and how far it has got."""

    point: DecisionPoint
    progress: tuple[ProgressLine, ...]


@dataclass(frozen=True)
class DecisionPart:
    """A decision with its papers and points."""

    resolution: Resolution
    links: tuple[Link, ...]
    points: tuple[PointLine, ...]


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
    """An upload of workbooks."""

    upload: WorkbookImport
    links: tuple[Link, ...]


@dataclass(frozen=True)
class IndexPage:
    """Everything that the page tells besides the list of all files."""

    moment: dt.datetime
    is_demo: bool
    decisions: tuple[DecisionPart, ...]
    letters: tuple[LetterLine, ...]
    incoming: tuple[IncomingLine, ...]
    cities: tuple[CityLine, ...]
    uploads: tuple[UploadLine, ...]


@dataclass(frozen=True)
class FileLine:
    """A file in the list of all."""

    link: Link
    size: int


def read_resolutions() -> list[Resolution]:
    """All decisions with what the archive tells of them, the newest first."""
    points = DecisionPoint.objects.select_related("resolution").order_by("number")
    related = (
        Prefetch("points", points),
        "points__subpoints",
        "points__progress__files",
        "points__progress__voided_by",
        "issued_document__signatures",
    )
    return list(Resolution.objects.newest_first().select_related("issued_document").prefetch_related(*related))


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


class Shelf:
    """Which file of the archive belongs to which record."""

    def __init__(self, stored: Iterable[StoredFile], papers: Iterable[MadePaper]) -> None:
        self._stored = {(file.column, file.owner): file.path for file in stored}
        self._made: dict[Any, list[str]] = {}
        for paper in papers:
            if paper.owner:
                self._made.setdefault(owner_key(paper.owner), []).append(paper.path)

    def of(self, column: str, rows: Iterable[Any], label: str = "") -> tuple[Link, ...]:
        """The stored files that a column of some rows names.

        Args:
            column: as in `tables.column_of`.
            rows: whose files.
            label: what the links say; without it the name under which each file was uploaded.
        """
        found = ((self._stored.get((column, row.pk)), row) for row in rows)
        return tuple(Link(path, label or row.name) for path, row in found if path)

    def papers_of(self, owner: Resolution | Letter) -> tuple[Link, ...]:
        """The issued document with its signatures and scans, and what was made for the archive."""
        made = tuple(Link(path, _kind(path)) for path in self._made.get(owner_key(owner), ()))
        return self._issued(owner.issued_document) + made

    def _issued(self, document: IssuedDocument | None) -> tuple[Link, ...]:
        if document is None:
            return ()
        signatures = document.signatures.all()
        return (
            self.of("documents.IssuedDocument.file", [document], "Подписанный документ, PDF")
            + self.of("documents.Signature.container", signatures, "Электронная подпись, SIG")
            + self.of("documents.Signature.scan", signatures, "Скан подписанного документа")
        )


def _kind(path: str) -> str:
    program = {".docx": "Word", ".xlsx": "Excel"}.get(PurePath(path).suffix, "PDF")
    return f"{REPORT}, {program}" if PurePath(path).name.startswith(REPORT) else f"Текст, {program}"


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
        resolutions: as `read_resolutions` reads them.
        letters: as `read_letters` reads them.
        incoming: as `read_incoming` reads them.
    """
    books = "municipalities.ImportedFile.file"
    uploads = WorkbookImport.objects.prefetch_related("files")
    return IndexPage(
        moment=moment,
        is_demo=demo_data_loaded(),
        decisions=tuple(_decision(one, shelf) for one in resolutions),
        letters=tuple(_letter(one, shelf) for one in placed_on(timezone.localdate(moment), letters).letters),
        incoming=tuple(_incoming(one, shelf) for one in incoming),
        cities=tuple(_cities()),
        uploads=tuple(UploadLine(one, shelf.of(books, one.files.all())) for one in uploads),
    )


def _decision(resolution: Resolution, shelf: Shelf) -> DecisionPart:
    lines = []
    for point in with_results(resolution.points.all()):
        progress = (
            ProgressLine(
                entry.happened_on,
                entry.get_action_display(),
                _told(entry),
                shelf.of("resolutions.Attachment.file", entry.files.all()),
            )
            for entry in point.progress.all()
            if not entry.is_voiding
        )
        lines.append(PointLine(point, tuple(progress)))
    return DecisionPart(resolution, shelf.papers_of(resolution), tuple(lines))


def _told(entry: ProgressEntry) -> str:
    """What an entry says, with the result that it names; a voided one says why it is wrong."""
    voiding = f"Запись отменена: {entry.voiding.text}" if entry.voiding else ""
    return "\n".join(
        line for line in (entry.text, *entry.more_told, entry.behalf_told, entry.result_told, voiding) if line
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
        "unmade": [(PurePath(path).name, reason) for path, reason in unmade.items()],
        "folders": folders,
        "union": UnionProfile.on(),
        "count": len(lines),
        "total": sum(line.size for line in lines),
    }
    return render_to_string("sgcszr_portal/archive/index.html", context).encode()


def _folder(line: FileLine) -> str:
    folder = str(PurePath(line.link.path).parent)
    return "" if folder == "." else folder
