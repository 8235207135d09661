"""The way back from an archive."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sgcszr_portal.archive.format import ArchiveRefused
from sgcszr_portal.archive.restoring import restore_archive


class Command(BaseCommand):
    """`manage.py restore_archive архив.zip`."""

    help = "Load an archive into an empty portal of the same version: all of it, or nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file."""
        parser.add_argument("file", type=Path, metavar="FILE", help="what export_archive or the page wrote")

    def handle(self, *args: Any, file: Path, verbosity: int, **options: Any) -> None:
        """Check, load, check again.

        Raises:
            CommandError: the portal is not empty, or the archive is not one that it can load.
        """
        try:
            restored = restore_archive(file)
        except ArchiveRefused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"Файл не записался в хранилище ({error.strerror}): не восстановлено ничего.") from error
        if verbosity:
            kept = f" (и {restored.kept} уже лежали в хранилище)" if restored.kept else ""
            self.stdout.write(f"Восстановлено записей: {restored.rows}, файлов: {len(restored.files)}{kept}.")
            self.stdout.write("Паролей в архиве нет: каждый задаёт новый по ссылке «Забыли пароль?».")
