"""What the worker does for the registry: uploaded workbooks, and every night the names and codes of a new day."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django_tasks import task

from accounts.models import User
from municipalities.importing.applying import apply
from municipalities.importing.batches import RefusedFiles, look_again, show
from municipalities.importing.plan import CellError, OutdatedPlan, Plan
from municipalities.models import ImportState, WorkbookImport
from municipalities.renaming import bring_up_to_date

OUTDATED = (
    "Ничего не загружено: после предпросмотра сведения на портале изменились. "
    "Ниже – изменения по отношению к тому, что на портале сейчас. Проверьте их и подтвердите ещё раз."
)
STOPPED = (
    "Ничего не загружено: загрузка остановилась из-за сбоя на портале, и файлы прочитаны заново. "
    "Проверьте изменения и подтвердите ещё раз."
)
UNREADABLE = "Сохранённый файл не читается. Загрузите его ещё раз."
SEVERAL_MINUTES = 900  # seconds: fifty thousand rows of several files


@task(label="Чтение книг Excel", time_limit=SEVERAL_MINUTES)
def read_import(pk: int, note: str = "") -> None:
    """Compare an upload with what the portal holds.

    Args:
        pk: of the upload; one that was discarded meanwhile, or read before, is left alone.
        note: what its reader should know.
    """
    batch = WorkbookImport.objects.get(pk=pk)
    if batch.state == ImportState.READING:
        _read(batch, note)


@task(label="Загрузка книг Excel", time_limit=SEVERAL_MINUTES)
def apply_import(pk: int, seen: str, by: int) -> None:
    """Write everything that the preview showed, or nothing.

    Args:
        pk: of the upload; one that was discarded meanwhile, or written before, is left alone.
        seen: `plan.digest` of the plan that was shown.
        by: who decided.
    """
    batch = WorkbookImport.objects.get(pk=pk)
    if batch.state != ImportState.APPLYING:
        return
    try:
        apply(batch, seen=seen, by=User.objects.get(pk=by))
    except OutdatedPlan:
        _read(batch, OUTDATED)
    except ValidationError as refused:
        plan = Plan.from_json(batch.plan)
        _show(batch, replace(plan, notes=[f"Ничего не загружено. {' '.join(refused.messages)}", *plan.notes]))


@task(label="Названия и коды, действующие с сегодняшнего дня")
def names_of_the_day() -> None:
    """Let the registry call municipalities as their ledgers do from today on."""
    bring_up_to_date()


def begin_reading(batch: WorkbookImport, note: str = "") -> None:
    """Let the worker read an upload, in the transaction of the caller.

    Args:
        batch: the upload, locked or new.
        note: what its reader should know.

    Raises:
        ValidationError: it was decided already.
    """
    batch.begin(ImportState.READING, read_import, note)


def begin_applying(batch: WorkbookImport, *, seen: str, by: User) -> None:
    """Let the worker load an upload, in the transaction of the caller.

    Args:
        batch: the upload, locked.
        seen: `plan.digest` of the plan that was shown.
        by: who decides.

    Raises:
        ValidationError: it was decided already.
    """
    batch.begin(ImportState.APPLYING, apply_import, seen, by.pk)


def _read(batch: WorkbookImport, note: str) -> None:
    """Read the kept files; what is wrong with them is shown as an error of the file."""

    def told(rows: int) -> None:
        WorkbookImport.objects.filter(pk=batch.pk).update(rows=rows)

    try:
        look_again(batch, note=note, progress=told)
    except RefusedFiles as refused:
        _show(batch, Plan(errors=[CellError(0, 0, "", "", sentence) for sentence in refused.sentences]))
    except FileNotFoundError:
        _show(batch, Plan(errors=[CellError(0, 0, "", "", UNREADABLE)]))
    except ValidationError:
        return  # somebody discarded it meanwhile


def _show(batch: WorkbookImport, plan: Plan) -> None:
    """Show what came of it, unless somebody decided meanwhile."""
    try:
        show(batch, plan)
    except ValidationError:
        return
