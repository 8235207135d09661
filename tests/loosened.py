"""A model without some of its check constraints, as the migration of a new kind would leave it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models


@contextmanager
def loosened(model: type[models.Model], *names: str) -> Iterator[None]:
    """Let in what constraints of a model would refuse.

    Args:
        model: nothing of it was written into the database yet.
        names: of the constraints. SQLite cannot do without some alone: there it passes over all of all tables.
    """
    constraints = model._meta.constraints
    assert set(names) <= {one.name for one in constraints}
    model._meta.constraints = [one for one in constraints if one.name not in names]
    with connection.cursor() as cursor:
        try:
            if connection.vendor == "postgresql":  # comes back with the end of the test, which is rolled back
                for name in names:
                    cursor.execute(f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{name}"')
            else:
                cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
        finally:
            model._meta.constraints = constraints
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
