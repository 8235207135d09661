"""What an archive will hold, read at one moment: while it is written, people go on working."""

import datetime as dt
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import QueryDict

from municipalities.registry import Registry
from municipalities.workbook import registry_workbook
from resolutions.correspondence.workbook import register_workbook
from resolutions.models import IncomingLetter, Letter
from sgcszr_portal.archive.data import write_data
from sgcszr_portal.archive.decisions import read_resolutions
from sgcszr_portal.archive.documents import MadePaper, decision_papers, letter_papers, read_now, report_papers, steady
from sgcszr_portal.archive.format import TABLES
from sgcszr_portal.archive.index import IndexPage, build_page, read_incoming, read_letters
from sgcszr_portal.archive.shelf import Shelf
from sgcszr_portal.archive.stored import Names, StoredFile, stored_files


@dataclass(frozen=True)
class Contents:
    """The portal at one moment. Stored files are never changed, so their bytes are read later.

    Attributes:
        data: what becomes `data/portal.json`, at its beginning; deleted when closed.
        stored: files of the storages.
        papers: what is made while the archive is written.
        page: what the index tells.
    """

    data: IO[bytes]
    stored: tuple[StoredFile, ...]
    papers: tuple[MadePaper, ...]
    page: IndexPage


@contextmanager
def snapshot(moment: dt.datetime) -> Iterator[Contents]:
    """Read the portal as it is at one moment.

    Args:
        moment: what the archive says about when it was made.

    Yields:
        The contents; no transaction is open any more.
    """
    with tempfile.TemporaryFile() as data:
        with _one_state():
            names = Names()
            stored = stored_files(names)
            resolutions, letters, incoming = read_resolutions(), read_letters(), read_incoming()
            papers = [paper for one in resolutions for paper in decision_papers(one, names)]
            papers += [paper for one in resolutions for paper in report_papers(one, moment, names)]
            papers += [paper for one in letters for paper in letter_papers(one, names)]
            papers += _tables(letters, incoming, moment, names)
            page = build_page(moment, Shelf(stored, papers), resolutions, letters, incoming)
            write_data(data, moment=moment, stored=stored)
        data.seek(0)
        yield Contents(data, tuple(stored), tuple(papers), page)


@contextmanager
def _one_state() -> Iterator[None]:
    """A transaction in which every query sees the same state, and nobody who writes has to wait for it."""
    is_outermost = not connection.in_atomic_block
    with _deferred(), transaction.atomic():
        if connection.vendor == "postgresql" and is_outermost:  # pragma: no cover - only SQLite's run is measured
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def _deferred() -> Iterator[None]:
    """Begin SQLite's transactions without the write lock: in WAL a reader keeps the state of its first query."""
    if connection.vendor != "sqlite":  # pragma: no cover - only SQLite's run is measured
        yield
        return
    connection.ensure_connection()  # which sets the mode from the settings
    mode = connection.transaction_mode  # type: ignore[attr-defined]  # only SQLite has it
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]  # only SQLite has it
    try:
        yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]  # only SQLite has it


def _tables(
    letters: list[Letter], incoming: list[IncomingLetter], moment: dt.datetime, names: Names
) -> list[MadePaper]:
    """The registry as everybody exports it, members of the Union and others, and the registers of letters."""

    def registry() -> bytes:
        return steady(registry_workbook(Registry(QueryDict("members=all"), AnonymousUser()), at=moment), moment)

    def register() -> bytes:
        return steady(register_workbook(letters, incoming), moment)

    return [
        MadePaper(names.take(TABLES, "Муниципальные образования.xlsx"), read_now(registry)),
        MadePaper(names.take(TABLES, "Реестр писем.xlsx"), read_now(register)),
    ]
