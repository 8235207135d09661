"""`manage.py load_crl FILE…`: lists of revoked certificates and OCSP answers, for cron."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from documents.models import RevocationRefused, load_revocation


class Command(BaseCommand):
    """Load revocation lists and OCSP answers that authorities of the trust store signed."""

    help = "Load lists of revoked certificates (CRL) or OCSP answers, DER or PEM, into the portal's trust store."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, files: list[Path], verbosity: int, **options: Any) -> None:
        """Load each file by itself; one that is refused does not keep the others out.

        Raises:
            CommandError: some were refused or cannot be read; the others are loaded.
        """
        failures = []
        for file in files:
            try:
                source = load_revocation(file.read_bytes(), by=None, by_name="load_crl")
            except OSError as unreadable:
                failures.append(f"{file}: {unreadable.strerror}")
            except RevocationRefused as refusal:
                failures.append(f"{file}: {refusal}")
            else:
                if verbosity:
                    self.stdout.write(f"{file}: {source}")
        if failures:
            raise CommandError("\n".join(failures))
