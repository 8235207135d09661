"""Asking for a file: the row and its task come about together, once for a content and a day."""

import datetime as dt
import threading
import time
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from documents.models import PreparedFile
from documents.models.prepared import PreparedState
from documents.preparing import tasks
from documents.preparing.digests import digest_of
from documents.preparing.makers import Arguments, maker_of

SHORT_WAIT = 0.8  # seconds
PAUSE = 0.05
_waiters = threading.BoundedSemaphore(2)  # of this process: those who wait must not keep its other threads from readers


@dataclass(frozen=True)
class Wanted:
    """What somebody asks for, who may see it.

    Attributes:
        kind, arguments: of the maker.
        day: when.
        digest: of the content.
    """

    kind: str
    arguments: Arguments
    day: dt.date
    digest: str


def wanted(kind: str, arguments: Arguments) -> Wanted:
    """Read what a paper shows now.

    Raises:
        ObjectDoesNotExist: there is nothing to show.
    """
    day = timezone.localdate()
    return Wanted(kind, arguments, day, digest_of(kind, day, maker_of(kind).read(arguments)))


def ask(one: Wanted) -> PreparedFile:
    """The row of a file, which is asked for if nobody did. A file that has become stale is asked for anew."""
    found = PreparedFile.objects.with_prospects().filter(kind=one.kind, digest=one.digest).first()
    if found is None:
        try:
            found = _create(one)
        except IntegrityError:  # somebody else asked in this moment
            found = PreparedFile.objects.get(kind=one.kind, digest=one.digest)
    elif found.state == PreparedState.STALE:
        found = begin_again(found, one.arguments)
    return found


@transaction.atomic
def _create(one: Wanted) -> PreparedFile:
    row = PreparedFile.objects.create(
        kind=one.kind, arguments=dict(one.arguments), day=one.day, digest=one.digest, state=PreparedState.WAITING
    )
    _enqueue(row)
    return _as_it_is(row)


def begin_again(row: PreparedFile, arguments: Arguments | None = None) -> PreparedFile:
    """Have a file made again that failed, is stale or was lost; two who ask at once begin it once.

    Args:
        row: as it was read.
        arguments: of who asks now for the same content; the first one's may lead to another by now, or nowhere.
    """
    again: dict[str, Any] = {
        "state": PreparedState.WAITING,
        "done": 0,
        "total": 0,
        "error": "",
        "requested_at": timezone.now(),
    }
    empty = {"file": "", "sha256": "", "size": 0, "ready_at": None}
    with transaction.atomic():
        if arguments is not None:
            again["arguments"] = dict(arguments)
        mine = PreparedFile.objects.filter(pk=row.pk, state=row.state, task=row.task)
        if mine.update(**again, **empty, task=None):
            _enqueue(row)
    return _as_it_is(row)


def _enqueue(row: PreparedFile) -> None:
    task = tasks.make_long_file if maker_of(row.kind).is_long else tasks.make_file
    PreparedFile.objects.filter(pk=row.pk).update(task=task.enqueue(row.pk).id)


def _as_it_is(row: PreparedFile) -> PreparedFile:
    return PreparedFile.objects.with_prospects().get(pk=row.pk)


def wait_shortly(row: PreparedFile) -> PreparedFile:
    """Give a file a moment to get ready, if somebody makes it and not too many wait already.

    Returns:
        The row as it is then.
    """
    if not (row.is_under_way and row.worker_lives and _waiters.acquire(blocking=False)):
        return row
    try:
        end = time.monotonic() + SHORT_WAIT
        while row.is_under_way and time.monotonic() < end:
            time.sleep(PAUSE)
            row = _as_it_is(row)
        return row
    finally:
        _waiters.release()
