"""Mergers as the page of a municipality tells them: of what it came, and part of what it became."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.access import Visitor
from municipalities.access import dated_facts_void_refusal
from municipalities.models import Municipality, Succession


@dataclass(frozen=True)
class ShownMerger:
    """A merger on the page of its successor or of a predecessor.

    Attributes:
        row: of it; on the successor's page the first of those that were written together.
        parts: the predecessors; on the page of one, that one alone.
        is_whole: whether the page is the successor's.
        is_ahead: whether its day is still to come.
        void_url: where it is voided; empty for those who may not.
    """

    row: Succession
    parts: tuple[Municipality, ...]
    is_whole: bool
    is_ahead: bool
    void_url: str


def shown_mergers(shown: Municipality, user: Visitor, *, until: dt.date | None, internal: bool) -> list[ShownMerger]:
    """The mergers that a municipality had a part in, the latest first. One query.

    Args:
        shown: the municipality.
        user: who looks.
        until: only those that happened by the end of this day; those to come too without it.
        internal: whether voided ones are told.
    """
    rows = Succession.objects.filter(Q(successor=shown) | Q(predecessor=shown)).to_show().with_names()
    together: dict[tuple[int, dt.datetime], list[Succession]] = {}
    for row in rows if until is None else rows.filter(happened_on__lte=until):
        if internal or not row.voiding:
            together.setdefault((row.successor_id, row.recorded_at), []).append(row)
    return [_shown(merger, shown, user) for merger in together.values()]


def _shown(merger: list[Succession], shown: Municipality, user: Visitor) -> ShownMerger:
    first = merger[0]
    refusal = dated_facts_void_refusal(user, first)
    return ShownMerger(
        row=first,
        parts=tuple(sorted((row.predecessor for row in merger), key=lambda one: one.name)),
        is_whole=first.successor == shown,
        is_ahead=first.happened_on > timezone.localdate(),
        void_url="" if refusal else reverse("municipality_merger_void", args=[first.successor.slug, first.pk]),
    )
