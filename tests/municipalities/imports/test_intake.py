"""How the worker takes in an upload, whatever log it stands in."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from municipalities.importing.archive import RefusedWorkbook
from municipalities.importing.intake import OUTDATED, Intake
from municipalities.importing.plan import OutdatedPlan
from municipalities.models import ImportState, WorkbookImport
from tests.conftest import ClientFor
from tests.municipalities.imports.books import exported
from tests.municipalities.imports.conftest import Preview

pytestmark = pytest.mark.django_db


def stored(state: ImportState, secretariat: User) -> WorkbookImport:
    return WorkbookImport.objects.create(state=state, uploaded_by=secretariat, uploaded_by_name="С.С.", rows=0)


class Deeds:
    """An intake that notes what it would do."""

    def __init__(self, raised: Exception | None = None) -> None:
        self.raised, self.looked, self.applied = raised, list[str](), list[str]()
        self.intake = Intake(WorkbookImport, self.look, self.apply)

    def look(self, upload: WorkbookImport, note: str, progress: Any) -> None:
        progress(7)
        self.looked.append(note)

    def apply(self, upload: WorkbookImport, *, seen: str, by: User) -> None:
        self.applied.append(f"{seen} {by}")
        if self.raised:
            raise self.raised


@pytest.mark.parametrize("state", [ImportState.READING, ImportState.PREVIEW, ImportState.REFUSED, ImportState.APPLYING])
def test_only_what_waits_for_the_worker_is_taken(secretariat: User, state: ImportState) -> None:
    upload, deeds = stored(state, secretariat), Deeds()
    deeds.intake.read(upload.pk, "Так.")
    deeds.intake.load(upload.pk, "mark", secretariat.pk)
    assert deeds.looked == (["Так."] if state == ImportState.READING else [])
    assert deeds.applied == (["mark С.С. Секретарёва"] if state == ImportState.APPLYING else [])
    upload.refresh_from_db()
    assert upload.rows == (7 if state == ImportState.READING else 0)


@pytest.mark.parametrize(
    ("raised", "note"),
    [
        (OutdatedPlan(), OUTDATED),
        (ValidationError("Так нельзя."), "Ничего не загружено. Так нельзя."),
        (RefusedWorkbook("Файл повреждён."), ""),
        (FileNotFoundError(), ""),
    ],
)
def test_what_cannot_be_written_is_looked_at_again(secretariat: User, raised: Exception, note: str) -> None:
    deeds = Deeds(raised)
    deeds.intake.load(stored(ImportState.APPLYING, secretariat).pk, "mark", secretariat.pk)
    assert deeds.looked == [note]


def test_a_plan_that_was_not_seen_is_read_anew_at_once(
    client_for: ClientFor, secretariat: User, preview: Preview
) -> None:
    upload = preview(exported())
    client_for(secretariat).post(f"/municipalities/import/{upload.pk}/apply/", {"seen": "0" * 32})
    upload.refresh_from_db()
    assert upload.state == ImportState.READING
