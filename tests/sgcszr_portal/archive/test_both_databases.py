"""From one database into another and back: by the real commands, in processes of their own."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from tests.sgcszr_portal.archive.conftest import Kept, data_of, files_below
from tests.sgcszr_portal.archive.portal import state_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor == "sqlite", reason="runs with PostgreSQL, from there to SQLite and back"),
]


class Elsewhere:
    """Another portal: its own database and its own folder of files.

    Attributes:
        media: where its files lie.
        database: as its settings name it.
    """

    def __init__(self, folder: Path, database: str) -> None:
        self.media, self.database = folder / "media", database
        folder.mkdir()

    def manage(self, *arguments: str) -> None:
        """Run a command of manage.py, as the operator does."""
        environment = {
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "of-another-portal",
            "PUBLIC_URL": settings.PUBLIC_URL,
            "EMAIL_URL": "memory://",
            "DEBUG": "off",
            "DATABASE_URL": self.database,
            "MEDIA_ROOT": str(self.media),
        }
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
        result = subprocess.run(command, env=environment, capture_output=True, check=False)  # noqa: S603
        assert result.returncode == 0, result.stderr.decode()


@pytest.fixture
def sqlite(tmp_path: Path) -> Elsewhere:
    return Elsewhere(tmp_path / "sqlite", f"sqlite:///{tmp_path}/sqlite/portal.sqlite3")


@contextmanager
def another_database(folder: Path) -> Iterator[tuple[Elsewhere, BaseDatabaseWrapper]]:
    """A second database of the engine that the tests run on, and a connection to it."""
    values = connection.settings_dict
    name = f"archive_{uuid.uuid4().hex}"
    address = "postgresql://{USER}:{PASSWORD}@{HOST}:{PORT}/".format(**values) + name
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    database = load_backend(values["ENGINE"]).DatabaseWrapper({**values, "NAME": name}, alias="another")
    try:
        yield Elsewhere(folder / "again", address), database
    finally:
        database.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


def test_through_sqlite_and_back_everything_is_as_it_was(kept: Kept, sqlite: Elsewhere, tmp_path: Path) -> None:
    sqlite.manage("migrate", "-v", "0")
    sqlite.manage("restore_archive", str(kept.path))
    sqlite.manage("export_archive", str(tmp_path / "second.zip"))
    with another_database(tmp_path) as (again, database):
        again.manage("migrate", "-v", "0")
        again.manage("restore_archive", str(tmp_path / "second.zip"))
        again.manage("export_archive", str(tmp_path / "third.zip"))
        state = state_of(database)
        again.manage("createsuperuser", "--noinput", "--email", "new@example.org", "--name", "Новый")
        again.manage("export_archive", str(tmp_path / "grown.zip"))
    first, second, third = (data_of(path) for path in (kept.path, tmp_path / "second.zip", tmp_path / "third.zip"))
    for key in ("migrations", "tables", "files"):
        assert first[key] == second[key] == third[key]
    for label, rows in kept.state.items():
        assert state[label] == rows, label
    assert files_below(sqlite.media) == files_below(again.media) == kept.files
    before, after = (data_of(tmp_path / name)["tables"] for name in ("third.zip", "grown.zip"))
    for label in ("accounts.User", "accounts.HistoricalUser", "account.EmailAddress"):
        assert after[label][:-1] == before[label]  # a new row goes on where the restored ones ended
