"""What the worker does for the registry: uploaded workbooks, and every night the names and codes of a new day."""

from django_tasks import task

from municipalities.importing.applying import apply
from municipalities.importing.batches import RefusedFiles, look_again, show
from municipalities.importing.comparing import Progress
from municipalities.importing.intake import SEVERAL_MINUTES, UNREADABLE, Intake
from municipalities.importing.plan import CellError, Plan
from municipalities.models import WorkbookImport
from municipalities.renaming import bring_up_to_date


def _look(batch: WorkbookImport, note: str, progress: Progress) -> None:
    """Compare the kept files with what the portal holds; what is wrong with them is shown as an error of the file."""
    try:
        look_again(batch, note=note, progress=progress)
    except RefusedFiles as refused:
        show(batch, Plan(errors=[CellError(0, 0, "", "", sentence) for sentence in refused.sentences]))
    except FileNotFoundError:
        show(batch, Plan(errors=[CellError(0, 0, "", "", UNREADABLE)]))


REGISTRY = Intake(WorkbookImport, _look, apply)


@task(label="Чтение книг Excel", time_limit=SEVERAL_MINUTES)
def read_import(pk: int, note: str = "") -> None:
    """Compare an upload with what the portal holds. As `Intake.read`."""
    REGISTRY.read(pk, note)


@task(label="Загрузка книг Excel", time_limit=SEVERAL_MINUTES)
def apply_import(pk: int, seen: str, by: int) -> None:
    """Write everything that the preview showed, or nothing. As `Intake.load`; `seen` is `plan.digest`."""
    REGISTRY.load(pk, seen, by)


@task(label="Названия и коды, действующие с сегодняшнего дня")
def names_of_the_day() -> None:
    """Let the registry call municipalities as their ledgers do from today on."""
    bring_up_to_date()
