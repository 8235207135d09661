"""What comes of a part that is away, and what is a fault of the portal."""

import errno
import sqlite3

import psycopg
import pytest
from django.db import DataError, InterfaceError, OperationalError, ProgrammingError
from psycopg import errors as of_postgresql

from background.outage import is_outage

FULL = OSError(errno.ENOSPC, "No space left on device")
AWAY = OperationalError("server closed the connection unexpectedly")


def from_driver(raised: Exception, cause: Exception, **said: object) -> Exception:
    """What Django raises of a driver's exception."""
    for name, value in said.items():
        setattr(cause, name, value)
    raised.__cause__ = cause
    return raised


def of_sqlite(code: int, kind: type[Exception] = OperationalError) -> Exception:
    return from_driver(kind("…"), sqlite3.OperationalError("…"), sqlite_errorcode=code)


def chained(outer: Exception, inner: Exception) -> Exception:
    outer.__context__ = inner
    return outer


OUTAGES = {
    "no connection": AWAY,
    "refused": from_driver(OperationalError("refused"), psycopg.OperationalError("connection refused")),
    "closed": InterfaceError("connection already closed"),
    "too many": from_driver(OperationalError("…"), of_postgresql.TooManyConnections("…")),
    "stopped": from_driver(OperationalError("…"), of_postgresql.AdminShutdown("…")),
    "starting": from_driver(OperationalError("…"), of_postgresql.CannotConnectNow("…")),
    "its disk": from_driver(OperationalError("…"), of_postgresql.DiskFull("…")),
    "read-only": from_driver(ProgrammingError("…"), of_postgresql.ReadOnlySqlTransaction("…")),
    "locked": of_sqlite(sqlite3.SQLITE_BUSY),
    "locked by a reader": of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT),
    "full": of_sqlite(sqlite3.SQLITE_FULL),
    "a read-only file": of_sqlite(sqlite3.SQLITE_READONLY),
    "input and output": of_sqlite(sqlite3.SQLITE_IOERR_FSYNC),
    "no file": of_sqlite(sqlite3.SQLITE_CANTOPEN),
    "a full disk": FULL,
    "a read-only disk": OSError(errno.EROFS, "…"),
    "over the quota": OSError(errno.EDQUOT, "…"),
    "no permission": PermissionError(errno.EACCES, "…"),
    "underneath": chained(ValueError("…"), FULL),
}
FAULTS = {
    "nothing": None,
    "a bug": RuntimeError("…"),
    "no such table": of_sqlite(sqlite3.SQLITE_ERROR),
    "an odd value": from_driver(InterfaceError("…"), sqlite3.InterfaceError("Error binding parameter 0")),
    "a deadlock": from_driver(OperationalError("…"), of_postgresql.DeadlockDetected("…")),
    "too long": from_driver(DataError("…"), of_postgresql.StringDataRightTruncation("…")),
    "no file": FileNotFoundError(errno.ENOENT, "…"),
    "a mail server": ConnectionRefusedError(errno.ECONNREFUSED, "…"),
}


@pytest.mark.parametrize("name", OUTAGES)
def test_what_is_away_is_known(name: str) -> None:
    assert is_outage(OUTAGES[name])


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_a_fault_stays_one(name: str) -> None:
    assert not is_outage(FAULTS[name])


def test_what_somebody_coped_with_is_over() -> None:
    with pytest.raises(ValueError, match="new") as raised:
        try:
            raise FULL
        except OSError:
            raise ValueError("new") from None
    assert not is_outage(raised.value)
