"""Loading rows of the past: what it would come to, and doing it."""

import datetime as dt

from django.db import IntegrityError, transaction

from accounts.models import User
from resolutions.past.loading.asks import LetterAsks
from resolutions.past.loading.decisions import Decisions
from resolutions.past.loading.desk import Desk
from resolutions.past.loading.held import hold_numbers, lay_out
from resolutions.past.loading.incoming import Incoming
from resolutions.past.loading.judging import Settling
from resolutions.past.loading.letters import Letters
from resolutions.past.loading.names import Names
from resolutions.past.loading.promises import Promises
from resolutions.past.loading.steps import Steps
from resolutions.past.loading.storing import store
from resolutions.past.loading.telling import as_meant
from resolutions.past.rows import Judged, PastRows, RowFault, Sheet

MEANWHILE = "Пока файл загружался, в портале появились те же записи: загрузите его ещё раз."


class PastRefused(Exception):
    """Rows are not loaded; nothing was written.

    Args:
        faults: what is wrong, one or more.
    """

    def __init__(self, faults: tuple[RowFault, ...]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def judge(rows: PastRows, *, by: User, file_name: str) -> Judged:
    """What loading rows would come to. Writes nothing.

    Only what follows from what has to be asked of stored rows: these are stored for a moment. All else is read before,
    for SQLite lets nobody else write meanwhile.

    Args:
        rows: of a workbook.
        by: who is to load them.
        file_name: of the workbook.
    """
    desk = _gone_through(rows, Desk(by, file_name))
    if not _brings_anything(desk):
        return desk.judged()
    try:
        with transaction.atomic():
            _stored(desk)
            transaction.set_rollback(True)
    except IntegrityError:
        return _MEANWHILE
    return desk.judged()


def load(rows: PastRows, *, by: User, file_name: str, at: dt.datetime | None = None) -> Judged:
    """Load rows, all or none: what the portal holds already stays as it is.

    Args:
        rows: of a workbook.
        by: who loads them; whatever others did is written on their behalf.
        file_name: of the workbook, the ground of all that is written.
        at: the moment that all ledgers keep as that of writing down; now when left out.

    Returns:
        What came of it, without faults.

    Raises:
        PastRefused: something is wrong; nothing was written.
    """
    try:
        with transaction.atomic():
            hold_numbers(rows)
            desk = _gone_through(rows, Desk(by, file_name, at))
            settling = _stored(desk) if _brings_anything(desk) else None
            if desk.faults:
                raise PastRefused(tuple(desk.faults))
            if settling:
                settling.keep()
    except IntegrityError as refused:
        raise PastRefused(_MEANWHILE.faults) from refused
    return desk.judged()


_MEANWHILE = Judged({}, {}, (RowFault(Sheet.DECISIONS, 0, "", MEANWHILE),))


def _gone_through(rows: PastRows, desk: Desk) -> Desk:
    """Compare rows with what the portal holds. Writes nothing."""
    said, names = as_meant(rows), Names()
    lay_out(desk, said)
    Decisions(desk).go_through(said)
    Letters(desk, names).go_through(said)
    LetterAsks(desk).go_through(said)
    Incoming(desk, names).go_through(said)
    Steps(desk, names).go_through(said)
    Promises(desk, names).go_through(said)
    return desk


def _brings_anything(desk: Desk) -> bool:
    return bool(desk.promises) or any(desk.new.values())


def _stored(desk: Desk) -> Settling:
    """Store what is new in the transaction of the caller, who undoes it when there are faults."""
    store(desk)
    settling = Settling(desk)
    settling.judge()
    return settling
