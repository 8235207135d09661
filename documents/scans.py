"""Scans of signed papers: what is accepted, and where it lies."""

import uuid
from typing import Any, Protocol

from django.core.files import File

from documents.uploads import SCAN, sniff


def validate_scan(file: "File[Any]") -> None:
    """Validate an uploaded scan.

    Args:
        file: the upload.

    Raises:
        ValidationError: empty, over 20 MB, or neither PDF nor PNG nor JPEG.
    """
    SCAN.check(file)


class Scanned(Protocol):
    """A record with a scan: a signature."""

    scan: Any


def scan_name(signature: Scanned, filename: str) -> str:
    """Where a scan is stored: under a name that cannot be guessed, whatever the upload was called."""
    kind = sniff(signature.scan.file)
    return f"signatures/{uuid.uuid4().hex}.{kind.ending if kind in SCAN.kinds else 'bin'}"
