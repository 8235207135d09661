"""Promises as they stand on a day, for pages, figures and the rooms above."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.utils import timezone

from listings.badges import ToneChoices
from municipalities.models import Municipality, Succession
from municipalities.practices import naming_points
from municipalities.practices.models import Commitment, CommitmentAction, CommitmentState, CommitmentStep
from municipalities.practices.models.commitment import CommitmentQuerySet
from municipalities.practices.models.commitment_step import COMMITMENT_RULES, CommitmentStanding
from russian.templatetags.russian import counted

DAYS = "день,дня,дней"


class PromiseStatus(ToneChoices):
    """How a promise reads on a day: where it stands, and whether it is late."""

    WAITING = "waiting", "soon", "Ждёт принятия"
    OPEN = "open", "doing", "Выполняется"
    LATE = "late", "overdue", "Просрочено"
    KEPT = "kept", "done", "Исполнено"
    KEPT_LATE = "kept-late", "partly", "Исполнено с опозданием"
    DROPPED = "dropped", "off", "Снято"


class PromiseFilter(models.TextChoices):
    """What lists of promises are asked for. Those of leavers are under a choice of their own, and under no other."""

    OPEN = "open", "Выполняются, в том числе просроченные"
    LATE = "late", "Просрочены"
    KEPT = "kept", "Исполнены, в том числе с опозданием"
    KEPT_LATE = "kept-late", "Исполнены с опозданием"
    DROPPED = "dropped", "Сняты"
    LEFT = "left", "Вышли из Союза"
    WAITING = "waiting", "Ждут принятия"


STATUSES: dict[str, tuple[PromiseStatus, ...]] = {
    PromiseFilter.OPEN: (PromiseStatus.OPEN, PromiseStatus.LATE),
    PromiseFilter.LATE: (PromiseStatus.LATE,),
    PromiseFilter.KEPT: (PromiseStatus.KEPT, PromiseStatus.KEPT_LATE),
    PromiseFilter.KEPT_LATE: (PromiseStatus.KEPT_LATE,),
    PromiseFilter.DROPPED: (PromiseStatus.DROPPED,),
    PromiseFilter.WAITING: (PromiseStatus.WAITING,),
}


@dataclass(frozen=True)
class PromiseOnDay:
    """A promise at the end of a day.

    Attributes:
        commitment: as it stands today.
        municipality: who owes it on the day; with its name of the day.
        day: the day.
        state: where it stands.
        due_on, who: until when, and who answers for it.
        made_on: since when there is the promise.
        accepted_on, accepted_at: since when it is a deed of the municipality, and when that was written down: those of
            the making where it was accepted at once; None while it waits. A promise that was dropped stays a deed, and
            one whose making was voided is not read at all.
        ended_on: when it was kept or dropped.
        is_late: whether it is open and its day is over; never of a leaver.
        days_late: since how many days it is late, or by how many it was kept late; 0 where it is not.
        is_of_leaver: whether who owes it is no member of the Union on the day, and part of no other municipality.
        behalf_told: for whom it was made and on what ground, where another hand wrote it down; empty otherwise.
        is_recorded_later: whether anything that is read of it was written down after the day.
        is_to_pass: whether it is open and who owes it has become part of another municipality.
        point: the point of a decision that it names, of `with_points`.
    """

    commitment: Commitment
    municipality: Municipality
    day: dt.date
    state: CommitmentState
    due_on: dt.date
    who: str
    made_on: dt.date
    accepted_on: dt.date | None
    accepted_at: dt.datetime | None
    ended_on: dt.date | None
    days_late: int
    is_of_leaver: bool
    is_to_pass: bool
    behalf_told: str = ""
    is_recorded_later: bool = False
    point: naming_points.NamedPoint | None = None

    @property
    def is_public(self) -> bool:
        """Whether everybody reads it: accepted, and of a municipality that the portal shows."""
        return self.accepted_on is not None and self.municipality.is_listed

    @property
    def is_late(self) -> bool:
        """Whether it is open and its day is over."""
        return self.state == CommitmentState.OPEN and self.days_late > 0

    @property
    def label(self) -> str:
        """What was promised."""
        return self.commitment.label

    @property
    def point_label(self) -> str:
        """How the point is called that it names; empty where it names none."""
        return self.point.label if self.point else ""

    @property
    def url(self) -> str:
        """Its card."""
        return self.commitment.get_absolute_url()

    def get_absolute_url(self) -> str:
        """Its card, as lists ask for it."""
        return self.url

    @property
    def badge(self) -> PromiseStatus:
        """How it reads, which says how it looks."""
        if self.state == CommitmentState.OPEN:
            return PromiseStatus.LATE if self.is_late else PromiseStatus.OPEN
        if self.state == CommitmentState.KEPT and self.days_late:
            return PromiseStatus.KEPT_LATE
        return PromiseStatus(self.state.value)

    @property
    def status_in_words(self) -> str:
        """«Исполнено с опозданием на 20 дней»."""
        late = f" на {counted(self.days_late, DAYS)}" if self.days_late else ""
        return f"{self.badge.label}{late}"

    def is_in(self, asked: str) -> bool:
        """Whether a list that is asked for a code of `PromiseFilter` has it."""
        if asked == PromiseFilter.LEFT:
            return self.is_of_leaver
        return not self.is_of_leaver and self.badge in STATUSES[asked]


def promises_on(
    day: dt.date, *, known_on: dt.date | None = None, commitments: CommitmentQuerySet | None = None
) -> list[PromiseOnDay]:
    """The promises that there are at the end of a day, by their last days. Seven queries, whatever their number.

    Args:
        day: a calendar day in Moscow.
        known_on: only what was written down by the end of this day counts: steps, voidings, membership, mergers.
        commitments: only these; all without it, those that are not public too (`PromiseOnDay.is_public`).
    """
    asked = Commitment.objects.all() if commitments is None else commitments
    steps: Prefetch[str] = Prefetch("steps", CommitmentStep.objects.order_by("pk"))
    named = Municipality.objects.named_on(day, known_on=known_on)
    practices: Prefetch[str] = Prefetch("practice__municipality", named)
    found = list(asked.prefetch_related(steps, "practice", practices).order_by("pk"))
    if not found:
        return []
    standings = {one.pk: one.standing_on(day, known_on=known_on) for one in found}
    keys = {one.municipality_id for one in standings.values() if one.state}
    owners = named.in_bulk(keys) if keys else {}
    members = set(
        Municipality.objects.members_on(day, known_on=known_on).filter(pk__in=keys).values_list("pk", flat=True)
    )
    mergers = Succession.objects.held_on(day, known_on=known_on).filter(predecessor__in=keys).order_by()
    merged = set(mergers.values_list("predecessor", flat=True))
    read = [
        _read(one, standings[one.pk], day, known_on, owners, members=members, merged=merged)
        for one in found
        if standings[one.pk].state
    ]
    return sorted(read, key=lambda one: (one.due_on, one.commitment.pk))


def with_points(promises: Sequence[PromiseOnDay]) -> list[PromiseOnDay]:
    """The same promises with the points that they name, which are asked for all at once."""
    points = naming_points.told([one.commitment for one in promises])
    return [replace(one, point=points.get(one.commitment.pk)) for one in promises]


def _read(
    commitment: Commitment,
    standing: CommitmentStanding,
    day: dt.date,
    known_on: dt.date | None,
    owners: dict[int, Municipality],
    *,
    members: Collection[int],
    merged: Collection[int],
) -> PromiseOnDay:
    made: Any = standing  # a promise that was made has an owner and its days
    owner, due_on, state = made.municipality_id, made.due_on, CommitmentState(standing.state)
    is_of_leaver = owner not in members and owner not in merged
    is_open = state == CommitmentState.OPEN
    rows = [one.row for one in COMMITMENT_RULES.walk(commitment.steps.all(), day, known_on=known_on)]
    held = {row.action: row for row in rows}
    accepted = held.get(CommitmentAction.ACCEPTED) or held[CommitmentAction.MADE]  # made and accepted at once
    overdue = max(0, (day - due_on).days) if is_open and not is_of_leaver else 0
    return PromiseOnDay(
        commitment=commitment,
        municipality=owners[owner],
        day=day,
        state=state,
        due_on=due_on,
        who=standing.who,
        made_on=made.made_on,
        accepted_on=standing.accepted_on,
        accepted_at=accepted.recorded_at if standing.accepted_on else None,
        ended_on=standing.ended_on,
        days_late=overdue or standing.days_late,
        is_of_leaver=is_of_leaver,
        is_to_pass=is_open and owner in merged,
        behalf_told=held[CommitmentAction.MADE].behalf_told,
        is_recorded_later=any(timezone.localdate(row.recorded_at) > day for row in rows),
    )
