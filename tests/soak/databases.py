"""Databases of their own, which may be killed: they begin with what the test wrote."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.db import connection

from tests.background.processes import database_url
from tests.soak.programs import Program, free_port

# Another process that writes to the same file, and gives it up again; when it is killed it is in the middle.
NEIGHBOUR = """
import sqlite3, sys, time
while True:
    other = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
    other.execute("BEGIN IMMEDIATE")
    for number in range(200):
        other.execute("INSERT INTO django_session VALUES (?, ?, '2030-01-01')", (f"half{number}", "x" * 10_000))
        time.sleep(0.001)
    other.execute("ROLLBACK")
    other.close()
    time.sleep(0.3)
"""


@dataclass
class Database:
    """A database that is not the test's.

    Attributes:
        url: as `DATABASE_URL`.
        program: what to kill: the server, or a neighbour that writes to the file.
    """

    url: str
    program: Program

    @contextmanager
    def looked_into(self) -> Iterator[None]:
        """Meanwhile the connection of the test is one to this database."""
        address = urlsplit(self.url)
        if address.scheme == "sqlite":
            other = {"NAME": self.url.removeprefix("sqlite:///")}
        else:
            other = {"NAME": "portal", "USER": "portal", "PASSWORD": "", "HOST": "127.0.0.1", "PORT": str(address.port)}
        own = {key: connection.settings_dict[key] for key in other}
        connection.close()
        connection.settings_dict.update(other)
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict.update(own)


@contextmanager
def database(folder: Path) -> Iterator[Database]:
    """A copy of the test's database, in a file or a server of its own."""
    made = _file(folder) if connection.vendor == "sqlite" else _server(folder)
    with made as ready:
        yield ready


@contextmanager
def _file(folder: Path) -> Iterator[Database]:
    path = folder / "portal.sqlite3"
    here, there = sqlite3.connect(connection.settings_dict["NAME"]), sqlite3.connect(path)
    here.backup(there)
    there.execute("PRAGMA journal_mode=WAL")
    here.close()
    there.close()
    command = [sys.executable, "-c", NEIGHBOUR, str(path)]
    neighbour = Program("neighbour of SQLite", command, dict(os.environ), folder / "neighbour.log")
    try:
        yield Database(f"sqlite:///{path}", neighbour)
    finally:
        neighbour.kill()


@contextmanager
def _server(folder: Path) -> Iterator[Database]:
    """PostgreSQL, started as the user who may run it: it refuses root."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"))
    user = "postgres" if os.geteuid() == 0 else None
    place = Path(tempfile.mkdtemp(prefix="portal-soak-"))
    if user:
        shutil.chown(place, user)
    data, port = place / "data", free_port()
    options: dict[str, Any] = {"user": user, "check": True, "cwd": place, "stdout": subprocess.DEVNULL}
    setting_up = ["--no-sync", "--auth=trust", "--username=portal", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run([str(programs / "initdb"), "-D", str(data), *setting_up], **options)  # noqa: S603 - Debian's own program
    serving = [str(programs / "postgres"), "-D", str(data), "-p", str(port), "-k", str(place)]

    def is_ready() -> bool:
        asked = [
            str(programs / "psql"),
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
            "-U",
            "portal",
            "-c",
            "SELECT 1",
            "postgres",
        ]
        return subprocess.run(asked, capture_output=True, check=False).returncode == 0  # noqa: S603 - as above

    log = place / "log"
    server = Program("PostgreSQL", serving, dict(os.environ), log, is_ready, user)
    url = f"postgresql://portal@127.0.0.1:{port}/portal"
    try:
        server.start()
        _copy(programs, port)
        yield Database(url, server)
    finally:
        server.kill()
        shutil.rmtree(place, ignore_errors=True)


def _copy(programs: Path, port: int) -> None:
    """What is in the test's database, without its owner."""
    at = ["-h", "127.0.0.1", "-p", str(port), "-U", "portal"]
    subprocess.run([str(programs / "createdb"), *at, "portal"], check=True)  # noqa: S603 - Debian's own programs
    dumping = [str(programs / "pg_dump"), "--no-owner", "--no-privileges", database_url()]
    dump = subprocess.run(dumping, capture_output=True, check=True)  # noqa: S603 - as above
    loading = [str(programs / "psql"), *at, "-q", "-v", "ON_ERROR_STOP=1", "portal"]
    subprocess.run(loading, input=dump.stdout, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - as above
