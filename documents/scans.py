"""Scans of signed papers: what is accepted, and where it lies."""

import uuid
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.core.files import File

MAX_SCAN_BYTES = 20 * 1024 * 1024

# The first bytes decide, not the name: a file is what it begins with.
_BEGINNINGS = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


def scan_kind(file: "File[Any]") -> str | None:
    """What a file is by its first bytes.

    Args:
        file: an open or reopenable file; its position is put back to the beginning.

    Returns:
        "pdf", "png" or "jpg", or None for anything else.
    """
    file.seek(0)
    beginning = file.read(8)
    file.seek(0)
    return next((kind for magic, kind in _BEGINNINGS.items() if beginning.startswith(magic)), None)


def validate_scan(file: "File[Any]") -> None:
    """Validate an uploaded scan.

    Args:
        file: the upload.

    Raises:
        ValidationError: empty, over 20 MB, or neither PDF nor PNG nor JPEG.
    """
    if not file.size:
        raise ValidationError("Файл пуст: выберите скан документа.", code="empty")
    if file.size > MAX_SCAN_BYTES:
        raise ValidationError("Файл больше 20 МБ: отсканируйте документ с меньшим разрешением.", code="too_large")
    if scan_kind(file) is None:
        raise ValidationError("Это не скан: подойдёт файл PDF, PNG или JPEG.", code="wrong_type")


class Scanned(Protocol):
    """A record with a scan: a signature."""

    scan: Any


def scan_name(signature: Scanned, filename: str) -> str:
    """Where a scan is stored: under a name that cannot be guessed, whatever the upload was called."""
    kind = scan_kind(signature.scan.file) or "bin"
    return f"signatures/{uuid.uuid4().hex}.{kind}"
