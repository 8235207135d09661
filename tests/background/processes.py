"""Workers in processes of their own, on the database of the test."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection

DATABASE_VARIABLE = "DATABASE_URL"


def environment() -> dict[str, str]:
    """What a process needs to find the settings and the database of the test."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", DATABASE_VARIABLE: database_url()}


def database_url() -> str:
    """The address of the database that the test writes to."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    who = f"{quote(given['USER'])}:{quote(given['PASSWORD'])}"
    return f"postgresql://{who}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


def start_worker(*options: str, start_new_session: bool = False) -> "subprocess.Popen[bytes]":
    """A worker in a process of its own, whose heart beats fast; in a session of its own where that is said."""
    command = [sys.executable, "manage.py", "portal_worker", "--skip-checks", "--beat", "0.1", *options]
    return subprocess.Popen(  # noqa: S603 - our own command
        command,
        cwd=settings.BASE_DIR,
        env=environment(),
        stderr=subprocess.DEVNULL,
        start_new_session=start_new_session,
    )


@contextmanager
def worker(*options: str, start_new_session: bool = False) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker that is gone afterwards."""
    process = start_worker(*options, start_new_session=start_new_session)
    try:
        yield process
    finally:
        kill(process)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """As kill -9 does."""
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
    process.wait()


def until(holds: Callable[[], object], *, seconds: float = 30) -> None:
    """Wait until something holds.

    Raises:
        AssertionError: it does not.
    """
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
