"""The ledgers of municipalities: legal, and those of names and codes compared with the columns that keep them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from django.utils import timezone

from municipalities.models import Municipality, Succession
from municipalities.models.head import HEAD_RULES
from municipalities.models.membership import MEMBERSHIP_RULES
from municipalities.models.naming import NAMING_RULES, Span
from municipalities.models.participation import PARTICIPATION_RULES
from municipalities.models.succession import SUCCESSION_RULES
from revisions.checking import ledger_faults
from revisions.days import EARLIEST, LATEST

LEDGERS = ("participation_records", "memberships", "renamings", "head_records", "predecessions")


def faults() -> Iterator[str]:
    """What is wrong, in sentences. Seven queries, whatever the number of rows."""
    spans: list[tuple[Span, Municipality]] = []
    everybody = {one.pk: one for one in Municipality.objects.prefetch_related(*LEDGERS)}
    for one in everybody.values():
        kept, told = _naming(one)
        yield from ledger_faults(one, one.participation_records.all(), PARTICIPATION_RULES, {}, {})
        yield from ledger_faults(one, one.memberships.all(), MEMBERSHIP_RULES, {}, {})
        yield from ledger_faults(one, one.renamings.all(), NAMING_RULES, kept, told)
        yield from ledger_faults(one, one.head_records.all(), HEAD_RULES, {}, {})
        yield from ledger_faults(one, one.predecessions.all(), SUCCESSION_RULES, {}, {})
        spans += [(span, one) for span in one.code_spans()]
    yield from _code_faults(spans)
    mergers = Succession.objects.in_force().select_related("leaving__voided_by", "joining")
    yield from _succession_faults(mergers, everybody)


def _naming(one: Municipality) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the columns keep, and what the ledger says."""
    today = timezone.localdate()
    told = one.naming_on(today)
    return (
        {"name": one.name, "oktmo": one.oktmo, "former_names": one.former_names},
        {"name": told.name, "oktmo": told.oktmo, "former_names": one.former_on(today)},
    )


def _code_faults(spans: Iterable[tuple[Span, Municipality]]) -> Iterator[str]:
    """Who has the code of another on the same days.

    Of two that had it from the beginning, as far as their ledgers say, the one that kept it longer got it from the
    other: one that is added to the portal late has no row that says since when.
    """
    in_order = sorted(spans, key=lambda held: (held[0].value, held[0].until or LATEST, held[1].pk))
    for (earlier, one), (later, other) in pairwise(in_order):
        is_inherited = earlier.since == later.since == EARLIEST and earlier.until
        if earlier.meets(later) and not is_inherited:
            yield f"Municipalities {one.pk} and {other.pk} have the code {later.value} on the same days"


def _succession_faults(rows: Iterable[Succession], everybody: Mapping[int, Municipality]) -> Iterator[str]:
    """Who has two successors, comes of itself, or is a member still; and whose leaving was voided alone."""
    successors: dict[int, int] = {}
    for row in rows:
        if row.predecessor_id in successors:
            yield f"Municipality {row.predecessor_id} has two successors"
        successors[row.predecessor_id] = row.successor_id
        part = everybody[row.predecessor_id]
        if part.belongs_from(list(part.memberships.all()), row.happened_on):
            yield f"Municipality {part.pk} is a part of another, and a member still"
        if any(one and one.voiding for one in (row.leaving, row.joining)):
            yield f"Succession {row.pk}: a membership that it wrote is voided, and it is not"
    for start in successors:
        seen, one = {start}, successors.get(start)
        while one is not None and one not in seen:
            seen.add(one)
            one = successors.get(one)
        if one is not None:
            yield f"Municipality {start} comes of itself"
