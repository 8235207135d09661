"""Telling a part that is away, for a while and through nobody's mistake, from a fault of the portal."""

import errno
import sqlite3
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError

# Of the disk with the files: full, read-only, over its quota, not to be written to, broken, its server gone.
_OF_FILES = frozenset(
    {errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EIO, errno.ESTALE, errno.ENOTCONN}
)

# https://www.sqlite.org/rescode.html: another process writes for longer than we wait, or the disk is the matter.
_OF_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)

# PostgreSQL, appendix A. Classes: 08 connection, 53 too little disk, memory or connections, 58 its system.
_OF_POSTGRESQL = ("08", "53", "58", "57P01", "57P02", "57P03", "57P05", "55P03", "25006")


def is_outage(exception: BaseException | None) -> bool:
    """Whether an exception comes of a database or a disk that is away, full, locked or read-only.

    Args:
        exception: what ended a request or a task; None when nothing did.

    Returns:
        True also when the library in between raised something of its own meanwhile.
    """
    return any(_is_of_files(one) or _is_of_database(one) for one in _chain(exception))


def _chain(exception: BaseException | None) -> Iterator[BaseException]:
    """An exception, and what it was raised from, or while handling what."""
    seen: set[int] = set()
    while exception is not None and id(exception) not in seen:
        seen.add(id(exception))
        yield exception
        exception = exception.__cause__ or (None if exception.__suppress_context__ else exception.__context__)


def _is_of_files(exception: BaseException) -> bool:
    return isinstance(exception, OSError) and exception.errno in _OF_FILES


def _is_of_database(exception: BaseException) -> bool:
    """Django's own exceptions carry the driver's as their cause, and that its code."""
    code = getattr(exception.__cause__, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _OF_SQLITE
    state = getattr(exception.__cause__, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_OF_POSTGRESQL)
    # Without a code: the connection itself. SQLite says InterfaceError of a value that it cannot store, with a code
    # from Python 3.12 on.
    if isinstance(exception, InterfaceError):
        return not isinstance(exception.__cause__, sqlite3.Error)
    return isinstance(exception, OperationalError)
