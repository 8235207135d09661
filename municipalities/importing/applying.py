"""The whole plan in one transaction, or nothing."""

import datetime as dt
from collections.abc import Callable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history

from accounts.models import User
from municipalities.columns import written_by_import
from municipalities.importing.comparing import CHUNK, in_chunks
from municipalities.importing.plan import Plan, RowChange, digest
from municipalities.models import ImportState, Municipality, WorkbookImport
from municipalities.models.participation import Statement
from revisions.history import sign

NOTHING = "Загружать нечего: изменений в файле нет."
LONGEST_REASON = 300  # characters


class OutdatedPlan(Exception):
    """The plan is not what its reader has seen, or the municipalities are not what it was compared with."""


@transaction.atomic
def apply(
    batch: WorkbookImport, *, seen: str, by: User, progress: Callable[[int, int], None] = lambda done, total: None
) -> None:
    """Write everything that the preview showed.

    Args:
        batch: an upload in the log.
        seen: `plan.digest` of the plan that was shown.
        by: who decides.
        progress: told how many of how many changes are written.

    Raises:
        OutdatedPlan: look again; nothing was written.
        ValidationError: it was decided already, or has errors, or a value is refused; nothing was written.
    """
    current = WorkbookImport.objects.select_for_update().get(pk=batch.pk)
    current.move(ImportState.APPLIED, by=by)
    if digest(current.plan) != seen:
        raise OutdatedPlan
    plan = Plan.from_json(current.plan)
    if not plan.changes:
        raise ValidationError(NOTHING, code="nothing")
    names = list(current.files.values_list("name", flat=True))
    done = 0
    for changes in in_chunks(plan.changes, CHUNK):
        _write(changes, names, by=by)
        done += len(changes)
        progress(done, len(plan.changes))
    current.save()
    batch.refresh_from_db()


def reason_for(file_name: str) -> str:
    """What the history says: «Загрузка из файла …»."""
    return f"Загрузка из файла «{file_name}»"[:LONGEST_REASON]


def _write(changes: Sequence[RowChange], names: Sequence[str], *, by: User) -> None:
    """Some of the changes: the facts with their history, then the statements."""
    keys = [change.municipality for change in changes]
    locked = {one.pk: one for one in Municipality.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    for change in changes:
        found = locked.get(change.municipality)
        if found is None or found.version != change.version:
            raise OutdatedPlan
    edited = [_edited(locked[change.municipality], change, names, by=by) for change in changes if change.facts]
    bulk_update_with_history(
        edited,
        Municipality,
        [*written_by_import(), "search_text", "version"],
        batch_size=100,
        default_user=by,
        default_date=timezone.now(),
        custom_historical_attrs={"history_user_name": str(by)[:150]},
    )
    statements = [
        _statement(change, locked[change.municipality].version, names) for change in changes if change.statement
    ]
    Municipality.objects.record_participations(statements, by=by)


def _edited(municipality: Municipality, change: RowChange, names: Sequence[str], *, by: User) -> Municipality:
    """The municipality with its new facts, ready to be stored."""
    for field, value in change.facts.items():
        if field not in written_by_import():
            raise ValidationError(f"{field} is not for a workbook to change")
        setattr(municipality, field, value)
    municipality.derive()
    municipality.clean_fields(exclude={"search_text"})
    municipality.version += 1
    sign(municipality, by=by, reason=reason_for(names[change.file]))
    return municipality


def _statement(change: RowChange, version: int, names: Sequence[str]) -> Statement:
    said = change.statement or {}
    return Statement(
        municipality_id=change.municipality,
        version=version,
        status=said["status"],
        happened_on=dt.date.fromisoformat(said["happened_on"]),
        basis=said["basis"],
        text=reason_for(names[change.file]),
    )
