"""A database from before the migrations were put together is recognised, and never half migrated."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.loader import MigrationLoader

ADVICE = (
    "Nothing was changed. Demonstration data: `make clean`, then start anew. Real data: write an archive with the"
    " earlier version (`manage.py export_archive`) and keep it; this version cannot read that database."
)


@register(Tags.database)
def is_of_this_version(app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Whether a database knows migrations of our rooms that are no more; `migrate` asks before it touches anything."""
    rooms = {config.label for config in apps.get_app_configs() if _is_ours(config)}
    return [
        Error(
            f"This database was made by an earlier version of the portal: it knows the migration {unknown[0]}.",
            hint=ADVICE,
            id="portal.E001",
        )
        for alias in databases or ()
        if (unknown := _unknown_migrations(alias, rooms))
    ]


def _unknown_migrations(alias: str, rooms: set[str]) -> list[str]:
    loader = MigrationLoader(connections[alias])
    applied = (key for key in loader.applied_migrations if key[0] in rooms)
    return sorted(".".join(key) for key in applied if key not in loader.graph.nodes)


def _is_ours(config: AppConfig) -> bool:
    return str(config.path).startswith(str(settings.BASE_DIR)) and "site-packages" not in str(config.path)
