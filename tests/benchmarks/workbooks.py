"""`python -m tests.benchmarks.workbooks [rows]`: export, preview and import of many rows, on a throw-away database.

Each step runs in this process; the peak memory is read after it, so that a step shows what it added to those before.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.db import connection
from django.test import override_settings
from django.test.utils import setup_test_environment, teardown_test_environment

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
    measure("import of every row", rows, lambda: apply(batch, seen=digest(batch.plan), by=user))


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
