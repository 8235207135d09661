"""Stored files, and the names under which people find them in the archive.

Every file column of the archived models is taken by itself; `PLACES` only knows better names for those it lists.
"""

import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, cast

from django.core.files.storage import Storage
from django.db import models

from documents.downloads import fitting, safe_name
from documents.models import IssuedDocument, Signature
from resolutions.models import Attachment, Letter, LetterStep
from russian.shortening import shortened
from russian.templatetags.russian import quoted
from sgcszr_portal.archive.format import ATTACHMENTS, CHUNK, DOCUMENTS, ArchiveRefused
from sgcszr_portal.archive.tables import archived_models, column_of, file_fields

ISSUED = f"{DOCUMENTS}/Подписанные"
TITLE = 60  # characters of a title inside a name
LONGEST = 115  # characters of a name: what was unpacked deep inside a folder of Windows is still opened


@dataclass
class Names:
    """Names that were given already; no two of one archive differ in case alone."""

    taken: set[str] = field(default_factory=set)

    def take(self, folder: str, name: str) -> str:
        """A path inside the archive that every system takes, like no other one.

        Args:
            folder: made of names that are safe.
            name: any text; its ending is kept.
        """
        safe, number = safe_name(unicodedata.normalize("NFC", name)), 1
        path = f"{folder}/{fitting(safe, LONGEST)}"
        while path.casefold() in self.taken:
            number += 1
            path = f"{folder}/{fitting(safe, LONGEST, f' ({number})')}"
        self.taken.add(path.casefold())
        return path


@dataclass(frozen=True)
class StoredFile:
    """A file of the portal's storages, and its place in the archive.

    Attributes:
        column: which column names it, as in `tables.column_of`.
        owner: primary key of the row.
        name: in the storage.
        path: in the archive.
        storage: where the bytes lie.
        sha256: what was written down about it when it came; empty when nothing was.
    """

    column: str
    owner: Any
    name: str
    path: str
    storage: Storage
    sha256: str

    @property
    def size(self) -> int:
        """Bytes.

        Raises:
            ArchiveRefused: the file is missing.
        """
        try:
            return self.storage.size(self.name)
        except FileNotFoundError:
            raise self._missing() from None

    def chunks(self) -> Iterator[bytes]:
        """The bytes, piece by piece.

        Raises:
            ArchiveRefused: the file is missing, or not what was stored.
        """
        digest = hashlib.sha256()
        try:
            with self.storage.open(self.name) as stream:
                while piece := stream.read(CHUNK):
                    digest.update(piece)
                    yield piece
        except FileNotFoundError:
            raise self._missing() from None
        if self.sha256 and digest.hexdigest() != self.sha256:
            raise ArchiveRefused(
                f"Файл {self._told} в хранилище повреждён ({self.name}): восстановите его из резервной копии."
            )

    @property
    def _told(self) -> str:
        return quoted(PurePath(self.path).name)

    def _missing(self) -> ArchiveRefused:
        return ArchiveRefused(f"Файла {self._told} нет в хранилище ({self.name}): восстановите его из резервной копии.")


@dataclass(frozen=True)
class Place:
    """How the files of a column are called.

    Attributes:
        folder: in the archive.
        name: of a row's file, without regard to what is taken.
        related: rows that the name is made of, read with the same query.
    """

    folder: Callable[[Any], str]
    name: Callable[[Any], str]
    related: tuple[str, ...] = ()


def stored_files(names: Names) -> list[StoredFile]:
    """Every stored file that a row names, each with its place. One query for each column of files.

    Args:
        names: what is taken; the new places are added.
    """
    found: list[StoredFile] = []
    for model in archived_models():
        for column in file_fields(model):
            place = PLACES.get(column_of(column)) or _somewhere(model, column)
            rows = model._base_manager.select_related(*place.related).exclude(**{column.attname: ""}).order_by("pk")
            found.extend(
                _stored_file(row, column, names.take(place.folder(row), place.name(row)))
                for row in rows.iterator(chunk_size=500)
            )
    return found


def _stored_file(row: models.Model, column: models.FileField, path: str) -> StoredFile:
    return StoredFile(
        column=column_of(column),
        owner=row.pk,
        name=getattr(row, column.attname).name,
        path=path,
        storage=column.storage,
        sha256=recorded_sum(row, column),
    )


def recorded_sum(row: models.Model, column: models.FileField) -> str:
    """The SHA-256 that a row keeps of a file; empty when it keeps none."""
    recorded = [getattr(row, name, "") for name in (f"{column.attname}_sha256", "sha256")]
    return next(filter(None, recorded), "")


def _somewhere(model: type[models.Model], column: models.FileField) -> Place:
    """The place of files that nobody found a better name for."""
    folder = safe_name(f"{model._meta.verbose_name_plural}, {column.verbose_name}".capitalize())
    return Place(
        folder=lambda row: f"{ATTACHMENTS}/{folder}",
        name=lambda row: f"{row.pk}{PurePath(getattr(row, column.attname).name).suffix}",
    )


def _issued_name(document: IssuedDocument) -> str:
    return f"{shortened(document.title, TITLE)}, {document.verification_code}"


def _signature_name(signature: Signature, what: str, ending: str) -> str:
    return f"{_issued_name(signature.document)}, {what} {signature.pk}{ending}"


def letter_name(letter: Letter) -> str:
    """«Исх. № 5-24, Долгих Д.С.»: how a letter's files are called."""
    number = f"Исх. № {letter.number}" if letter.is_registered else f"Без номера, {letter.pk}"
    return f"{_dashed(number)}, {shortened(letter.addressed_to, TITLE)}"


def _dashed(number: str) -> str:
    """A number as a file can be called: «5-24» of «5/24»."""
    return number.replace("/", "-")


def _attachment_folder(file: Attachment) -> str:
    if file.incoming:
        return f"{ATTACHMENTS}/Входящие"
    return f"{ATTACHMENTS}/{'Письма' if file.step else 'Ход исполнения'}"


def _attachment_name(file: Attachment) -> str:
    if file.entry:
        return f"{file.entry.happened_on:%Y-%m-%d}, пункт {file.entry.point.number}, {file.name}"
    if file.incoming:
        number = file.incoming.letter.number
        which = f"вх. № {_dashed(number)}" if number else "без письма"
        return f"{file.incoming.happened_on:%Y-%m-%d}, {which}, {file.name}"
    if file.member_report:
        report = file.member_report.report
        whose = f"пункт {report.point.number}, {report.municipality.name}"
        return f"{file.member_report.happened_on:%Y-%m-%d}, {whose}, {file.name}"
    step = cast(LetterStep, file.step)  # the database holds one of the four: attachment_of_one_thing
    return f"{step.happened_on:%Y-%m-%d}, исх. № {_dashed(step.letter.number)}, {file.name}"


PLACES: dict[str, Place] = {
    "documents.IssuedDocument.file": Place(lambda row: ISSUED, lambda row: f"{_issued_name(row)}.pdf"),
    "documents.Signature.container": Place(
        lambda row: ISSUED, lambda row: _signature_name(row, "подпись", ".sig"), ("document",)
    ),
    "documents.Signature.scan": Place(
        lambda row: ISSUED, lambda row: _signature_name(row, "скан", PurePath(row.scan.name).suffix), ("document",)
    ),
    "resolutions.Attachment.file": Place(
        _attachment_folder,
        _attachment_name,
        (
            "entry__point",
            "step__letter",
            "incoming__letter",
            "member_report__report__point",
            "member_report__report__municipality",
        ),
    ),
    "municipalities.ImportedFile.file": Place(
        lambda row: f"{ATTACHMENTS}/Загрузки из Excel", lambda row: f"Загрузка {row.batch_id}, {row.name}"
    ),
    "resolutions.PastImport.file": Place(
        lambda row: f"{ATTACHMENTS}/Решения прошлых лет", lambda row: f"Загрузка {row.pk}, {row.name}"
    ),
}
