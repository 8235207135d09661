"""Which file of an archive belongs to which record, and how the page names it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from documents.models import IssuedDocument
from resolutions.execution.papers import KIND as REPORT
from resolutions.models import Letter, Resolution
from sgcszr_portal.archive.documents import MadePaper, owner_key
from sgcszr_portal.archive.stored import StoredFile


@dataclass(frozen=True)
class Link:
    """A file of the archive, as the page names it."""

    path: str
    label: str

    @property
    def href(self) -> str:
        """The path as an address beside the page, spaces and Cyrillic letters escaped."""
        return quote(self.path)


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
