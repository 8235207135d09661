"""The digest of what a paper will show."""

import dataclasses
import datetime as dt
import enum
import hashlib
import json
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models


def digest_of(kind: str, day: dt.date, content: object) -> str:
    """SHA-256 of a content, as hex digits.

    Args:
        kind: of the paper.
        day: on which it is asked for.
        content: frozen dataclasses, records and plain values. A field of a dataclass that is not compared does not
            count: the moment of making, for example.

    Returns:
        The same for the same content, in every process.

    Raises:
        TypeError: something in it could look alike and be different.
    """
    plain = [kind, day.isoformat(), _plain(content)]
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


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
