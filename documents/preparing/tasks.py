"""What the worker does: makes a file, and forgets old ones."""

import datetime as dt
import hashlib
import time
from collections.abc import Iterator
from typing import IO

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.base import ContentFile, File
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import task

from documents.fonts import PaperError
from documents.models import PreparedFile
from documents.models.prepared import UNDER_WAY, PreparedState
from documents.preparing.digests import digest_of
from documents.preparing.makers import CannotBeMade, Incomplete, maker_of

KEPT = dt.timedelta(days=2)  # its digest holds the day: nobody finds an older one
LONG_KEPT = dt.timedelta(hours=1)
TELLS_EVERY = 0.5  # seconds


@task(label="Составление файла", max_attempts=3, backoff=5, time_limit=900)
def make_file(pk: int) -> None:
    """Make a paper."""
    _make(pk)


@task(label="Составление большого файла", max_attempts=2, backoff=30, time_limit=3600)
def make_long_file(pk: int) -> None:
    """Make what takes long."""
    _make(pk)


@task(label="Удаление старых составленных файлов")
def forget_old_files() -> None:
    """Remove files that nobody finds any more, then the oldest of those that take more room than there is for all."""
    for row in PreparedFile.objects.filter(requested_at__lt=timezone.now() - LONG_KEPT).iterator():
        kept = LONG_KEPT if row.ready_at and _is_long(row) else KEPT
        if (row.ready_at or row.requested_at) < timezone.now() - kept:
            _forget(row)
    for row in _without_room():
        _forget(row)


def _forget(row: PreparedFile) -> None:
    """Remove the file, then its row, so that a kill leaves no orphan."""
    for name in {name_of(row), row.file.name} - {""}:
        row.file.storage.delete(name)
    PreparedFile.objects.filter(pk=row.pk, requested_at=row.requested_at).delete()


def _without_room() -> Iterator[PreparedFile]:
    """Files that are ready and for which younger ones leave no room; the youngest always has it, however large."""
    taken = 0
    for row in PreparedFile.objects.filter(state=PreparedState.READY).order_by("-ready_at", "-pk").iterator():
        if taken and taken + row.size > settings.PREPARED_SPACE:
            yield row
        taken += row.size


def _is_long(row: PreparedFile) -> bool:
    try:
        return maker_of(row.kind).is_long
    except KeyError:  # of a version that is gone
        return True


def name_of(row: PreparedFile) -> str:
    """Where the file will lie: known beforehand, so that one whose maker was killed is found again."""
    return f"{row.kind}/{row.key}"


class _Progress:
    """Tells the row how far its file is, a few times a second at most."""

    def __init__(self, row: PreparedFile) -> None:
        self.row, self.told_at = row, 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.told_at >= TELLS_EVERY:
            self.told_at = time.monotonic()
            _open(self.row.pk).update(done=min(done, total) if total else done, total=total)


def _open(pk: int) -> "QuerySet[PreparedFile]":
    return PreparedFile.objects.filter(pk=pk, state__in=UNDER_WAY)


def _make(pk: int) -> None:
    """Read the content anew; make the file if it is still the content that was asked for."""
    if not _open(pk).update(state=PreparedState.MAKING, done=0, total=0):
        return
    row = PreparedFile.objects.get(pk=pk)
    maker = maker_of(row.kind)
    try:
        content = maker.read(row.arguments)
    except ObjectDoesNotExist:
        content = None
    if content is None or digest_of(row.kind, row.day, content) != row.digest:
        _open(pk).update(state=PreparedState.STALE)
        return
    try:
        made = maker.make(content, _Progress(row))
    except (PaperError, CannotBeMade) as refused:
        _open(pk).update(state=PreparedState.FAILED, error=str(refused))
    else:
        whole = made if isinstance(made, Incomplete) else Incomplete(made, lacks="")
        _keep(row, whole.file, whole.lacks)


def _keep(row: PreparedFile, made: bytes | IO[bytes], lacks: str) -> None:
    """Store the file, then say so. What an attempt that was killed in between left is replaced."""
    digest, size, storage = hashlib.sha256(), 0, row.file.storage
    with ContentFile(made) if isinstance(made, bytes) else File(made) as file:
        for chunk in file.chunks():
            digest.update(chunk)
            size += len(chunk)
        storage.delete(name_of(row))
        name = storage.save(name_of(row), file)
    kept = {"file": name, "sha256": digest.hexdigest(), "size": size, "lacks": lacks}
    if not _open(row.pk).update(state=PreparedState.READY, ready_at=timezone.now(), **kept):
        storage.delete(name)  # it was forgotten meanwhile
