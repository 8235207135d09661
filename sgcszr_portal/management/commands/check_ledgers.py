"""`manage.py check_ledgers`: are the ledgers legal, and do the columns beside them say the same?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sgcszr_portal.ledgers import faults


class Command(BaseCommand):
    """Compare everything that is kept of a ledger with the ledger itself."""

    help = (
        "Reads the ledgers of the Union, of municipalities (membership, names, mergers, heads, participation), "
        "practices, points, letters, releases and what came in, and compares with them what is kept. Prints each "
        "difference; exit code 1 when there is one. Changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what is wrong.

        Raises:
            CommandError: something is.
        """
        found = list(faults())
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(f"Differences: {len(found)}")
        self.stdout.write("The ledgers are legal, and what is kept beside them agrees.")
