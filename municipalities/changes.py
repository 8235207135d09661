"""Who changed the facts of a municipality, when, and what they were before."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils.formats import localize

from municipalities.models import Municipality
from russian.templatetags.russian import grouped

_FACTS = (
    "name", "region", "federal_district", "oktmo", "population", "population_source", "latitude", "longitude",
    "is_listed",
)  # fmt: skip


@dataclass(frozen=True)
class FieldChange:
    """One fact before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One saved edit."""

    at: dt.datetime
    by: str
    reason: str
    fields: list[FieldChange]


def fact_changes(municipality: Municipality) -> list[Change]:
    """The edits of a municipality's facts, the latest first; its creation is the last, without fields.

    Args:
        municipality: whose history is read, with one query.

    Returns:
        Edits that changed something, and the creation.
    """
    history: Any = municipality.history  # a manager, which the stubs do not know
    versions = list(history.order_by("-history_date", "-history_id"))
    changes = [_change(later, _differences(earlier, later)) for later, earlier in pairwise(versions)]
    return [change for change in changes if change.fields] + [_change(first, []) for first in versions[-1:]]


def _change(version: Any, fields: list[FieldChange]) -> Change:
    return Change(
        version.history_date,
        version.history_user_name or "загрузка данных",
        version.history_change_reason or "",
        fields,
    )


def _differences(earlier: Any, later: Any) -> list[FieldChange]:
    changes = []
    for name in _FACTS:
        field: Any = Municipality._meta.get_field(name)
        before, after = (_shown(field, getattr(version, name)) for version in (earlier, later))
        if before != after:
            changes.append(FieldChange(str(field.verbose_name), before, after))
    return changes


def _shown(field: Any, value: Any) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return "—"
    if isinstance(field, models.BooleanField):
        return "да" if value else "нет"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.IntegerField):
        return grouped(value)
    return str(localize(value.normalize() if isinstance(field, models.DecimalField) else value))
