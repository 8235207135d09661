"""The workbook of the past: the template that the portal gives out, and the same filled with what it holds."""

import datetime as dt
from collections.abc import Mapping

from resolutions.past.rows import PastRows, RowFault, Sheet

# Where columns stand: their letters, by the fields of the rows.
Letters = Mapping[Sheet, Mapping[str, str]]


def template() -> bytes:
    """The workbook that people fill in: what each sheet is for, and rows that show how.

    Returns:
        The bytes of an xlsx file.
    """
    raise NotImplementedError


def workbook_of(rows: PastRows, *, at: dt.date) -> bytes:
    """The template's sheets with rows.

    Args:
        rows: what to write.
        at: the day that it is written on.

    Returns:
        The bytes of an xlsx file; reading it gives the same rows.
    """
    raise NotImplementedError


def cell_of(fault: RowFault, letters: Letters | None = None) -> str:
    """Where a fault is: «Пункты, B7»; «Пункты, строка 7» of a whole row, «Пункты» of a whole sheet.

    Args:
        fault: what is wrong.
        letters: `ReadBook.letters`, where somebody may have moved columns; as in the template without it.
    """
    raise NotImplementedError
