"""The import of workbooks without a browser: the same reading, preview, all-or-nothing writing and log."""

import sys
from argparse import ArgumentTypeError
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from municipalities.access import import_refusal
from municipalities.importing.applying import apply
from municipalities.importing.batches import RefusedFiles, start
from municipalities.importing.plan import OutdatedPlan, Plan, digest
from municipalities.models import WorkbookImport
from russian.templatetags.russian import quoted


class Command(BaseCommand):
    """`manage.py import_municipalities реестр.xlsx --by secretariat@… [--apply]`."""

    help = "Show what workbooks would change in the registry; with --apply, change it, all or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the files, the author and the switch."""
        parser.add_argument("files", nargs="+", type=_existing_file, metavar="FILE", help="workbooks (.xlsx)")
        parser.add_argument("--by", required=True, metavar="E-MAIL", help="who of the secretariat imports")
        parser.add_argument("--apply", action="store_true", help="write the changes after showing them")

    def handle(self, *args: Any, files: list[Path], by: str, **options: Any) -> None:
        """Read, show, and with --apply write.

        Raises:
            CommandError: nobody of the secretariat has this address, a file is refused, or there are errors in it.
        """
        user = User.objects.filter(email__iexact=by).first()
        if user is None or import_refusal(user):
            raise CommandError(f"No active user of the secretariat has the address {by}.")
        with ExitStack() as opened:
            uploads = [File(opened.enter_context(path.open("rb")), name=path.name) for path in files]
            try:
                batch = start(uploads, by=user, progress=lambda rows: self._tell(f"Прочитано строк: {rows}"))
            except RefusedFiles as refused:
                raise CommandError("\n".join(refused.sentences)) from refused
        self._end_of_line()
        self._show(Plan.from_json(batch.plan), [path.name for path in files])
        if batch.errors:
            raise CommandError("В файле есть ошибки: не загружено ничего.")
        if options["apply"] and batch.changed_cells:
            self._apply(batch, by=user)

    def _show(self, plan: Plan, names: list[str]) -> None:
        for note in plan.notes:
            self.stdout.write(note)
        for error in plan.errors:
            self.stdout.write(f"{names[error.file]}, {error.letter}{error.row} {quoted(error.column)}: {error.text}")
        for change in plan.changes:
            for cell in change.cells:
                self.stdout.write(f"{change.name}, {cell.column}: {cell.before} → {cell.after}")
            for warning in change.warnings:
                self.stdout.write(f"{change.name}: {warning}")
        self.stdout.write(
            f"Строк: {plan.rows}, изменений: {plan.changed_cells}, муниципальных образований: {len(plan.changes)}, "
            f"ошибок: {len(plan.errors)}."
        )

    def _apply(self, batch: WorkbookImport, *, by: User) -> None:
        try:
            apply(batch, seen=digest(batch.plan), by=by)
        except OutdatedPlan as outdated:
            raise CommandError("Сведения на портале изменились: запустите команду ещё раз.") from outdated
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self._end_of_line()
        self.stdout.write(f"Загружено. Запись в журнале: № {batch.pk}.")

    def _tell(self, text: str) -> None:
        """Overwrite the last line of the terminal; a log file gets nothing."""
        if sys.stderr.isatty():
            self.stderr.write(f"\r{text}", ending="")

    def _end_of_line(self) -> None:
        if sys.stderr.isatty():
            self.stderr.write("")


def _existing_file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise ArgumentTypeError(f"there is no file {text}")
    return path
