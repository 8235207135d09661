"""The digest of what a paper will show, and of how: a new version of the portal makes its papers anew."""

import dataclasses
import datetime as dt
import enum
import functools
import hashlib
import json
import uuid
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

SOURCES = frozenset({".py", ".html", ".css", ".xml"})


def digest_of(kind: str, day: dt.date, content: object) -> str:
    """SHA-256 of a content, as hex digits.

    Args:
        kind: of the paper.
        day: on which it is asked for.
        content: frozen dataclasses, records and plain values. A field of a dataclass that is not compared does not
            count: the moment of making, for example.

    Returns:
        The same for the same content, in every process of one version of the portal.

    Raises:
        TypeError: something in it could look alike and be different.
    """
    plain = [code_version(), kind, day.isoformat(), _plain(content)]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@functools.cache
def code_version() -> str:
    """SHA-256 of the portal's code and of what it is locked to, as this process found them (some 20 ms).

    The number of a release would not do: not every update has one. Nor would the templates: Word files and workbooks
    are laid out by modules of every room.
    """
    digest = hashlib.sha256()
    for path in sorted(_sources()):
        digest.update(str(path.relative_to(settings.BASE_DIR)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    """Rooms, templates, and the list of libraries; apps of others do not lie beside the rooms."""
    yield from settings.BASE_DIR.glob("requirements.lock")
    rooms = {config.name.partition(".")[0] for config in apps.get_app_configs()}
    for folder in (*rooms, "templates"):
        yield from (path for path in (settings.BASE_DIR / folder).rglob("*") if path.suffix in SOURCES)


def _plain(value: Any) -> Any:
    """A value as JSON; what is not a plain value of JSON says its type."""
    if value is None or isinstance(value, bool | int | float) or type(value) is str:
        return value
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return ["mapping", [[str(key), _plain(one)] for key, one in value.items()]]
    return _named(value)


def _named(value: Any) -> Any:
    """A value with its type."""
    if isinstance(value, enum.Enum):
        return [type(value).__name__, _plain(value.value)]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = (field.name for field in dataclasses.fields(value) if field.compare)
        return [type(value).__name__, [_plain(getattr(value, name)) for name in fields]]
    if isinstance(value, models.Model):
        return [value._meta.label, [_plain(getattr(value, field.attname)) for field in value._meta.concrete_fields]]
    if isinstance(value, dt.date | dt.time | Decimal | uuid.UUID | models.fields.files.FieldFile):
        return [type(value).__name__, value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)]
    if callable(value) and hasattr(value, "__qualname__"):  # of a registered kind: which it is, is code
        return [f"{value.__module__}.{value.__qualname__}"]
    raise TypeError(f"{type(value).__name__} has no digest")
