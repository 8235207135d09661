"""`manage.py check_files`: does each row have its file, and each file its row?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sgcszr_portal.files import AN_HOUR, compare, mend


class Command(BaseCommand):
    """Compare stored files with the rows that name them."""

    help = (
        "Reads every stored file and compares it with the row that names it. Prints lost files (missing, or other "
        "bytes than the row says), orphans (no row names them) and unfinished ones, which killed processes leave; "
        "exit code 1 when a file is lost. Changes nothing without --mend, and never a lost file or its row."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """How much to mend."""
        parser.add_argument(
            "--mend",
            action="store_true",
            help="remove unfinished files and move orphans into the folder set-aside of their storage",
        )
        parser.add_argument(
            "--older-than",
            type=float,
            default=AN_HOUR,
            metavar="SECONDS",
            help="leave younger files alone: their row may be on its way (default: %(default)g, an hour)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what is found, and mend what is safe.

        Raises:
            CommandError: something is lost.
        """
        found = compare()
        strays = found.older_than(options["older_than"])
        for sentence in [*found.lost, *map(str, strays)]:
            self.stdout.write(sentence)
        if options["mend"]:
            mend(strays)
            self.stdout.write(f"Mended: {len(strays)}")
        young = len(found.strays) - len(strays)
        self.stdout.write(f"Files: {found.files}, lost: {len(found.lost)}, strays: {len(strays)}, too young: {young}")
        if found.lost:
            raise CommandError(f"Lost files: {len(found.lost)}. Restore them from a backup.")
