"""The whole plan in one transaction, or nothing.

Whoever else wants to write into SQLite waits while it is open. So all is read, judged and computed before; within
it versions are compared, which rise with every change, and rows are stored. What rooms above write of a row, a few
records, they judge once more and write first: their records are locked before municipalities.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from municipalities.columns import written_by_import
from municipalities.importing.comparing import CHUNK, in_chunks
from municipalities.importing.plan import OutdatedPlan, Plan, RowChange, digest
from municipalities.models import ImportState, Municipality, ParticipationRecord, WorkbookImport
from municipalities.models.participation import Statement
from municipalities.registration import PartChange, row_parts
from revisions.history import sign, store_edited
from russian.templatetags.russian import quoted

NOTHING = "Загружать нечего: изменений в файле нет."
LONGEST_REASON = 300  # characters


@dataclass(frozen=True)
class _Part:
    """Some of the changes, ready to be stored."""

    edited: Sequence[Municipality]
    records: Sequence[ParticipationRecord]


def apply(batch: WorkbookImport, *, seen: str, by: User) -> None:
    """Write everything that the preview showed, in a transaction of its own.

    Args:
        batch: an upload in the log.
        seen: `plan.digest` of the plan that was shown.
        by: who decides.

    Raises:
        OutdatedPlan: look again; nothing was written.
        ValidationError: it was decided already, or has errors, or a value is refused; nothing was written.
    """
    plan = Plan.from_json(_decided(WorkbookImport.objects.get(pk=batch.pk), seen=seen, by=by).plan)
    if not plan.changes:
        raise ValidationError(NOTHING, code="nothing")
    names = list(batch.files.values_list("name", flat=True))
    changes = sorted(plan.changes, key=lambda change: change.municipality)  # the order in which all lock several
    parts = [_prepared(some, names, by=by) for some in in_chunks(changes, CHUNK)]
    with transaction.atomic():
        current = _decided(WorkbookImport.objects.select_for_update().get(pk=batch.pk), seen=seen, by=by)
        _write_parts(changes, names, by=by)
        for some in in_chunks(changes, CHUNK):
            locked = Municipality.objects.select_for_update().filter(pk__in=_keys(some)).order_by("pk")
            _compare_versions(some, dict(locked.values_list("pk", "version")))
        for part in parts:
            store_edited(part.edited, [*written_by_import(), "search_text", "version"], by=by)
            Municipality.objects.store_records(part.records)
        current.save(update_fields=["state", "decided_at", "decided_by_name"])
    batch.refresh_from_db()


def reason_for(file_name: str) -> str:
    """What the history says: «Загрузка из файла …»."""
    return f"Загрузка из файла {quoted(file_name)}"[:LONGEST_REASON]


def _decided(stored: WorkbookImport, *, seen: str, by: User) -> WorkbookImport:
    """The upload as loaded, not saved; asked before the work and once more when nobody else can write."""
    stored.move(ImportState.APPLIED, by=by)
    if digest(stored.plan) != seen:
        raise OutdatedPlan
    return stored


def _write_parts(changes: Sequence[RowChange], names: Sequence[str], *, by: User) -> None:
    """Let rooms above write what they have judged."""
    for part in row_parts():
        theirs = [change for change in changes if change.parts.get(part.name)]
        part.write([PartChange(one.municipality, names[one.file], one.parts[part.name]) for one in theirs], by)


def _keys(changes: Sequence[RowChange]) -> list[int]:
    return [change.municipality for change in changes]


def _compare_versions(changes: Sequence[RowChange], versions: Mapping[int, int]) -> None:
    """Refuse all when a municipality is not there, or not at the version that its change was compared with."""
    if any(versions.get(change.municipality) != change.version for change in changes):
        raise OutdatedPlan


def _prepared(changes: Sequence[RowChange], names: Sequence[str], *, by: User) -> _Part:
    """Some of the changes: the facts, then the statements."""
    found = Municipality.objects.in_bulk(_keys(changes))
    _compare_versions(changes, {key: one.version for key, one in found.items()})
    edited = [_edited(found[change.municipality], change, names, by=by) for change in changes if change.facts]
    statements = [
        _statement(change, found[change.municipality].version, names) for change in changes if change.statement
    ]
    return _Part(edited, Municipality.objects.all().records_of(statements, by=by))


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
