"""A workbook of the past, read: its rows, and everything that is wrong with its cells."""

from dataclasses import dataclass
from typing import IO

from resolutions.past.book import Letters
from resolutions.past.rows import PastRows, RowFault


@dataclass(frozen=True)
class ReadBook:
    """What a workbook says.

    Attributes:
        rows: those that could be read whole, without the examples.
        faults: what is wrong, in the order of sheets and rows; with any, nothing may be loaded.
        letters: where the columns stand in this workbook, for `cell_of`.
    """

    rows: PastRows
    faults: tuple[RowFault, ...]
    letters: Letters


def read_book(file: IO[bytes]) -> ReadBook:
    """Read a workbook.

    Args:
        file: seekable.

    Raises:
        RefusedWorkbook: it is none, a dangerous one, or one that nobody should have to look at cell by cell.
    """
    raise NotImplementedError
