"""The archive without a browser."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sgcszr_portal.archive.format import ArchiveRefused
from sgcszr_portal.archive.writing import write_archive

INCOMPLETE = 3  # 1 is any other CommandError, 2 a wrong command line


class Command(BaseCommand):
    """`manage.py export_archive архив.zip`. Ends with 3 when the archive is there, but not whole."""

    help = "Write the whole portal into one ZIP that needs no portal. It is for the secretariat alone."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the file."""
        parser.add_argument("file", type=Path, metavar="FILE", help="the archive to write; replaced when it is there")

    def handle(self, *args: Any, file: Path, verbosity: int, **options: Any) -> None:
        """Write beside the place first, so that no half of an archive is taken for one.

        Raises:
            CommandError: a stored file is missing or damaged, or the place cannot be written to; or, with the exit code
                `INCOMPLETE`, the archive is written, and papers are missing in it that could not be made.
        """
        unfinished = file.with_name(f".{file.name}.unfinished")
        try:
            descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)  # contacts and drafts inside
            with os.fdopen(descriptor, "w+b") as target:
                written = write_archive(target)
            unfinished.replace(file)
        except ArchiveRefused as refused:
            raise CommandError(str(refused)) from refused
        except OSError as error:
            raise CommandError(f"Записать архив в {file} не удалось: {error.strerror}.") from error
        finally:
            unfinished.unlink(missing_ok=True)
        for path, reason in written.unmade.items():
            self.stderr.write(f"{path}: {reason}")
        if verbosity:
            self.stdout.write(f"Записан архив {file}: файлов {len(written.sizes)}, байт {file.stat().st_size}.")
        if written.unmade:
            raise CommandError(f"Архив не полон. {written.lacks}", returncode=INCOMPLETE)
