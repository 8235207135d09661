"""A database from before the migrations were put together is recognised, and never half migrated."""

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import CommandError
from django.db import connections
from django.db.migrations.loader import MigrationLoader

ADVICE = (
    "This database was made by an earlier version of the portal, whose migrations this one does not have ({})."
    " Nothing was changed. Demonstration data: `make clean` and start anew. Real data: write an archive with the earlier version"
    " (`manage.py export_archive`) and keep it; this version cannot read that database."
)


def refuse_former_database(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Stop `migrate` before it touches a database that knows migrations of our rooms that are no more.

    Args:
        sender: the app that is about to be migrated; the first one is enough.
        using: which database.

    Raises:
        CommandError: it is such a database.
    """
    loader = MigrationLoader(connections[using])
    rooms = {config.label for config in apps.get_app_configs() if _is_ours(config)}
    unknown = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in rooms and (app, name) not in loader.graph.nodes
    )
    if unknown:
        raise CommandError(ADVICE.format(", ".join(unknown[:3]) + (", …" if len(unknown) > 3 else "")))


def _is_ours(config: AppConfig) -> bool:
    return str(config.path).startswith(str(settings.BASE_DIR)) and "site-packages" not in str(config.path)
