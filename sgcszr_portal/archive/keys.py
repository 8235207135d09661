"""The next primary keys after rows were stored with keys of their own."""

from typing import Any

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max


def continue_keys(stored: list[type[models.Model]]) -> None:
    """Let new rows get keys that no row has, nor had: a deleted one's history would become theirs.

    Args:
        stored: models whose rows were stored with their keys.
    """
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), stored):
            cursor.execute(statement)  # pragma: no cover - PostgreSQL's, and only SQLite's run is measured
        for model in stored:
            history = getattr(model, "history", None)
            if history is not None and isinstance(model._meta.pk, models.AutoField):
                _go_past(cursor, model, history.model)


def _go_past(cursor: Any, model: type[models.Model], history: type[models.Model]) -> None:
    key = model._meta.pk.attname
    last = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
    known = history._base_manager.aggregate(last=Max(key))["last"] or 0
    if known <= last:
        return
    table = model._meta.db_table
    if connection.vendor == "postgresql":  # pragma: no cover - only SQLite's run is measured
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [f'"{table}"', model._meta.pk.column, known]
        )
        return
    cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, known])
