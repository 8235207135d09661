"""Writing the ZIP: streamed into a file, the same bytes for the same state and moment."""

import datetime as dt
import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO

from django.utils import timezone

from documents.preparing.makers import UNTOLD, Progress
from documents.unmade import Unmade, made_or_why
from russian.templatetags.russian import counted
from sgcszr_portal.archive.contents import Contents, snapshot
from sgcszr_portal.archive.format import CHUNK, DATA, INDEX, STYLE, SUMS
from sgcszr_portal.archive.index import STYLESHEET, render_page


@dataclass
class Written:
    """What was written.

    Attributes:
        sizes: path → bytes, in the order in which they lie in the archive.
        sums: path → SHA-256.
        unmade: path of a paper that could not be made → why.
    """

    sizes: dict[str, int] = field(default_factory=dict)
    sums: dict[str, str] = field(default_factory=dict)
    unmade: dict[str, str] = field(default_factory=dict)

    @property
    def lacks(self) -> str:
        """What is missing, in a sentence without names; empty when everything is there."""
        if not self.unmade:
            return ""
        missing = counted(len(self.unmade), "файл,файла,файлов")
        return f"Не составлено: {missing}. Какие и почему, говорит первая страница архива, {INDEX}."


def write_archive(target: IO[bytes], *, moment: dt.datetime | None = None, told: Progress = UNTOLD) -> Written:
    """Write an archive of the portal as it is now.

    Args:
        target: seekable, open for writing; what is in it is of no use when this raises.
        moment: what the archive says about when it was made; now without it.
        told: hears after each file how many of how many are in it.

    Returns:
        What was written. A paper that cannot be made, whatever the reason, is left out and named in the index.

    Raises:
        ArchiveRefused: a stored file is missing or damaged; the sentence names it.
    """
    at = moment or timezone.now()
    with snapshot(at) as contents, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        return _Writing(archive, at, told).write(contents)


class _Writing:
    """One archive on its way to the disk."""

    def __init__(self, archive: zipfile.ZipFile, moment: dt.datetime, told: Progress) -> None:
        self._archive, self._told = archive, told
        self._date_time = timezone.localtime(moment).timetuple()[:6]
        self._written = Written()

    def write(self, contents: Contents) -> Written:
        written, total = self._written, len(contents.stored) + len(contents.papers)
        self._add(DATA, _pieces(contents.data))
        for number, file in enumerate(contents.stored, start=1):
            self._add(file.path, file.chunks())
            self._told(number, total)
        for number, paper in enumerate(contents.papers, start=len(contents.stored) + 1):
            made = made_or_why(paper.make, paper.path)
            if isinstance(made, Unmade):
                written.unmade[paper.path] = made.reason
            else:
                self._add(paper.path, [made])
            self._told(number, total)
        self._add(STYLE, [STYLESHEET.read_bytes()])
        self._add(INDEX, [render_page(contents.page, written=written.sizes, unmade=written.unmade)])
        self._add(SUMS, [sums_file(written.sums)])
        return written

    def _add(self, path: str, pieces: Iterable[bytes]) -> None:
        entry = zipfile.ZipInfo(path, self._date_time)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        digest, size = hashlib.sha256(), 0
        with self._archive.open(entry, "w", force_zip64=True) as stream:
            for piece in pieces:
                stream.write(piece)
                digest.update(piece)
                size += len(piece)
        self._written.sizes[path], self._written.sums[path] = size, digest.hexdigest()


def sums_file(sums: dict[str, str]) -> bytes:
    """`SHA256SUMS` as `sha256sum -c` reads it.

    Args:
        sums: path → SHA-256.
    """
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(sums.items())).encode()


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while piece := stream.read(CHUNK):
        yield piece
