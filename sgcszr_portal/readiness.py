"""Can the portal work? What it needs, tried one by one, for `/readyz`.

A check is a function without arguments; another one is added to `CHECKS`. What a check says is read by strangers: no
path, no name of a server, no figure.
"""

import datetime as dt
import functools
import logging
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from background.models import LiveWorker
from revisions.database_file import database_file
from revisions.patience import impatient
from sgcszr_portal.files import storages

KEPT = 1.0  # seconds for which an answer holds: whoever asks faster costs nothing
PATIENCE = 1.0  # seconds that a check waits for a lock

logger = logging.getLogger(__name__)


class State(Enum):
    """What a check found."""

    OK = "ok"
    REMARK = "remark"  # worth knowing; the portal serves all the same
    FAILED = "failed"


@dataclass(frozen=True)
class Check:
    """A check that was made.

    Attributes:
        name: what was tried, a word.
        state: what came of it.
        text: the same for people, in English.
    """

    name: str
    state: State
    text: str


def database() -> Check:
    """A row is written, and undone."""
    with impatient(PATIENCE), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'; SET LOCAL statement_timeout = '{PATIENCE}s'")
        Session.objects.create(session_key=secrets.token_hex(16), session_data="", expire_date=dt.datetime.now(dt.UTC))
        transaction.set_rollback(True)
    return Check("database", State.OK, "takes what is written")


def migrations() -> Check:
    """The database is of this code's version."""
    waiting = _migrations() - MigrationRecorder(connection).applied_migrations().keys()
    if waiting:
        return Check("migrations", State.FAILED, "some are not done: manage.py migrate")
    return Check("migrations", State.OK, "all done")


@functools.cache
def _migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def files() -> Check:
    """A file is written to each storage, and removed."""
    for storage in storages():
        storage.try_writing()
    return Check("files", State.OK, "can be stored")


def space() -> Check:
    """Disks have room for what a day brings: files, and SQLite."""
    places = [Path(storage.location) for storage in storages()]
    if connection.vendor == "sqlite":
        places.append(database_file().parent)
    if any(shutil.disk_usage(place).free < settings.MIN_FREE_SPACE for place in places):
        return Check("space", State.FAILED, "too little is left on a disk")
    return Check("space", State.OK, "enough is left on the disks")


def worker() -> Check:
    """Somebody works off the queue; a remark, for pages are served without."""
    if LiveWorker.objects.seen_lately().exists():
        return Check("worker", State.OK, "runs")
    return Check("worker", State.REMARK, "does not run: mail and long papers wait")


CHECKS: list[Callable[[], Check]] = [database, migrations, files, space, worker]


def tried() -> list[Check]:
    """All checks, made now; one that cannot be made has failed."""
    return [_tried(check) for check in CHECKS]


def _tried(check: Callable[[], Check]) -> Check:
    name = check.__name__
    try:
        return check()
    except (DatabaseError, InterfaceError, OSError):
        logger.warning("The portal is not ready: %s", name, exc_info=True)
        return Check(name, State.FAILED, "does not answer, or refuses")


class _Kept:
    """The last answer of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.at = 0.0
        self.checks: list[Check] = []

    def forget(self) -> None:
        """Ask anew, whenever the last time was."""
        self.checks = []

    def current(self) -> list[Check]:
        """Checks that are a second old at most; while somebody else makes them, the ones before."""
        if self.checks and time.monotonic() - self.at < KEPT:
            return self.checks
        if not self.lock.acquire(blocking=not self.checks):
            return self.checks
        try:
            if not self.checks or time.monotonic() - self.at >= KEPT:
                self.checks, self.at = tried(), time.monotonic()
            return self.checks
        finally:
            self.lock.release()


kept = _Kept()


def readiness() -> tuple[bool, dict[str, Any]]:
    """Whether the portal can work, and each check for JSON."""
    checks = kept.current()
    is_ready = all(check.state is not State.FAILED for check in checks)
    told = {check.name: {"state": check.state.value, "text": check.text} for check in checks}
    return is_ready, {"status": "ok" if is_ready else "unavailable", "checks": told}
