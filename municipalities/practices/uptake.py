"""How many members go on with «Умный город», and how many use the experience of one of them (point 1)."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import models
from django.db.models import Count, F, QuerySet
from django.urls import reverse

from municipalities.models import AdoptionStatus, Municipality, Participation, PracticeAdoption
from municipalities.models.adoption import IN_USE
from municipalities.models.municipality import MunicipalityQuerySet


class UptakeState(models.TextChoices):
    """How far a municipality has come with the experience of others, by its furthest mark."""

    USED = "used", "Внедряют или внедрили"
    STUDIED = "studied", "Только изучили"


@dataclass(frozen=True)
class Uptake:
    """Where the members stand today with what a recommendation proposes.

    Attributes:
        owner: whose experience is recommended.
        members: municipalities in the Union's list.
        others: those of them that are not the owner.
        active: those with the status «Участвует».
        pilot: those with the status «Пилотный город».
        using: those that introduce or have introduced a published practice of the owner.
        studied: those that have studied one, and use none.
    """

    owner: Municipality
    members: int
    others: int
    active: int
    pilot: int
    using: int
    studied: int

    @property
    def going_on(self) -> int:
        """Those who go on with the project."""
        return self.active + self.pilot

    @property
    def using_url(self) -> str:
        """The list of those who use the experience."""
        return uptake_url(self.owner, UptakeState.USED)

    @property
    def studied_url(self) -> str:
        """The list of those who have only studied it."""
        return uptake_url(self.owner, UptakeState.STUDIED)


def uptake_url(owner: Municipality, state: str) -> str:
    """The page that lists exactly those whom `adopters(owner, state)` finds."""
    return f"{reverse('practices_uptake')}?{urlencode({'municipality': owner.slug, 'state': state})}"


def uptake_of(owner: Municipality) -> Uptake:
    """Count where the members stand; four queries.

    Args:
        owner: whose experience is recommended.
    """
    listed = Municipality.objects.listed()
    counted = listed.with_participation().order_by().values(status=F("participation")).annotate(number=Count("pk"))
    by_status = {row["status"]: row["number"] for row in counted}
    members = sum(by_status.values())
    return Uptake(
        owner=owner,
        members=members,
        others=members - owner.is_listed,
        active=by_status.get(Participation.ACTIVE, 0),
        pilot=by_status.get(Participation.PILOT, 0),
        using=adopters(owner, UptakeState.USED).count(),
        studied=adopters(owner, UptakeState.STUDIED).count(),
    )


def public_adoptions(owner: Municipality | None = None) -> QuerySet[PracticeAdoption]:
    """Marks that everybody sees: of members, about published practices of members; refusals are left out.

    Args:
        owner: only about practices of this municipality.
    """
    adoptions = PracticeAdoption.objects.exclude(status=AdoptionStatus.DECLINED).filter(
        municipality__is_listed=True, practice__is_published=True, practice__municipality__is_listed=True
    )
    return adoptions.filter(practice__municipality=owner) if owner else adoptions


def adopters(owner: Municipality | None, state: str = "") -> MunicipalityQuerySet:
    """The members that have taken up practices.

    Args:
        owner: whose practices; None for anybody's.
        state: a code of `UptakeState`; empty for both.
    """
    adoptions = public_adoptions(owner)
    using = adoptions.filter(status__in=IN_USE).values("municipality")
    members = Municipality.objects.listed().filter(pk__in=adoptions.values("municipality"))
    if state == UptakeState.USED:
        return members.filter(pk__in=using)
    return members.exclude(pk__in=using) if state == UptakeState.STUDIED else members
