"""How the worker takes in uploaded workbooks: the same way for every log, each with its reading and its loading."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError

from accounts.models import User
from municipalities.importing.archive import RefusedWorkbook
from municipalities.importing.comparing import Progress
from municipalities.importing.plan import OutdatedPlan
from municipalities.models import ImportState, WorkbookUpload

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

Upload = TypeVar("Upload", bound=WorkbookUpload)


@dataclass(frozen=True)
class Intake(Generic[Upload]):
    """What the worker does with the uploads of a log; one that somebody decided about meanwhile is left alone.

    Attributes:
        uploads: the model of the log.
        look: reads the kept files and shows what they come to now, or what is wrong with them; takes the upload, a note
            to its reader, and what is told how many rows were read so far. A `ValidationError` says that somebody
            decided meanwhile.
        apply: writes everything that was `seen`, for whoever it is done `by`, or nothing. An `OutdatedPlan` says that
            it would come to something else now.
    """

    uploads: type[Upload]
    look: Callable[[Upload, str, Progress], None]
    apply: Callable[..., None]

    def read(self, pk: int, note: str) -> None:
        """Show what an upload comes to.

        Args:
            pk: of the upload.
            note: what its reader should know.
        """
        upload = self._get(pk)
        if upload.state == ImportState.READING:
            self._look(upload, note)

    def load(self, pk: int, seen: str, by: int) -> None:
        """Write what an upload comes to, or show why not.

        Args:
            pk: of the upload.
            seen: the mark of the plan that was shown.
            by: who decided.
        """
        upload = self._get(pk)
        if upload.state != ImportState.APPLYING:
            return
        try:
            self.apply(upload, seen=seen, by=User.objects.get(pk=by))
        except OutdatedPlan:
            self._look(upload, OUTDATED)
        except ValidationError as refused:
            self._look(upload, f"Ничего не загружено. {' '.join(refused.messages)}")
        except (RefusedWorkbook, FileNotFoundError):
            self._look(upload, "")  # which says what is wrong with the file

    def _get(self, pk: int) -> Upload:
        return self.uploads._default_manager.get(pk=pk)

    def _look(self, upload: Upload, note: str) -> None:
        def told(rows: int) -> None:
            self.uploads._default_manager.filter(pk=upload.pk).update(rows=rows)

        with suppress(ValidationError):  # somebody discarded it meanwhile
            self.look(upload, note, told)
