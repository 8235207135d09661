"""Workbooks for tests: exported, edited, saved as people save them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from documents.downloads import WORKBOOK_MEDIA_TYPE
from municipalities.columns import in_workbook
from municipalities.registry import Registry
from municipalities.workbook import HEADER_ROW, registry_workbook

FIRST = HEADER_ROW + 1
# The columns whose letters and places tests write; a column that comes later moves none of them.
WRITTEN_FOR = frozenset(
    {
        "name", "region", "federal_district", "oktmo", "population", "population_source", "index_group",
        "participation", "participation_since", "participation_basis", "freshness",
        "latitude", "longitude", "is_listed",
    }
)  # fmt: skip
HEADINGS = [column.title for column, _ in in_workbook() if not column.derived and column.key in WRITTEN_FOR]
KOSTROMA = ("Кострома", "Костромская область", "Центральный", "34701000001", 268617, None, "Участвует")


def exported(query: str = "") -> bytes:
    """What the registry's button gives."""
    return registry_workbook(Registry(QueryDict(query), AnonymousUser()))


def edited(book: bytes, edit: Callable[[Worksheet], object]) -> bytes:
    """The workbook after somebody opened, edited and saved it."""
    opened = load_workbook(BytesIO(book))
    sheet = opened.worksheets[0]
    edit(sheet)
    return saved(opened)


def with_cells(book: bytes, **cells: Any) -> bytes:
    """The workbook with other values in some cells: `with_cells(book, G5="Участвует")`."""

    def write(sheet: Worksheet) -> None:
        for coordinate, value in cells.items():
            sheet[coordinate].value = value

    return edited(book, write)


def table(*rows: tuple[Any, ...], headings: Any = None, before: int = 0) -> bytes:
    """A workbook that somebody typed themselves: rows below headings, with empty rows above."""
    book = Workbook()
    sheet = book.worksheets[0]
    for _ in range(before):
        sheet.append([])
    sheet.append(list(headings or HEADINGS))
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def upload(content: bytes, name: str = "реестр.xlsx") -> SimpleUploadedFile:
    """As a browser sends it."""
    return SimpleUploadedFile(name, content, content_type=WORKBOOK_MEDIA_TYPE)
