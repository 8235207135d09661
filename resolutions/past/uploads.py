"""Uploads of the past in their log: keeping one, judging it, loading it."""

from collections.abc import Callable
from dataclasses import replace

from django.core.files.base import File
from django.db import transaction

from accounts.models import User
from documents.downloads import safe_name
from municipalities.importing.archive import RefusedWorkbook
from municipalities.importing.intake import OUTDATED
from municipalities.importing.plan import OutdatedPlan
from municipalities.models import ImportState
from resolutions.models import PastImport, Resolution
from resolutions.past.examples import EXAMPLE
from resolutions.past.loading import PastRefused, judge, load
from resolutions.past.plan import PastPlan
from resolutions.past.reading import ReadBook, read_book
from resolutions.past.rows import PastDecision, PastRows
from revisions.ledger import recorded_now
from russian.templatetags.russian import counted

NOTHING = "Загружать нечего: всё, что есть в файле, портал уже знает."
NO_ROWS = "В книге нет ни одной заполненной строки: заполните листы и загрузите её снова."
ONLY_EXAMPLES = (
    "В книге нет ни одной строки, кроме {examples} с примерами: впишите свои сведения ниже примеров, в новых строках, "
    f"и загрузите её снова. Строка, первая ячейка которой начинается словом «{EXAMPLE}», не загружается."
)
EXAMPLES_PASSED_OVER = "Строки с примерами пропущены: {number}."
LOADED_MEANWHILE = (
    "Ничего не загружено: то же самое уже загружено, пока эта книга ждала подтверждения. Подтверждать больше нечего."
)
WRONG_BY_NOW = "Ничего не загружено: после предпросмотра сведения на портале изменились, и теперь в книге есть ошибки."
READ_FIRST = "Остальное портал проверит, когда в ячейках не будет ошибок."


def receive(file: "File[bytes]", *, by: User) -> PastImport:
    """Keep an upload for the worker to read, in the transaction of the caller.

    Args:
        file: a workbook that is harmless, as it came.
        by: who uploads it.
    """
    upload = PastImport(state=ImportState.READING, uploaded_by=by, uploaded_by_name=str(by)[:150])
    upload.keep(file, safe_name(file.name or "книга.xlsx"))
    return upload


def plan_of(upload: PastImport, *, told: Callable[[int], None]) -> PastPlan:
    """Read a kept workbook and judge what it comes to now. Nothing is written.

    Args:
        upload: whose file is read.
        told: is told how many rows it has.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        book = _read(upload)
    except RefusedWorkbook as refused:
        return PastPlan.refused_whole(str(refused))
    told(_count(book.rows))
    notes = _notes_on(book)
    if book.faults:
        return PastPlan.refused(book.faults, book.letters, READ_FIRST, *notes)
    if not _count(book.rows):
        return replace(PastPlan.refused_whole(_why_empty(book)), notes=book.notes)
    new = _new_decisions(book.rows)
    judged = judge(book.rows, by=upload.uploaded_by, file_name=upload.name)
    return PastPlan.judged(judged, new, book.letters, *notes)


def judged_anew(plan: PastPlan) -> str:
    """What is told first of a plan that was confirmed, and came to something else by then.

    Args:
        plan: what the upload comes to now.
    """
    if plan.errors:
        return WRONG_BY_NOW
    return OUTDATED if plan.added else LOADED_MEANWHILE


@transaction.atomic
def show(upload: PastImport, plan: PastPlan, note: str = "") -> None:
    """Enter a plan into the log, to be shown.

    Args:
        upload: the upload.
        plan: what it comes to.
        note: what its reader should know.

    Raises:
        ValidationError: it was decided already.
    """
    current = PastImport.objects.select_for_update().get(pk=upload.pk)
    current.move(ImportState.REFUSED if plan.errors else ImportState.PREVIEW)
    current.plan = replace(plan, notes=[note, *plan.notes] if note else plan.notes).to_json()
    current.errors = plan.errors
    current.save()


def apply(upload: PastImport, *, seen: str, by: User) -> None:
    """Load everything that the preview showed, in one transaction with the log.

    Args:
        upload: in the log.
        seen: `PastPlan.seen` of the plan that was shown.
        by: who decides.

    Raises:
        OutdatedPlan: it would come to something else now; nothing was written.
        ValidationError: it was decided already; nothing was written.
        RefusedWorkbook: the kept file is damaged.
        OSError: it cannot be read.
    """
    book = _read(upload)
    if book.faults:
        raise OutdatedPlan
    with transaction.atomic():
        new, at = _new_decisions(book.rows), recorded_now()
        try:
            judged = load(book.rows, by=by, file_name=upload.name, at=at)
        except PastRefused as refused:
            raise OutdatedPlan from refused
        if PastPlan.judged(judged, new, book.letters).seen != seen:
            raise OutdatedPlan
        current = PastImport.objects.select_for_update().get(pk=upload.pk)  # last: whoever discards it need not wait
        current.move(ImportState.APPLIED, by=by, at=at)  # by this moment its rows are known as those of a load
        current.save()


def _read(upload: PastImport) -> ReadBook:
    with upload.file.open("rb") as file:
        return read_book(file)


def _notes_on(book: ReadBook) -> tuple[str, ...]:
    """What of the workbook was passed over."""
    return (*book.notes, *([EXAMPLES_PASSED_OVER.format(number=book.examples)] if book.examples else ()))


def _why_empty(book: ReadBook) -> str:
    return ONLY_EXAMPLES.format(examples=counted(book.examples, "строки,строк,строк")) if book.examples else NO_ROWS


def _count(rows: PastRows) -> int:
    return sum(count for _, count in rows.counted())


def _new_decisions(rows: PastRows) -> list[PastDecision]:
    """Those that the portal does not hold: they are few, and named in the preview and in the log."""
    held = set(
        Resolution.objects.filter(slug__in=[one.decision for one in rows.decisions]).values_list("slug", flat=True)
    )
    return [one for one in rows.decisions if one.decision not in held]
