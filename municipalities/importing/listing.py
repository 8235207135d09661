"""Lists of the import: the log of uploads, and what one of them changes or gets wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.access import Visitor
from listings.columns import Column
from listings.listing import Listing
from listings.words import Words
from municipalities.importing.plan import Plan, RowChange
from municipalities.models import ImportedFile, Municipality, WorkbookImport
from russian.templatetags.russian import moment, quoted

LOG_SIZE = 50


class Log(Listing[QuerySet[WorkbookImport]]):
    """The uploads, the latest first."""

    address = "municipalities_import"
    words = Words(table="Таблица загрузок", empty="Загрузок ещё не было.")
    cells = "municipalities/imports/log"
    columns = (
        Column("number", "Загрузка", "pk", cell="_number", heads=True),
        Column("files", "Файлы", lambda batch: ", ".join(file.name for file in batch.files.all())),
        Column("uploaded", "Кто и когда", lambda batch: f"{batch.uploaded_by_name}, {moment(batch.uploaded_at)}"),
        Column("rows", "Строк", numeric=True),
        Column("changed_cells", "Изменений", numeric=True),
        Column("errors", "Ошибок", numeric=True),
        Column("state", "Итог", "get_state_display", cell="_state"),
    )

    def everything(self) -> QuerySet[WorkbookImport]:
        """The last ones, without what each would change."""
        return WorkbookImport.objects.defer("plan").prefetch_related("files")[:LOG_SIZE]


@dataclass(frozen=True)
class Shown:
    """A change or an error with its file, and the municipality where there is one."""

    item: Any
    file: ImportedFile
    municipality: Municipality | None


class _OfUpload(Listing[Sequence[Any]]):
    """Rows of one upload."""

    address = "municipality_import"
    page_size = 100

    def __init__(
        self, data: QueryDict, user: Visitor, batch: WorkbookImport, files: Sequence[ImportedFile], rows: Sequence[Any]
    ) -> None:
        super().__init__(data, user)
        self.batch, self.files, self._rows = batch, files, rows

    @property
    def args(self) -> tuple[int]:
        return (self.batch.pk,)

    @property
    def has_many_files(self) -> bool:
        """Whether it has to be said which file a row is of."""
        return len(self.files) > 1

    def everything(self) -> Sequence[Any]:
        return self._rows

    def prepared(self, rows: list[Any]) -> list[Any]:
        """Rows with their files and their municipalities, in one query."""
        known = Municipality.objects.in_bulk([row.municipality for row in rows if isinstance(row, RowChange)])
        return [Shown(row, self.files[row.file], known.get(getattr(row, "municipality", 0))) for row in rows]


class Changes(_OfUpload):
    """What an upload changes, row by row."""

    words = Words(table="Изменения по ячейкам")
    cells = "municipalities/imports/changes"
    columns = (
        Column(
            "name",
            "Муниципальное образование",
            "item.name",
            cell="_name",
            heads=True,
        ),
        Column("row", "Строка", "item.row", cell="_row"),
        Column("cells", "Было → станет", lambda row: in_cells(row.item), cell="_cells"),
    )


class Errors(_OfUpload):
    """What is wrong with an upload, cell by cell."""

    words = Words(table="Ошибки по ячейкам")
    columns = (
        Column("file", "Файл", "file.name", when=lambda listing: listing.has_many_files),
        Column("row", "Строка", "item.row", shown=str),
        Column("column", "Столбец", lambda row: f"{row.item.letter} {quoted(row.item.column)}"),
        Column("text", "Что исправить", "item.text"),
    )


def rows_of(
    plan: Plan, batch: WorkbookImport, files: Sequence[ImportedFile], data: QueryDict, user: Visitor
) -> Changes | Errors:
    """The errors of an upload, or its changes when there are none."""
    if plan.errors:
        return Errors(data, user, batch, files, plan.errors)
    return Changes(data, user, batch, files, plan.changes)


def in_cells(change: RowChange) -> str:
    """What a row changes, in words."""
    return "; ".join(f"{cell.column}: {cell.before} → {cell.after}" for cell in change.cells)
