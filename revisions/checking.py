"""Whether the ledgers are legal, and whether the columns that keep their readings keep them rightly."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from django.db import models

from revisions.ledger import LedgerRow
from revisions.replay import Rules

RowT = TypeVar("RowT", bound=LedgerRow)


def ledger_faults(
    owner: models.Model, rows: Iterable[RowT], rules: Rules[RowT, Any], kept: Mapping[str, Any], told: Mapping[str, Any]
) -> Iterator[str]:
    """What is wrong with one ledger, in sentences; nothing as a rule.

    Args:
        owner: whose ledger it is; of one without an owner, an empty row.
        rows: all its rows, voidings too.
        rules: how they follow one another.
        kept: column → what the owner keeps.
        told: column → what the ledger says.
    """
    whose, rows = f"{owner._meta.label} {owner.pk}", list(rows)
    by_key = {row.pk: row for row in rows}
    if refusal := rules.replay(rows):
        yield f"{whose}: {refusal}"
    for row in rows:
        wrong = by_key.get(row.voids_id or row.pk)
        if wrong is None or (row.is_voiding and (wrong.is_voiding or wrong.happened_on != row.happened_on)):
            yield f"{whose}: row {row.pk} voids row {row.voids_id}, which it cannot void"
        before = by_key.get(row.placed_before_id or row.pk)
        if before is None or before.happened_on != row.happened_on:
            yield f"{whose}: row {row.pk} is placed before row {row.placed_before_id} of another day"
        place = by_key.get(row.stands_for_id or row.pk)
        if place is None or place.happened_on != row.happened_on:
            yield f"{whose}: row {row.pk} stands for row {row.stands_for_id} of another day"
    for column, value in kept.items():
        if value != told[column]:
            yield f"{whose}: {column} is {value!r}, and the ledger says {told[column]!r}"
