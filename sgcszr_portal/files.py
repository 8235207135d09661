"""Stored files, compared with the rows that name them."""

import hashlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from django.apps import apps
from django.db import models

from documents.models import PreparedFile
from documents.storage import SET_ASIDE, UNFINISHED, WholeFiles
from sgcszr_portal.archive.format import CHUNK
from sgcszr_portal.archive.stored import recorded_sum
from sgcszr_portal.archive.tables import file_fields

AN_HOUR = 3600.0


@dataclass(frozen=True)
class Stray:
    """A file that no row names; its transaction was undone, or the process was killed before the row.

    Attributes:
        storage: where it lies.
        name: in the storage.
    """

    storage: WholeFiles
    name: str

    @property
    def is_unfinished(self) -> bool:
        """Whether it was never written to its end."""
        return self.name.endswith(UNFINISHED)

    def age(self) -> float:
        """Seconds since it was written; 0 when it is gone."""
        try:
            return time.time() - Path(self.storage.path(self.name)).stat().st_mtime
        except FileNotFoundError:
            return 0.0

    def __str__(self) -> str:
        return f"{'Unfinished' if self.is_unfinished else 'Orphan'}: {self.name}"


@dataclass
class Found:
    """What a comparison found.

    Attributes:
        files: how many files rows name.
        lost: a sentence for each row whose file is missing or holds other bytes.
        strays: files that no row names, younger ones too.
    """

    files: int = 0
    lost: list[str] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)

    def older_than(self, seconds: float) -> list[Stray]:
        """The strays of which no row will come to tell any more."""
        return [stray for stray in self.strays if stray.age() >= seconds]


def compare() -> Found:
    """Compare all files with all rows.

    Files are listed before rows are read, and a file is there before its row: what is stored meanwhile is neither
    lost nor, being young, taken for an orphan.
    """
    found = Found()
    listed = [(storage, name) for storage in storages() for name in _names(storage)]
    named: set[tuple[str, str]] = set()
    for column in _columns():
        rows = column.model._base_manager.exclude(**{column.attname: ""}).order_by("pk")
        for row in rows.iterator(chunk_size=500):
            file = getattr(row, column.attname)
            named.add((file.storage.location, file.name))
            found.files += 1
            if column.model is not PreparedFile and (fault := _fault(row, column)):  # made again when asked for
                found.lost.append(f"Lost: {row._meta.label} {row.pk}: {column.attname} {file.name} {fault}")
    found.strays = [Stray(storage, name) for storage, name in listed if (storage.location, name) not in named]
    return found


def mend(strays: list[Stray]) -> None:
    """Remove files that were never finished, and set those aside that no row names.

    A prepared file is made again when asked for, and may hold everybody's contacts: it is removed too.

    Args:
        strays: old enough; see `Found.older_than`.
    """
    prepared = cast(WholeFiles, PreparedFile._meta.get_field("file").storage)
    for stray in strays:
        if stray.is_unfinished or stray.storage.location == prepared.location:
            Path(stray.storage.path(stray.name)).unlink(missing_ok=True)
        else:
            stray.storage.set_aside(stray.name)


def storages() -> list[WholeFiles]:
    """The storages that rows name files of, each once."""
    found = [cast(WholeFiles, column.storage) for column in _columns()]
    return list({storage.location: storage for storage in found}.values())


def _columns() -> list[models.FileField]:
    return [column for model in apps.get_models(include_auto_created=True) for column in file_fields(model)]


def _names(storage: WholeFiles) -> Iterator[str]:
    """The files of a storage, without those of a storage inside it, and what else lies at its top."""
    root = Path(storage.location)
    others = {Path(other.location) for other in storages()}
    for place, folders, files in os.walk(root):
        here = Path(place)
        folders[:] = [one for one in folders if here / one not in others and here / one != root / SET_ASIDE]
        for file in files:
            if here != root or file.endswith(UNFINISHED):
                yield (here / file).relative_to(root).as_posix()


def _fault(row: models.Model, column: models.FileField) -> str:
    """What is wrong with the file of a row; empty when nothing is."""
    file, digest = getattr(row, column.attname), hashlib.sha256()
    try:
        with file.storage.open(file.name) as stream:
            while piece := stream.read(CHUNK):
                digest.update(piece)
    except FileNotFoundError:
        return "is missing"
    wanted = recorded_sum(row, column)
    return "holds other bytes than the row says" if wanted and wanted != digest.hexdigest() else ""
