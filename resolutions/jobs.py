"""What the worker does for the decisions: reads and loads workbooks of the past."""

from django.core.exceptions import ValidationError
from django_tasks import task

from accounts.models import User
from municipalities.importing.archive import RefusedWorkbook
from municipalities.importing.plan import OutdatedPlan
from municipalities.jobs import OUTDATED, SEVERAL_MINUTES, UNREADABLE
from municipalities.models import ImportState
from resolutions.models import PastImport
from resolutions.past.plan import PastPlan
from resolutions.past.uploads import apply, judged_anew, plan_of, show


@task(label="Чтение книги решений прошлых лет", time_limit=SEVERAL_MINUTES)
def read_past(pk: int, note: str = "") -> None:
    """Judge what an upload comes to.

    Args:
        pk: of the upload; one that was discarded meanwhile, or read before, is left alone.
        note: what its reader should know.
    """
    upload = PastImport.objects.get(pk=pk)
    if upload.state == ImportState.READING:
        _look(upload, note)


@task(label="Загрузка решений прошлых лет", time_limit=SEVERAL_MINUTES)
def apply_past(pk: int, seen: str, by: int) -> None:
    """Load everything that the preview showed, or nothing.

    Args:
        pk: of the upload; one that was discarded meanwhile, or loaded before, is left alone.
        seen: `PastPlan.seen` of the plan that was shown.
        by: who decided.
    """
    upload = PastImport.objects.get(pk=pk)
    if upload.state != ImportState.APPLYING:
        return
    try:
        apply(upload, seen=seen, by=User.objects.get(pk=by))
    except OutdatedPlan:
        _look(upload, OUTDATED)
    except (RefusedWorkbook, FileNotFoundError):
        _show(upload, PastPlan.refused_whole(UNREADABLE))
    except ValidationError:
        return  # somebody discarded it meanwhile


def begin_reading(upload: PastImport, note: str = "") -> None:
    """Let the worker read an upload, in the transaction of the caller.

    Args:
        upload: locked or new.
        note: what its reader should know.

    Raises:
        ValidationError: it was decided already.
    """
    upload.begin(ImportState.READING, read_past, note)


def begin_applying(upload: PastImport, *, seen: str, by: User) -> None:
    """Let the worker load an upload, in the transaction of the caller.

    Args:
        upload: locked.
        seen: `PastPlan.seen` of the plan that was shown.
        by: who decides.

    Raises:
        ValidationError: it was decided already.
    """
    upload.begin(ImportState.APPLYING, apply_past, seen, by.pk)


def _look(upload: PastImport, note: str) -> None:
    """Judge the kept file; what is wrong with it as a whole is shown as its error."""

    def told(rows: int) -> None:
        PastImport.objects.filter(pk=upload.pk).update(rows=rows)

    try:
        plan = plan_of(upload, told=told)
    except FileNotFoundError:
        plan = PastPlan.refused_whole(UNREADABLE)
    _show(upload, plan, judged_anew(plan) if note == OUTDATED else note)


def _show(upload: PastImport, plan: PastPlan, note: str = "") -> None:
    """Show what came of it, unless somebody decided meanwhile."""
    try:
        show(upload, plan, note)
    except ValidationError:
        return
