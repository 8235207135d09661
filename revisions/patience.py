"""How long one writer waits for another: SQLite lets one write at a time.

Commands and the worker wait as long as settings say: nobody waits for them. Requests are answered by a few threads,
which must not all stand in one queue, so they give up earlier, and the visitor reads when to come again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connection, connections

REQUEST = 5.0  # seconds that a request waits: a visitor would not wait longer either


def be_impatient() -> None:
    """Let this process, which answers requests, wait no longer than `REQUEST`, on connections yet to be opened."""
    options = connections.settings[DEFAULT_DB_ALIAS]["OPTIONS"]
    if "timeout" in options:  # of SQLite; what PostgreSQL locks are single rows
        options["timeout"] = min(options["timeout"], REQUEST)


@contextmanager
def impatient(seconds: float) -> Iterator[None]:
    """Wait no longer than so many seconds for another process that writes to SQLite.

    Raises:
        OperationalError: by the statement that would have waited longer.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    driver = connection.connection  # these are no queries to count
    (before,) = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute(f"PRAGMA busy_timeout = {min(before, int(seconds * 1000))}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout = {before}")
