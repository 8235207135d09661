"""How many members go on with «Умный город», and how many use the experience of one of them (point 1)."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from listings.asking import query_of
from municipalities.models import Municipality, Participation
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.practices.models import AdoptionStatus, Practice, PracticeAdoption
from municipalities.practices.models.adoption import IN_USE, PracticeAdoptionQuerySet

TAKEN_UP = (AdoptionStatus.STUDIED, *IN_USE)


class UptakeState(models.TextChoices):
    """How far a municipality has come with the experience of others, by its furthest mark; or those who could come."""

    USED = "used", "Внедряют или внедрили"
    STUDIED = "studied", "Только изучили"
    OTHERS = "others", "Все члены Союза, кроме самого города"


@dataclass(frozen=True)
class Uptake:
    """Where the members stand on a day with what a recommendation proposes. Its addresses list whom the numbers count.

    Attributes:
        owner: whose experience is recommended; None where nobody's is.
        as_of, known_on: of which day, and from what was recorded by which day; None as of `uptakes_of`.
        members: of the Union that day.
        others: those of them that are not the owner.
        taking_part: how many members have each status of those who take part.
        using: those that introduce or have introduced a published practice of the owner.
        studied: those that have studied one, and use none.
    """

    owner: Municipality | None
    as_of: dt.date | None
    known_on: dt.date | None
    members: int
    others: int
    taking_part: Mapping[Participation, int]
    using: int
    studied: int

    @property
    def going_on(self) -> int:
        """Those who go on with the project."""
        return sum(self.taking_part.values())

    @property
    def members_url(self) -> str:
        """The list of the members."""
        return self._registry()

    @property
    def going_on_url(self) -> str:
        """The list of those who go on with the project."""
        return self._registry(part="taking")

    @property
    def statuses(self) -> list[tuple[Participation, int, str]]:
        """Those who go on, status by status, each with its list."""
        return [(status, number, self._registry(status=status)) for status, number in self.taking_part.items()]

    @property
    def others_url(self) -> str:
        """The list of the members that are not the owner."""
        return self._adopters(UptakeState.OTHERS)

    @property
    def using_url(self) -> str:
        """The list of those who use the experience."""
        return self._adopters(UptakeState.USED)

    @property
    def studied_url(self) -> str:
        """The list of those who have only studied it."""
        return self._adopters(UptakeState.STUDIED)

    def _registry(self, **asked: str) -> str:
        return reverse("municipalities") + query_of(asked | self._days())

    def _adopters(self, state: UptakeState) -> str:
        asked = {"municipality": self.owner.slug if self.owner else "", "state": state.value}
        return reverse("practices_uptake") + query_of(asked | self._days())

    def _days(self) -> dict[str, str]:
        days = {"as_of": self.as_of, "known_on": self.known_on}
        return {name: day.isoformat() for name, day in days.items() if day}


def uptake_of(owner: Municipality, as_of: dt.date | None = None, *, known_on: dt.date | None = None) -> Uptake:
    """Count where the members stand with one municipality's experience. Arguments and queries as of `uptakes_of`."""
    return uptakes_of([owner], as_of, known_on=known_on)[owner.pk]


def uptakes_of(
    owners: Iterable[Municipality], as_of: dt.date | None = None, *, known_on: dt.date | None = None
) -> dict[int | None, Uptake]:
    """Count where the members stand. Three queries at most, whatever the number of owners.

    Args:
        owners: whose experience is recommended.
        as_of: the day whose end is meant, in Moscow: the members, statuses and marks of that day; today without it.
            Which practices are published does not depend on it.
        known_on: count only what was recorded by the end of this day; practices withdrawn since are published.

    Returns:
        The counts by the key of the owner; by None those of a recommendation that names nobody.
    """
    named: dict[int | None, Municipality | None] = {None: None} | {owner.pk: owner for owner in owners}
    found = Municipality.objects.members_on(as_of or timezone.localdate(), known_on=known_on)
    statuses = dict(found.with_participation(as_of, known_on=known_on).order_by().values_list("pk", F("participation")))
    by_status = Counter(statuses.values())
    taking_part = {status: by_status[status] for status in Participation.taking_part()}
    taken_up: dict[int | None, set[int]] = {pk: set() for pk in named}
    using: dict[int | None, set[int]] = {pk: set() for pk in named}
    for owner_id, who, mark in _marks_of(statuses, [pk for pk in named if pk], as_of, known_on):
        taken_up[owner_id].add(who)
        if mark in IN_USE:
            using[owner_id].add(who)
    return {
        pk: Uptake(
            owner=owner,
            as_of=as_of,
            known_on=known_on,
            members=len(statuses),
            others=len(statuses) - (pk in statuses),
            taking_part=taking_part,
            using=len(using[pk]),
            studied=len(taken_up[pk] - using[pk]),
        )
        for pk, owner in named.items()
    }


def _marks_of(
    members: Container[int], owners: Collection[int] | None, as_of: dt.date | None, known_on: dt.date | None
) -> list[tuple[int, int, str]]:
    """Whose published practice which member has taken up, and how far. Two queries.

    Members and practices are compared here: nested in the query of the marks, they would be asked anew for each mark
    where PostgreSQL's statistics are old.

    Args:
        members: the keys of those who count, as owners too.
        owners: the keys of those whose practices are meant; None for everybody's.
        as_of, known_on: as of `uptakes_of`.
    """
    practices = Practice.objects.published(known_on=known_on)
    if owners is not None:
        practices = practices.filter(municipality__in=owners)
    told = dict(practices.order_by().values_list("pk", "municipality"))
    marks = PracticeAdoption.objects.with_mark(as_of, known_on=known_on).filter(Q(mark__in=TAKEN_UP))
    if owners is not None:
        marks = marks.filter(practice__municipality__in=owners)
    read = marks.order_by().values_list("practice", "municipality", F("mark"))
    return [(told[pk], who, mark) for pk, who, mark in read if who in members and told.get(pk) in members]


def public_adoptions(
    owner: Municipality | None = None, as_of: dt.date | None = None, *, known_on: dt.date | None = None
) -> PracticeAdoptionQuerySet:
    """Marks that everybody sees, of members and others, about published practices; refusals are left out.

    With `known_on`, a query at once: for the keys of the practices that were published by then.

    Args:
        owner: only about practices of this municipality.
        as_of, known_on: as of `uptakes_of`.
    """
    marks = PracticeAdoption.objects.with_mark(as_of, known_on=known_on).filter(
        Q(mark__in=TAKEN_UP), municipality__is_listed=True, practice__municipality__is_listed=True
    )
    if owner:
        marks = marks.filter(practice__municipality=owner)
    if known_on is None:
        return marks.filter(practice__is_published=True)
    return marks.filter(practice__in=list(Practice.objects.published(known_on=known_on).values_list("pk", flat=True)))


def adopters(
    owner: Municipality | None, state: str = "", as_of: dt.date | None = None, *, known_on: dt.date | None = None
) -> MunicipalityQuerySet:
    """The members that have taken up practices; or could, which is all but the owner. Three queries at once.

    Args:
        owner: whose practices; None for anybody's.
        state: a code of `UptakeState`; empty for those who use some and those who have only studied some.
        as_of, known_on: as of `uptakes_of`.
    """
    members = Municipality.objects.members_on(as_of or timezone.localdate(), known_on=known_on)
    if state == UptakeState.OTHERS:
        return members.exclude(pk=owner.pk) if owner else members
    there = set(members.order_by().values_list("pk", flat=True))
    marks = _marks_of(there, [owner.pk] if owner else None, as_of, known_on)
    found, using = {who for _, who, _ in marks}, {who for _, who, mark in marks if mark in IN_USE}
    if state:
        found = using if state == UptakeState.USED else found - using
    return Municipality.objects.filter(pk__in=found)
