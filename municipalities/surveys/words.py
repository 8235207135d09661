"""Answers as people read them, where their kind says nothing else."""

import datetime as dt
from decimal import Decimal
from typing import Any

NOTHING = "—"


def in_words(value: Any) -> str:
    """A value by its type: «да», «1 234,5», «27.06.2024»; a dash for none."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}".replace(",", "\u00a0").replace(".", ",")
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return str(value)
