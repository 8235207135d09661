"""Reading changes nothing: what a request writes, and the one list of what reading may write.

Mail scanners, previews of messengers and browsers that fetch ahead ask for every address that they see.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client

# The tables that reading may write to, each with its reason. None of them holds a fact; there is no other exception.
WRITTEN_BY_READING = {
    "documents_preparedfile": "Whoever asks for a paper that is not made yet has it made; it can be made again.",
    "django_tasks_database_dbtaskresult": "The worker's task to make that paper.",
    "accounts_bucket": "How often papers, codes and links are asked for is counted, to slow down floods.",
    "django_session": "Whoever sets up a second factor keeps its unconfirmed secret in the own session meanwhile; "
    "/readyz tries writing there, and undoes it.",
    "portal_cache": "The login library counts how often an address asks, to slow down whoever guesses.",
}
_WRITING = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@contextmanager
def written_tables() -> Iterator[set[str]]:
    """The tables that are written to meanwhile, also where it is undone."""
    tables: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if found := _WRITING.match(sql):
            tables.add(found[1])
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        yield tables


def stored_files() -> dict[str, int]:
    """All files of the storages, with the moment of their last change."""
    found = Path(settings.MEDIA_ROOT).rglob("*")
    return {str(path): path.stat().st_mtime_ns for path in found if path.is_file() and "sqlite3" not in path.name}


def to_the_end(answer: HttpResponseBase) -> HttpResponseBase:
    """An answer, read: a file that is handed out stays open until then."""
    b"".join(getattr(answer, "streaming_content", ()))
    return answer


def read(visitor: Client, address: str) -> tuple[HttpResponseBase, list[str]]:
    """Ask for an address as people and robots do.

    Pages are asked for by HEAD too; papers are not, because they are made all the same, which takes long.

    Returns:
        The answer, and sentences about what was changed that should not have been.
    """
    files = stored_files()
    with written_tables() as tables:
        answer = to_the_end(visitor.get(address))
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            visitor.head(address)
    faults = [f"reading {address} writes to {table}" for table in sorted(tables - WRITTEN_BY_READING.keys())]
    return answer, faults if stored_files() == files else [*faults, f"reading {address} changes stored files"]
