"""A disk that fills up under twenty writers: nothing that was acknowledged is lost, and with room all goes on."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from sgcszr_portal.files import compare
from tests.sgcszr_portal.archive.portal import files_in
from tests.soak.databases import Database
from tests.soak.programs import environment, free_port, web
from tests.soak.running import Portal
from tests.soak.writers import Crowd, Writer

# Bytes that the disk has more than it needs to begin with. PostgreSQL has a disk of its own.
ROOM = {"files": 512 * 1024} | ({"both": 4 * 1024 * 1024} if connection.vendor == "sqlite" else {})


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64m,mode=0755", "portal-soak", str(place)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the system's own
    if mounted.returncode:
        pytest.skip(f"a small disk can be mounted by root alone: {mounted.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)  # noqa: S603, S607 - the system's own


def fill(disk: Path, room: int) -> Path:
    """Leave so many bytes; gives the file that fills the rest."""
    ballast = disk / "ballast"
    with ballast.open("wb") as stream:
        os.posix_fallocate(stream.fileno(), 0, shutil.disk_usage(disk).free - room)
    return ballast


@pytest.mark.soak
@pytest.mark.parametrize("full", ROOM)
def test_a_full_disk_loses_nothing(
    stored: Database, writers: list[Writer], disk: Path, tmp_path: Path, full: str
) -> None:
    if full == "both":
        path = Path(stored.url.removeprefix("sqlite:///"))
        moved = shutil.move(path, disk / path.name)
        stored.url = f"sqlite:///{moved}"
    port, known = free_port(), environment(stored.url, disk)
    server = web(port, known, tmp_path)
    server.start()
    portal = Portal(port, known, stored, server, disk / "media")
    ballast = fill(disk, ROOM[full])
    try:
        with Crowd(writers, port) as crowd:
            crowd.wait_for_answers(503, 100)
            before = crowd.acknowledged
            assert portal.ask("/resolutions/") == 200  # reading goes on
            assert portal.ask("/readyz") == 503
            ballast.unlink()
            crowd.wait_for(100)
        assert before > 0 and not crowd.wrong, crowd.wrong[:1]
        assert all(one.acknowledged for one in writers)
    finally:
        portal.end()
    with stored.looked_into(), files_in(portal.media):
        assert not [stray for stray in compare().strays if stray.is_unfinished]  # no kill: nothing stays half-way
    portal.nothing_is_lost(writers)
