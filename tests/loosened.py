"""The database without one of its check constraints, as the migration of a new kind would leave it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def loosened(table: str, *constraints: str) -> Iterator[None]:
    """Let in what constraints of a table would refuse.

    Args:
        table: its name in the database; nothing was written into it yet.
        constraints: their names. SQLite cannot do without some alone: there all of the database are passed over.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # the transaction of the test is rolled back, and this with it
            for name in constraints:
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
            yield
            return
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
