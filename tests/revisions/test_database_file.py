"""Whoever serves makes no database: where its disk is away, none appears in its place."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from revisions.database_file import database_file

SERVES = """
import sgcszr_portal.wsgi
from django.db import OperationalError, connection
from revisions.database_file import database_file
try:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master")
        print("tables", cursor.fetchone()[0], database_file())
except OperationalError as away:
    from background.outage import is_outage
    print("away", is_outage(away))
"""
pytestmark = pytest.mark.slow


def serve(database: Path) -> str:
    """What a web process finds there."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{database}",
    }
    command = [sys.executable, "-c", SERVES]
    ran = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    return ran.stdout.strip()


def test_a_database_that_is_away_is_not_made(tmp_path: Path) -> None:
    database = tmp_path / "portal.sqlite3"
    assert serve(database) == "away True"
    assert not database.exists()


def test_one_that_is_there_is_opened_whatever_its_name(tmp_path: Path) -> None:
    database = tmp_path / "портал один.sqlite3"
    sqlite3.connect(database).execute("CREATE TABLE one (two)")
    assert serve(database) == f"tables 1 {database}"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has a file")
def test_a_plain_name_is_the_file_itself() -> None:
    assert str(database_file()) == connection.settings_dict["NAME"]
