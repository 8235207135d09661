"""The file of a SQLite database: made by `migrate`, and opened by everybody else only where it is."""

from pathlib import Path
from urllib.parse import quote, unquote

from django.db import DEFAULT_DB_ALIAS, connection, connections

_URI = "file:"


def open_only_what_is_there() -> None:
    """Let this process make no database, on connections yet to be opened: `migrate` does.

    SQLite would make an empty file where the disk with the database is away.
    """
    said = connections.settings[DEFAULT_DB_ALIAS]
    if connection.vendor == "sqlite" and not str(said["NAME"]).startswith((_URI, ":")):
        said["NAME"] = f"{_URI}{quote(str(said['NAME']))}?mode=rw"


def database_file() -> Path:
    """The file of the SQLite database."""
    name = str(connection.settings_dict["NAME"])
    return Path(unquote(name.removeprefix(_URI).partition("?")[0]) if name.startswith(_URI) else name)
