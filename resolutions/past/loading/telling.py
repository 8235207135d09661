"""What rows say and the portal holds, in words; and rows as they are meant, without stray spaces."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from django.db import models

from municipalities.practices.models import Commitment
from resolutions.models import Resolution
from resolutions.past.rows import (
    Designation,
    PastIncoming,
    PastLetter,
    PastPromise,
    PastRows,
    PastStep,
)
from revisions.days import LATEST, TOO_LATE
from russian.templatetags.russian import long_date, quoted
from russian.text import paragraphs, tidy

_MEASURE: Any = Commitment._meta.get_field("measure")
SHORT = 200  # characters: as much of a text as a sentence quotes

# Texts of several paragraphs; every other one is a single paragraph.
BY_LINE: dict[type, tuple[str, ...]] = {
    PastLetter: ("addressee", "body"),
    PastIncoming: ("text",),
    PastStep: ("text", "result_reason", "obstacles", "next_step"),
    PastPromise: ("reason",),
}


def told(value: Any) -> str:
    """A value inside a sentence, before a full stop."""
    if isinstance(value, dt.date):
        return long_date(value).rstrip(".")
    if isinstance(value, models.Choices):
        return quoted(str(value.label))
    if isinstance(value, Designation):
        return quoted(value.typed)
    if isinstance(value, tuple):
        value = "; ".join(map(str, value))
    text = " ".join(str(value if value is not None else "").split())
    if not text:
        return "ничего"
    return quoted(text if len(text) <= SHORT else f"{text[:SHORT]}…")


def as_meant(rows: PastRows) -> PastRows:
    """The same rows with their texts as forms would take them."""
    return PastRows(*(tuple(map(_as_meant, getattr(rows, one.name))) for one in fields(rows)))


def _as_meant(row: Any) -> Any:
    by_line = BY_LINE.get(type(row), ())
    said = {one.name: getattr(row, one.name) for one in fields(row)}
    # A choice is a text too, and has no stray spaces.
    texts = {
        name: "\n".join(paragraphs(value)) if name in by_line else tidy(value)
        for name, value in said.items()
        if type(value) is str
    }
    lists = {name: _tidied(value) for name, value in said.items() if isinstance(value, tuple)}
    return replace(row, **texts, **lists)


def meant(text: str) -> str:
    """A text that the portal holds, as a row would say it: blank lines between paragraphs say nothing."""
    return "\n".join(paragraphs(text))


def what_of(promise: Commitment) -> str:
    """What was promised, as a row says it: a promise to a practice by its label."""
    return tidy(promise.label)[: _MEASURE.max_length].strip()


def designation_of(decision: Resolution) -> Designation:
    """How rows name a decision of the portal; told by its day, number and heading."""
    return Designation(decision.slug, f"решение от {decision.day_and_number} {quoted(decision.title)}")


def _tidied(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(tidy, texts)))


def too_late(day: dt.date | None) -> str | None:
    """Why nothing is waited for until a day, in Russian: a slip of the keyboard. None when there is no such day."""
    return TOO_LATE if day and day > LATEST else None
