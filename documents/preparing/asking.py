"""Asking for a file: the row and its task come about together, once for a content and a day.

Papers that everybody may see are asked for by strangers too, each day and each filter anew. So what strangers alone
wait for is made after what somebody who is logged in waits for, and there is only so much of it at a time.
"""

import datetime as dt
import threading
import time
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.limits import network_of
from background import queue
from documents.models import PreparedFile
from documents.models.prepared import PreparedState
from documents.preparing import tasks
from documents.preparing.digests import digest_of
from documents.preparing.makers import Arguments, maker_of

FOR_STAFF, LONG, FOR_STRANGERS = 0, -10, -20  # priorities: the highest is made first; with 0 run all other tasks
STRANGERS_TOGETHER = 10  # papers on their way that strangers alone wait for; a few more when several ask in one moment
ONE_NETWORK = 3  # of these: nobody alone shuts the others out

SHORT_WAIT = 0.8  # seconds
PAUSE = 0.05
_waiters = threading.BoundedSemaphore(2)  # of this process: those who wait must not keep its other threads from readers


class TooManyAsked(Exception):
    """Strangers together wait for as many papers as they may; nothing was asked for."""


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


def network_digest(request: HttpRequest) -> str:
    """By what strangers are told apart while their papers are on their way; empty for whoever is logged in."""
    if request.user.is_authenticated:
        return ""
    return salted_hmac("documents.preparing", network_of(request)).hexdigest()


def wanted(kind: str, arguments: Arguments) -> Wanted:
    """Read what a paper shows now.

    Raises:
        ObjectDoesNotExist: there is nothing to show.
    """
    day = timezone.localdate()
    return Wanted(kind, arguments, day, digest_of(kind, day, maker_of(kind).read(arguments)))


def ask(one: Wanted, *, for_staff: bool, network: str = "") -> PreparedFile:
    """The row of a file, which is asked for if nobody did. A file that has become stale is asked for anew.

    Args:
        one: what is wanted.
        for_staff: whether who asks is logged in: a file that strangers wait for moves up.
        network: of a stranger who asks, as `network_digest` says it.

    Raises:
        TooManyAsked: a stranger asks for one file too many.
    """
    known = PreparedFile.objects.with_prospects().filter(kind=one.kind, digest=one.digest)
    found = known.first()
    if found is None:
        try:
            return _create(one, for_staff=for_staff, network=network)
        except IntegrityError:  # somebody else asked in this moment
            found = known.get()
    if found.state == PreparedState.STALE:
        return begin_again(found, one.arguments, for_staff=for_staff, network=network)
    if for_staff and found.is_under_way and not found.for_staff:
        _move_up(found)
    return found


@transaction.atomic
def _create(one: Wanted, *, for_staff: bool, network: str) -> PreparedFile:
    _refuse_one_too_many(for_staff=for_staff, network=network)
    row = PreparedFile.objects.create(
        kind=one.kind,
        arguments=dict(one.arguments),
        day=one.day,
        digest=one.digest,
        for_staff=for_staff,
        network=network,
        state=PreparedState.WAITING,
    )
    _enqueue(row, for_staff=for_staff)
    return _as_it_is(row)


def _refuse_one_too_many(*, for_staff: bool, network: str) -> None:
    """Called in the transaction that asks, so that what is counted on SQLite is exact.

    Raises:
        TooManyAsked: a stranger asks, and strangers, or those of the same network, wait for enough.
    """
    if for_staff:
        return
    asked = PreparedFile.objects.under_way().filter(for_staff=False).values_list("network", flat=True)
    networks = list(asked)
    if len(networks) >= STRANGERS_TOGETHER or networks.count(network) >= ONE_NETWORK:
        raise TooManyAsked


@transaction.atomic
def _move_up(row: PreparedFile) -> None:
    """Let a file be made among those of the staff, unless it was begun again meanwhile."""
    if row.task and PreparedFile.objects.filter(pk=row.pk, task=row.task).update(for_staff=True):
        queue.move_up(row.task, _priority(row, for_staff=True))


def begin_again(
    row: PreparedFile, arguments: Arguments | None = None, *, for_staff: bool, network: str = ""
) -> PreparedFile:
    """Have a file made again that failed, is stale or was lost; two who ask at once begin it once.

    Args:
        row: as it was read.
        arguments: of who asks now for the same content; the first one's may lead to another by now, or nowhere.
        for_staff, network: who asks now, as of `ask`.

    Raises:
        TooManyAsked: as `ask`.
    """
    again: dict[str, Any] = {
        "state": PreparedState.WAITING,
        "done": 0,
        "total": 0,
        "error": "",
        "for_staff": for_staff,
        "network": network,
        "requested_at": timezone.now(),
    }
    empty = {"file": "", "sha256": "", "size": 0, "ready_at": None, "lacks": ""}
    with transaction.atomic():
        _refuse_one_too_many(for_staff=for_staff, network=network)
        if arguments is not None:
            again["arguments"] = dict(arguments)
        mine = PreparedFile.objects.filter(pk=row.pk, state=row.state, task=row.task)
        if mine.update(**again, **empty, task=None):
            _enqueue(row, for_staff=for_staff)
    return _as_it_is(row)


def _enqueue(row: PreparedFile, *, for_staff: bool) -> None:
    task = tasks.make_long_file if maker_of(row.kind).is_long else tasks.make_file
    asked = task.using(priority=_priority(row, for_staff=for_staff)).enqueue(row.pk)
    PreparedFile.objects.filter(pk=row.pk).update(task=asked.id)


def _priority(row: PreparedFile, *, for_staff: bool) -> int:
    if maker_of(row.kind).is_long:
        return LONG
    return FOR_STAFF if for_staff else FOR_STRANGERS


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
