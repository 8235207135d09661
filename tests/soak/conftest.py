"""A portal of its own processes, and people who write to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from resolutions.models import DecisionPoint, Resolution
from tests.municipalities.factory import city
from tests.resolutions.factory import decision
from tests.soak.databases import Database, database
from tests.soak.programs import environment, free_port, web
from tests.soak.running import Portal
from tests.soak.writers import Writer

WRITERS = 20


@pytest.fixture
def writers(transactional_db: None, secretariat: User) -> list[Writer]:
    """Half of them report on points with a file, half state the participation of a city."""
    client = Client()
    client.force_login(secretariat)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    half = WRITERS // 2
    resolution: Resolution = decision(*["recommendation"] * half, by=secretariat)
    made = [_reporter(point, session) for point in resolution.points.all()]
    for number in range(half):
        known = city(f"Город {number}", 10_000_000 + number)
        address = f"/municipalities/{known.slug}/participation/"
        made.append(Writer(address, session, f"city{number}", known.version, with_file=False))
    return made


def _reporter(point: DecisionPoint, session: str) -> Writer:
    address = f"/resolutions/decision/points/{point.number}/steps/note/"
    return Writer(address, session, f"point{point.number}", point.version, with_file=True)


@pytest.fixture
def stored(writers: list[Writer], tmp_path: Path) -> Iterator[Database]:
    """A database of its own, with what the writers need."""
    with database(tmp_path) as made:
        yield made


@pytest.fixture
def portal(stored: Database, tmp_path: Path) -> Iterator[Portal]:
    """The portal, served from that database; nothing of it is left afterwards."""
    port = free_port()
    known = environment(stored.url, tmp_path)
    made = Portal(port, known, stored, web(port, known, tmp_path), tmp_path / "media")
    made.web.start()
    try:
        yield made
    finally:
        made.end()
