"""Loading rows of the past: what it would come to, and doing it."""

from accounts.models import User
from resolutions.past.rows import Judged, PastRows, RowFault


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

    Args:
        rows: of a workbook.
        by: who is to load them.
        file_name: of the workbook.
    """
    raise NotImplementedError


def load(rows: PastRows, *, by: User, file_name: str) -> Judged:
    """Load rows, all or none: what the portal holds already stays as it is.

    Args:
        rows: of a workbook.
        by: who loads them; whatever others did is written on their behalf.
        file_name: of the workbook, the ground of all that is written.

    Returns:
        What came of it, without faults.

    Raises:
        PastRefused: something is wrong; nothing was written.
    """
    raise NotImplementedError
