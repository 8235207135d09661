"""Uploads in the log: starting one, looking at it again, deciding."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import IO, Any

from django.core.files.base import File
from django.db import transaction

from accounts.models import User
from documents.downloads import safe_name
from municipalities.importing.archive import RefusedWorkbook, check_archive
from municipalities.importing.comparing import Progress, compare
from municipalities.importing.plan import Plan
from municipalities.importing.sheet import Table, heading_place, open_table
from municipalities.models import ImportedFile, ImportState, WorkbookImport, WorkbookUpload
from municipalities.registration import known_parts


class RefusedFiles(Exception):
    """Files that cannot be read at all.

    Attributes:
        sentences: one for each, in Russian; with the file's name where there were several.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def start(files: Sequence["File[bytes]"], *, by: User, progress: Progress = lambda rows: None) -> WorkbookImport:
    """Read an upload and enter it into the log. The municipalities stay as they are.

    Args:
        files: the workbooks, as they came.
        by: who uploads them.
        progress: told how many rows have been read so far.

    Returns:
        The stored upload, with its plan: in preview, or refused when there are errors.

    Raises:
        RefusedFiles: some of the files are no workbooks, or dangerous ones; nothing is kept.
    """
    names = _names(files)
    plan = _read([file.open("rb") for file in files], names, progress)
    with transaction.atomic():
        batch = WorkbookImport(uploaded_by=by, uploaded_by_name=str(by)[:150])
        _enter(batch, plan)
        _keep(batch, files, names)
    return batch


@transaction.atomic
def receive(files: Sequence["File[bytes]"], *, by: User) -> WorkbookImport:
    """Keep an upload for the worker to read: in a request only what is quickly seen is looked at.

    Args:
        files: the workbooks, as they came.
        by: who uploads them.

    Returns:
        The stored upload, still to be read.

    Raises:
        RefusedFiles: some of the files are no workbooks, dangerous ones, or without the table; nothing is kept.
    """
    names = _names(files)
    _refuse([(name, _refusal(file)) for file, name in zip(files, names, strict=True)], several=len(files) > 1)
    batch = WorkbookImport.objects.create(state=ImportState.READING, uploaded_by=by, uploaded_by_name=str(by)[:150])
    _keep(batch, files, names)
    return batch


def look_again(batch: WorkbookImport, *, note: str = "", progress: Progress = lambda rows: None) -> None:
    """Compare the kept files with what the portal holds now, and show that.

    Args:
        batch: an upload that is not decided.
        note: what its reader should know, shown above the changes.
        progress: told how many rows have been read so far.

    Raises:
        ValidationError: it was decided already.
        RefusedFiles: the kept files are damaged.
        OSError: they cannot be read.
    """
    kept = list(batch.files.all())
    with ExitStack() as opened:
        files = [opened.enter_context(file.file.open("rb")) for file in kept]
        plan = _read(files, [file.name for file in kept], progress)
    show(batch, replace(plan, notes=[note, *plan.notes] if note else plan.notes))


@transaction.atomic
def show(batch: WorkbookImport, plan: Plan) -> None:
    """Enter a plan into the log, to be shown.

    Raises:
        ValidationError: the upload was decided already.
    """
    current = WorkbookImport.objects.select_for_update().get(pk=batch.pk)
    _enter(current, plan)
    batch.refresh_from_db()


@transaction.atomic
def discard(batch: WorkbookUpload, *, by: User) -> None:
    """Decide that nothing is to be written; the log keeps the files.

    Args:
        batch: an upload of any log, in preview, or with errors.
        by: who decides.

    Raises:
        ValidationError: it was decided already.
    """
    current = type(batch)._default_manager.select_for_update().get(pk=batch.pk)
    current.move(ImportState.DISCARDED, by=by)
    current.save()
    batch.refresh_from_db()


def _read(files: Sequence[IO[Any]], names: Sequence[str], progress: Progress = lambda rows: None) -> Plan:
    """Open all, so that every refusal is told at once, and compare."""
    tables: list[Table] = []
    refusals = []
    parts = known_parts()
    further = [column for part in parts for column in part.columns]
    for file, name in zip(files, names, strict=True):
        try:
            tables.append(_named(open_table(file, further), name))
        except RefusedWorkbook as refusal:
            refusals.append((name, str(refusal)))
    _refuse(refusals, several=len(files) > 1)
    try:
        return compare(tables, parts, progress)
    except RefusedWorkbook as refusal:
        raise RefusedFiles([str(refusal)]) from refusal


def _names(files: Sequence["File[bytes]"]) -> list[str]:
    return [safe_name(file.name or "книга.xlsx") for file in files]


def _refusal(file: "File[bytes]") -> str:
    """What is quickly seen to be wrong with a workbook; empty when nothing is."""
    try:
        opened = file.open("rb")  # not closed: it is kept afterwards
        check_archive(opened)
        heading_place(opened)
    except RefusedWorkbook as refusal:
        return str(refusal)
    return ""


def _refuse(refusals: Sequence[tuple[str, str]], *, several: bool) -> None:
    """Refuse the files, if there is a sentence about any.

    Args:
        refusals: name and sentence; an empty one is none.
        several: whether there are several files, so that a sentence must name its own.

    Raises:
        RefusedFiles: there is.
    """
    sentences = [f"{name}: {said}" if several else said for name, said in refusals if said]
    if sentences:
        raise RefusedFiles(sentences)


def _named(table: Table, name: str) -> Table:
    """The table, whose refusals say further down too which file they are about."""

    def rows() -> Any:
        try:
            yield from table.rows
        except RefusedWorkbook as refusal:
            raise RefusedWorkbook(f"{name}: {refusal}") from refusal

    return replace(table, rows=rows())


def _enter(batch: WorkbookImport, plan: Plan) -> None:
    """Write a plan into the log."""
    batch.move(ImportState.REFUSED if plan.errors else ImportState.PREVIEW)
    batch.plan = plan.to_json()
    batch.rows, batch.errors = plan.rows, len(plan.errors)
    batch.changed_municipalities, batch.changed_cells = len(plan.changes), plan.changed_cells
    batch.save()


def _keep(batch: WorkbookImport, files: Sequence["File[bytes]"], names: Sequence[str]) -> None:
    for file, name in zip(files, names, strict=True):
        ImportedFile(batch=batch).keep(file, name)
