"""Lists of loading the past: the log, and what one upload adds or gets wrong."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.access import Visitor
from listings.columns import Column
from listings.listing import Listing
from listings.words import Words
from resolutions.models import PastImport
from resolutions.past.plan import PastPlan
from russian.templatetags.russian import moment


class PastLog(Listing[QuerySet[PastImport]]):
    """The uploads, the latest first."""

    address = "past"
    words = Words(table="Таблица загрузок", empty="Загрузок ещё не было.")
    cells = "municipalities/imports/log"
    page_size = 25
    columns = (
        Column("number", "Загрузка", "pk", cell="_number", heads=True),
        Column("state", "Итог", "get_state_display", cell="_state"),
        Column("name", "Файл"),
        Column("uploaded", "Кто и когда", lambda upload: f"{upload.uploaded_by_name}, {moment(upload.uploaded_at)}"),
        Column("rows", "Строк", numeric=True),
        Column("errors", "Ошибок", numeric=True),
    )

    def everything(self) -> QuerySet[PastImport]:
        """All, without what each would change."""
        return PastImport.objects.defer("plan")


class _OfUpload(Listing[Sequence[Any]]):
    """Rows of one upload."""

    address = "past_import"
    page_size = 100

    def __init__(self, data: QueryDict, user: Visitor, upload: PastImport, rows: Sequence[Any]) -> None:
        super().__init__(data, user)
        self.upload, self._rows = upload, rows

    @property
    def args(self) -> tuple[int]:
        return (self.upload.pk,)

    def everything(self) -> Sequence[Any]:
        return self._rows


class SheetCounts(_OfUpload):
    """What an upload adds, sheet by sheet."""

    words = Words(table="Строки по листам")
    cells = "resolutions/past/import"
    columns = (
        Column("title", "Лист", heads=True),
        Column("added", "Добавится", "new", cell="_rows", when=lambda listing: listing.upload.is_open),
        Column("was_added", "Добавлено", "new", cell="_rows", when=lambda listing: not listing.upload.is_open),
        Column("known", "Уже есть", "held", cell="_rows"),
    )


class Faults(_OfUpload):
    """What is wrong with an upload, cell by cell."""

    words = Words(table="Ошибки по ячейкам")
    columns = (
        Column("place", "Где", lambda fault: fault.place or "Весь файл", heads=True),
        Column("text", "Что исправить"),
    )


def rows_of(plan: PastPlan, upload: PastImport, data: QueryDict, user: Visitor) -> SheetCounts | Faults:
    """The errors of an upload, or what it adds when there are none."""
    if plan.faults:
        return Faults(data, user, upload, plan.faults)
    return SheetCounts(data, user, upload, plan.sheets)
