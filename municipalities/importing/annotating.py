"""The errors as comments in the user's own workbook, to be corrected at home."""

import warnings
from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO
from typing import IO, Any, TypeAlias

from openpyxl import load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from accounts.models import UnionProfile
from municipalities.importing.archive import check_archive, damage_refused
from municipalities.importing.cells import heading_form
from municipalities.importing.plan import CellError
from municipalities.importing.sheet import heading_place

_MARKED = PatternFill("solid", fgColor="FFD9D9")
_WIDTH, _HEIGHT = 320, 120  # pixels


Remark: TypeAlias = tuple[str, str, str]


def annotated(file: IO[bytes], errors: Iterable[CellError]) -> bytes:
    """A copy of a workbook of the registry with a comment and a red ground in each cell that has an error.

    Args:
        file: the uploaded workbook; seekable.
        errors: of this workbook.

    Returns:
        As `remarked`.

    Raises:
        RefusedWorkbook: the workbook is damaged.
    """
    check_archive(file)
    with damage_refused():
        place = heading_place(file)
    return remarked(file, [(place.sheet, f"{error.letter or place.letter}{error.row}", error.text) for error in errors])


def remarked(file: IO[bytes], remarks: Iterable[Remark]) -> bytes:
    """A copy of a workbook with comments.

    Args:
        file: the uploaded workbook; seekable.
        remarks: the title of a sheet, however it is written, a cell, and what is wrong with it. What is said of a sheet
            that is not there stands in the first cell of all.

    Returns:
        The bytes of the copy. Pictures and shapes are not carried over; the kept original has them.

    Raises:
        RefusedWorkbook: the workbook is damaged.
    """
    check_archive(file)
    with damage_refused():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about what openpyxl cannot carry over
            book = load_workbook(file, keep_links=False)
        author = UnionProfile.on().portal_name
        for (sheet, coordinate), texts in _by_cell(book, remarks).items():
            _mark(_writable(book[sheet], coordinate), texts, author)
        output = BytesIO()
        book.save(output)
    return output.getvalue()


def _by_cell(book: Any, remarks: Iterable[Remark]) -> dict[tuple[str, str], list[str]]:
    titles = {heading_form(sheet.title): sheet.title for sheet in book.worksheets}
    cells = defaultdict(list)
    for title, coordinate, text in remarks:
        there = titles.get(heading_form(title))
        cells[(there, coordinate) if there else (book.worksheets[0].title, "A1")].append(text)
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
