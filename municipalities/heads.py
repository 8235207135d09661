"""How the head and the official address of a municipality change: by rows of their ledger, and by nothing else."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from municipalities.models import HeadRecord, Municipality
from municipalities.models.head import HEAD_RULES
from revisions.replay import void_refusal


@transaction.atomic
def change_head(row: HeadRecord, *, version: int) -> None:
    """Write down what changes of the head or the address.

    Args:
        row: not stored yet.
        version: of its municipality, as the form was opened with.

    Raises:
        EditConflict: somebody changed the municipality meanwhile.
        ValidationError: the row would change nothing.
    """
    _write(Municipality.locked(row.municipality_id, version), [row])


@transaction.atomic
def void_head(
    row: HeadRecord, *, reason: str, by: User, version: int, replacement: HeadRecord | None = None
) -> HeadRecord:
    """Say that a row is wrong: it is as if it had never been written.

    Args:
        row: the wrong one.
        reason: why it is wrong.
        by: who says so.
        version: of its municipality, as the page was opened with.
        replacement: the right row, written together; on the same day it takes its place.

    Raises:
        EditConflict: somebody changed the municipality meanwhile.
        ValidationError: the row is voided already, or the right one would change nothing.
    """
    current = Municipality.locked(row.municipality_id, version)
    wrong = HeadRecord.objects.select_related("voided_by").get(pk=row.pk)
    if refusal := void_refusal(wrong):
        raise ValidationError(refusal)
    rows = [HeadRecord.voiding_of(wrong, reason=reason, by=by, municipality_id=current.pk)]
    if replacement:
        replacement.take_place_of(wrong)
        rows.append(replacement)
    _write(current, rows)
    return rows[0]


def _write(current: Municipality, rows: Sequence[HeadRecord]) -> None:
    if refusal := HEAD_RULES.replay(current.head_records.all(), rows):
        raise ValidationError(refusal)
    for row in rows:
        row.save()
    Municipality.objects.filter(pk=current.pk).update(version=current.version)
