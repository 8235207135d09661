"""The errors as comments in the user's own workbook, to be corrected at home."""

import warnings
from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from accounts.models import UnionProfile
from municipalities.importing.archive import check_archive, damage_refused
from municipalities.importing.plan import CellError
from municipalities.importing.sheet import heading_place

_MARKED = PatternFill("solid", fgColor="FFD9D9")
_WIDTH, _HEIGHT = 320, 120  # pixels


def annotated(file: IO[bytes], errors: Iterable[CellError]) -> bytes:
    """A copy of a workbook with a comment and a red ground in each cell that has an error.

    Args:
        file: the uploaded workbook; seekable.
        errors: of this workbook.

    Returns:
        The bytes of the copy. Pictures and shapes are not carried over; the kept original has them.

    Raises:
        RefusedWorkbook: the workbook is damaged.
    """
    check_archive(file)
    with damage_refused():
        place = heading_place(file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what openpyxl cannot carry over
            book = load_workbook(file, keep_links=False)
        sheet = book[place.sheet]
        author = UnionProfile.on().portal_name
        for coordinate, texts in _by_cell(errors, fallback=place.letter).items():
            _mark(_writable(sheet, coordinate), texts, author)
        output = BytesIO()
        book.save(output)
    return output.getvalue()


def _by_cell(errors: Iterable[CellError], *, fallback: str) -> dict[str, list[str]]:
    cells = defaultdict(list)
    for error in errors:
        cells[f"{error.letter or fallback}{error.row}"].append(error.text)
    return cells


def _writable(sheet: Any, coordinate: str) -> Any:
    """The cell, or the one that it was merged into."""
    cell = sheet[coordinate]
    if isinstance(cell, MergedCell):
        return next(merged.start_cell for merged in sheet.merged_cells.ranges if coordinate in merged)
    return cell


def _mark(cell: Any, texts: list[str], author: str) -> None:
    before = [cell.comment.text] if cell.comment else []
    cell.comment = Comment("\n".join([*texts, *before]), author, height=_HEIGHT, width=_WIDTH)
    cell.fill = _MARKED
