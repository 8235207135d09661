"""The history of records that are edited in place, as people read it: who, when, why, what it was before.

Stored by django-simple-history; a model that wants its history read declares
`history = HistoricalRecords(bases=[SignedHistory])`.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Subquery, When, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import localize

from revisions.diff import DiffPiece, word_diff
from russian.templatetags.russian import grouped, long_date

SHORT = 60  # characters: up to here a value is read at a glance


class SignedHistory(models.Model):
    """Base of a historical model: the author's name as it was then, whatever becomes of the account."""

    history_user_name = models.CharField("кто изменил", max_length=150, blank=True, editable=False)

    class Meta:
        abstract = True


def sign_history(sender: type, history_instance: models.Model, history_user: Any, **kwargs: Any) -> None:
    """Write the author's name into a line of history that is about to be stored."""
    if isinstance(history_instance, SignedHistory) and history_user is not None:
        history_instance.history_user_name = str(history_user)[:150]


def sign(record: Any, *, by: Any, reason: str) -> None:
    """Say who changes a record and why, before it is saved.

    Without it, history takes the visitor of the current request, and no reason.

    Args:
        record: an instance of a model with `history`.
        by: a user; None for a command.
        reason: in Russian, as people will read it.
    """
    record._history_user, record._change_reason = by, reason


def store_edited(records: Sequence[models.Model], fields: Sequence[str], *, by: Any) -> None:
    """Store many edited records of one model, each with its line of history, as quickly as the database can.

    Call it in a transaction in which they are locked, or were seen to be as they were read. They are rows that exist:
    inserting them comes to updating them, which costs a fraction of `bulk_update`, a CASE of every row for every field.

    Args:
        records: signed (`sign`), and brought into line with what `save()` would do.
        fields: names of the fields that are stored.
        by: a user; None for a command.
    """
    if not records:
        return
    model = type(records[0])
    model._default_manager.bulk_create(
        records, update_conflicts=True, unique_fields=[model._meta.pk.name], update_fields=fields
    )
    stored: Any = getattr(model, "history")  # noqa: B009 - a manager that the library does not tell mypy about
    stored.bulk_history_create(
        records,
        update=True,
        default_user=by,
        default_date=timezone.now(),
        custom_historical_attrs={"history_user_name": str(by)[:150] if by else ""},
    )


def value_before(model: type[models.Model], field: str, moment: dt.datetime) -> Coalesce:
    """What a field held before a moment, as an expression for rows of the model.

    Args:
        model: one with a `history`.
        field: a field that its history keeps.
        moment: lines of history from this moment on do not count.

    Returns:
        The value; NULL for a row that was added later. A row that was stored past its history, so that nobody knows
        since when it is there, has its present value.
    """
    lines = _lines(model).filter(**{model._meta.pk.attname: OuterRef("pk")})
    earlier = lines.filter(history_date__lt=moment).order_by("-history_date", "-history_id")
    return Coalesce(
        Subquery(earlier.values(field)[:1]), Case(When(~Exists(lines.filter(history_type="+")), then=F(field)))
    )


def _lines(model: type[models.Model]) -> models.QuerySet[Any]:
    stored: Any = getattr(model, "history")  # noqa: B009 - a manager that the library does not tell mypy about
    lines: models.QuerySet[Any] = stored.all()
    return lines


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in words."""

    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[DiffPiece]:
        """The way from one to the other: word by word in a text, the whole value where it is short."""
        if max(len(self.before), len(self.after)) > SHORT:
            return word_diff(self.before, self.after)
        return [DiffPiece("removed", self.before), DiffPiece("same", " "), DiffPiece("added", self.after)]


@dataclass(frozen=True)
class RecordChange:
    """One line of a record's history.

    Attributes:
        at: when.
        by: the author's name as it was then; empty when a command did it.
        reason: what was done, in words; empty for an ordinary edit.
        fields: what changed; empty for the line that began the record.
    """

    at: dt.datetime
    by: str
    reason: str
    fields: Sequence[FieldChange]


def record_changes(record: models.Model, fields: Sequence[str]) -> list[RecordChange]:
    """What happened to a record, the latest first.

    Args:
        record: a record with a `history`; it is read with one query, and one for each field that names another.
        fields: names of the fields that a reader cares about, in the order in which they are shown.

    Returns:
        Edits in which a reader would see a difference, and the beginning.
    """
    stored: Any = getattr(record, "history")  # noqa: B009 - a manager that the library does not tell mypy about
    lines = list(stored.order_by("-history_date", "-history_id"))
    return changes_of(lines, fields)


def changes_of(lines: Sequence[Any], fields: Sequence[str]) -> list[RecordChange]:
    """What happened to one record, by the lines of its history that were read already, the latest first.

    Args:
        lines: the latest first.
        fields: as of `record_changes`.
    """
    names = (name for name in fields if lines and lines[0]._meta.get_field(name).is_relation)
    prefetch_related_objects(list(lines), *names)
    edits = [_change(later, _differences(earlier, later, fields)) for later, earlier in pairwise(lines)]
    return [edit for edit in edits if edit.fields] + [_change(first, []) for first in lines[-1:]]


def _change(line: Any, fields: list[FieldChange]) -> RecordChange:
    return RecordChange(line.history_date, line.history_user_name, line.history_change_reason or "", fields)


def _differences(earlier: Any, later: Any, fields: Sequence[str]) -> list[FieldChange]:
    changes = []
    for name in fields:
        field: Any = later._meta.get_field(name)
        before, after = (_shown(field, getattr(line, name)) for line in (earlier, later))
        if before != after:
            changes.append(FieldChange(str(field.verbose_name), before, after))
    return changes


def _shown(field: Any, value: Any) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, dt.date):
        return long_date(value)
    if isinstance(value, int):
        return grouped(value)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(localize(value.normalize() if isinstance(field, models.DecimalField) else value))
