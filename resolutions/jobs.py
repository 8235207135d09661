"""What the worker does for the decisions: reads and loads workbooks of the past."""

from django_tasks import task

from municipalities.importing.comparing import Progress
from municipalities.importing.intake import OUTDATED, SEVERAL_MINUTES, UNREADABLE, Intake
from resolutions.models import PastImport
from resolutions.past.plan import PastPlan
from resolutions.past.uploads import apply, judged_anew, plan_of, show


def _look(upload: PastImport, note: str, progress: Progress) -> None:
    """Judge the kept file; what is wrong with it as a whole is shown as its error."""
    try:
        plan = plan_of(upload, told=progress)
    except FileNotFoundError:
        plan = PastPlan.refused_whole(UNREADABLE)
    show(upload, plan, judged_anew(plan) if note == OUTDATED else note)


PAST = Intake(PastImport, _look, apply)


@task(label="Чтение книги решений прошлых лет", time_limit=SEVERAL_MINUTES)
def read_past(pk: int, note: str = "") -> None:
    """Judge what an upload comes to. As `Intake.read`."""
    PAST.read(pk, note)


@task(label="Загрузка решений прошлых лет", time_limit=SEVERAL_MINUTES)
def apply_past(pk: int, seen: str, by: int) -> None:
    """Load everything that the preview showed, or nothing. As `Intake.load`; `seen` is `PastPlan.seen`."""
    PAST.load(pk, seen, by)
