"""Connections that PostgreSQL ends between two requests: the next request knows nothing of it."""

from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.soak.databases import Database
from tests.soak.programs import environment, free_port, web
from tests.soak.running import Portal
from tests.soak.writers import Writer

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connections that somebody ends"),
    pytest.mark.slow,
]
OURS = "SELECT pid FROM pg_stat_activity WHERE datname = 'portal' AND pid <> pg_backend_pid() ORDER BY pid"


def processes(database: Database) -> list[int]:
    """The server's processes that serve the portal."""
    with psycopg.connect(database.url) as other:
        return [pid for (pid,) in other.execute(OURS)]


def test_connections_are_kept_and_replaced(portal: Portal, stored: Database, writers: list[Writer]) -> None:
    for _ in range(8):
        assert portal.ask("/resolutions/") == 200
    kept = processes(stored)
    assert 0 < len(kept) <= 8  # workers × threads
    with psycopg.connect(stored.url) as other:
        for pid in kept:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert {portal.ask("/resolutions/") for _ in range(24)} == {200}
    assert not set(kept) & set(processes(stored))


def test_a_server_that_starts_anew_costs_no_request_after(portal: Portal, stored: Database) -> None:
    assert portal.ask("/resolutions/") == 200
    stored.program.kill()
    assert {portal.ask("/resolutions/") for _ in range(4)} == {503}
    assert portal.ask("/healthz") == 200
    assert portal.ask("/readyz") == 503
    stored.program.start()
    assert {portal.ask("/resolutions/") for _ in range(24)} == {200}


def test_without_keeping_each_request_has_its_own(stored: Database, writers: list[Writer], tmp_path: Path) -> None:
    port, known = free_port(), environment(stored.url, tmp_path, CONN_MAX_AGE="0")
    server = web(port, known, tmp_path)
    server.start()
    try:
        portal = Portal(port, known, stored, server, tmp_path / "media")
        assert portal.ask("/resolutions/") == 200
        assert processes(stored) == []
    finally:
        server.kill()
