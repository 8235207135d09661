"""Restoring an archive into an empty portal: all of it, or nothing."""

import contextlib
import hashlib
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import SuspiciousOperation
from django.core.files import File
from django.core.files.storage import Storage
from django.db import DatabaseError, connection, models, transaction

from documents.models import DamagedDocument, IssuedDocument
from documents.storage import WriteOnceViolation
from russian.templatetags.russian import quoted
from sgcszr_portal.archive.data import PortalData
from sgcszr_portal.archive.format import CHUNK, ArchiveRefused
from sgcszr_portal.archive.keys import continue_keys
from sgcszr_portal.archive.reading import OpenedArchive, opened
from sgcszr_portal.archive.tables import (
    BROUGHT,
    archived_models,
    column_of,
    file_fields,
    instance_of,
    instances,
    named,
    row_of,
)

logger = logging.getLogger(__name__)


@dataclass
class Restored:
    """What was restored.

    Attributes:
        rows: how many rows.
        files: storage and name of the files that were written now; not those that lay there already.
        kept: how many files lay there already, with the same bytes.
    """

    rows: int = 0
    files: list[tuple[Storage, str]] = field(default_factory=list)
    kept: int = 0


def restore_archive(path: Path) -> Restored:
    """Restore an archive into an empty portal.

    Rows keep their keys, moments and authors; blanked secrets get fresh values, so that nobody can log in before
    setting a new password. When anything fails the database stays empty, and files that were written are removed;
    issued documents, which are written once, may stay behind in their storage: nothing names them, and the same bytes
    may be stored there again.

    Args:
        path: of the ZIP.

    Returns:
        What was restored.

    Raises:
        ArchiveRefused: the portal is not empty, or the archive is damaged, changed, hostile or of another version.
    """
    restored = Restored()
    with opened(path) as archive:
        _check_files(archive)
        try:
            with transaction.atomic():
                _refuse_unless_empty()
                restored.rows = _store_rows(archive.data)
                _store_files(archive, restored)
                _check_state(archive.data)
        except BaseException:
            _remove(restored.files)
            raise
    return restored


def _check_files(archive: OpenedArchive) -> None:
    """Each stored file that a row names is in the archive, and each that the archive lists is named by a row."""
    for model in archived_models():
        for column in file_fields(model):
            listed = archive.data.files.get(column_of(column), {})
            rows = archive.data.tables[model._meta.label]
            named = {row.get(column.attname) for row in rows if isinstance(row, Mapping)} - {"", None}
            if named != listed.keys() or not set(listed.values()) <= archive.paths:
                raise ArchiveRefused(f"Файлы таблицы {model._meta.label} в архиве не сходятся с её строками.")


def _refuse_unless_empty() -> None:
    for model in archived_models():
        count = 0 if model._meta.label in BROUGHT else model._base_manager.count()
        if count:
            raise ArchiveRefused(
                f"Портал не пуст ({named(model)}: {count}). Архив восстанавливают только в пустой: "
                "после migrate, до seed и createsuperuser."
            )


def _store_rows(data: PortalData) -> int:
    """Store the rows as they are: no history is written about it, no moment is set, nothing is derived anew.

    Append-only records refuse to be changed; adding them is what they are for.
    """
    count = 0
    for label in BROUGHT:  # past everything that would write history of it
        rows: Any = apps.get_model(label)._base_manager.all()
        rows._raw_delete(connection.alias)
    try:
        for model in archived_models():
            for row in data.tables[model._meta.label]:
                models.Model.save_base(instance_of(model, row), raw=True, force_insert=True)
                count += 1
        connection.check_constraints()
    except DatabaseError as refused:
        raise ArchiveRefused(
            f"База данных не приняла сведения архива: они нарушают её правила ({str(refused).splitlines()[0]})."
        ) from refused
    continue_keys(archived_models())
    return count


def _store_files(archive: OpenedArchive, restored: Restored) -> None:
    for model in archived_models():
        for column in file_fields(model):
            for name, path in archive.data.files.get(column_of(column), {}).items():
                _store_file(archive, column.storage, name, path, restored)


def _store_file(archive: OpenedArchive, storage: Storage, name: str, path: str, restored: Restored) -> None:
    try:
        if storage.exists(name):
            _refuse_other_bytes(archive, storage, name, path)
            restored.kept += 1
            return
        restored.files.append((storage, name))  # before: half a file is to be removed too
        with archive.file(path) as stream:
            stored = storage.save(name, File(stream, name=name))
    except SuspiciousOperation:
        raise ArchiveRefused(f"Архив просит записать файл мимо хранилища портала: {name!r}.") from None
    except WriteOnceViolation:
        raise ArchiveRefused(f"В хранилище уже лежит другой файл под именем {name}.") from None
    if stored != name:
        raise ArchiveRefused(f"Хранилище не приняло имя файла {name}.")


def _refuse_other_bytes(archive: OpenedArchive, storage: Storage, name: str, path: str) -> None:
    """A database may be lost and its files still be there."""
    with archive.file(path) as wanted, storage.open(name) as present:
        if _sum(wanted) != _sum(present):
            raise ArchiveRefused(f"В хранилище уже лежит другой файл под именем {name}.")


def _sum(stream: Any) -> str:
    digest = hashlib.sha256()
    while piece := stream.read(CHUNK):
        digest.update(piece)
    return digest.hexdigest()


def _check_state(data: PortalData) -> None:
    """Read everything back: what this database cannot hold exactly is found here, and not years later."""
    for model in archived_models():
        label = model._meta.label
        rows: Iterator[Any] = iter(sorted(data.tables[label], key=lambda row: row[model._meta.pk.attname]))
        for stored, row in zip(instances(model), rows, strict=True):
            if row_of(stored) != row:
                raise ArchiveRefused(
                    f"Таблица {label}: запись {stored.pk} читается из базы данных не такой, какой была в архиве."
                )
    for document in IssuedDocument.objects.all():
        try:
            document.read()
        except DamagedDocument as damaged:
            raise ArchiveRefused(f"Документ {quoted(str(document))} в архиве не тот, что был выпущен.") from damaged


def _remove(files: list[tuple[Storage, str]]) -> None:
    for storage, name in files:
        with contextlib.suppress(WriteOnceViolation):
            storage.delete(name)
    if files:
        logger.warning("The archive was not restored; %s files that were written are removed", len(files))
