"""`python -m tests.benchmarks.workbooks [rows]`: export, preview and import of many rows, on a throw-away database.

Each step runs in this process; the peak memory is read after it, so that a step shows what it added to those before. On
SQLite the import also tells how long at a stretch it let nobody else write.
"""

import os
import resource
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.db import connection
from django.test import override_settings
from django.test.utils import setup_test_environment, teardown_test_environment

EVERY = 0.05  # seconds: how often another writer tries

Result = TypeVar("Result")


def measure(name: str, rows: int, action: Callable[[], Result]) -> Result:
    """Print the seconds of an action, its queries per thousand rows, and the peak memory of the process after it."""
    queries = []

    def note(execute: Callable[..., object], sql: str, *rest: object) -> object:
        queries.append(sql)
        return execute(sql, *rest)

    start = time.perf_counter()
    with connection.execute_wrapper(note):
        result = action()
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"| {rows:,} | {name} | {seconds:.1f} s | {len(queries) / rows * 1000:.0f} | {peak} MB |")
    return result


def longest_refusal(action: Callable[[], object]) -> float:
    """The seconds for which another connection to SQLite could not begin to write, at the longest."""
    done, worst = threading.Event(), 0.0

    def try_again_and_again() -> None:
        nonlocal worst
        database = str(connection.settings_dict["NAME"])
        with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as other:
            since = None
            while not done.wait(EVERY):
                now = time.perf_counter()
                try:
                    other.execute("BEGIN IMMEDIATE")
                    other.execute("ROLLBACK")
                except sqlite3.OperationalError:
                    since = since or now
                    worst = max(worst, now - since + EVERY)
                else:
                    since = None

    trying = threading.Thread(target=try_again_and_again)
    trying.start()
    try:
        action()
    finally:
        done.set()
        trying.join()
    return worst


def run(rows: int) -> None:
    """Measure with so many municipalities, every one of them changed."""
    from accounts.models import User
    from accounts.roles import Role
    from municipalities.importing.applying import apply
    from municipalities.importing.batches import start
    from municipalities.importing.plan import digest
    from tests.municipalities.factory import many_cities
    from tests.municipalities.imports.books import HEADINGS, exported, table, upload

    many_cities(rows)
    user = User.objects.create_user("bench@example.org", name="Замер", role=Role.SECRETARIAT)
    book = measure("export", rows, exported)
    measure("preview, nothing changed", rows, lambda: start([upload(book)], by=user))
    changed = [(f"{number:08d}", number, "Участвует", "27.06.2024", "Новое") for number in range(1, rows + 1)]
    edited = table(*changed, headings=[HEADINGS[3], HEADINGS[4], *HEADINGS[6:]])
    batch = measure("preview, every row changed", rows, lambda: start([upload(edited)], by=user))

    def load() -> None:
        measure("import of every row", rows, lambda: apply(batch, seen=digest(batch.plan), by=user))

    if connection.vendor == "sqlite":
        print(f"nobody else could write for {longest_refusal(load):.1f} s")
    else:
        load()


def main() -> None:
    """Set up, measure, tear down."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    setup_test_environment()
    name = connection.creation.create_test_db(verbosity=0)
    try:
        with tempfile.TemporaryDirectory() as folder, override_settings(MEDIA_ROOT=Path(folder)):
            run(rows)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


if __name__ == "__main__":
    main()
