"""What the page of a municipality says about its solutions, practices and promises; and a practice's about promises."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone

from accounts.access import Visitor
from municipalities.models import Municipality, StandardEdition
from municipalities.practices.access import (
    practice_add_refusal,
    promise_refusal,
    promising_refusal,
    readable,
    solution_refusal,
    visible_practices,
)
from municipalities.practices.learning import learning_of
from municipalities.practices.models import (
    Commitment,
    CommitmentStep,
    Direction,
    Practice,
    Solution,
    SolutionStage,
)
from municipalities.practices.models.commitment import CommitmentQuerySet
from municipalities.practices.promise_figures import Promises
from municipalities.practices.promises import PromiseOnDay, promises_on
from municipalities.practices.uptake import public_adoptions
from municipalities.registration import Section
from russian.collation import in_russian_order


@dataclass(frozen=True)
class DirectionSolutions:
    """A direction, and what the municipality has in it."""

    label: str
    solutions: list[Solution]

    @property
    def works(self) -> bool:
        """Whether something published is at work in it."""
        return any(one.is_published and one.stage == SolutionStage.WORKS for one in self.solutions)


@dataclass(frozen=True)
class EditionSolutions:
    """An edition of the Standard with all its directions; what works is counted of this edition alone."""

    edition: StandardEdition
    directions: list[DirectionSolutions]

    @property
    def at_work(self) -> int:
        """In how many directions something is at work."""
        return sum(one.works for one in self.directions)


def by_edition(solutions: list[Solution]) -> list[EditionSolutions]:
    """All directions in their order, empty ones too: what a city lacks is worth seeing. The latest edition first.

    Of the editions, the latest and those by which something is told. One query.
    """
    told: dict[str, list[Solution]] = {}
    for solution in solutions:
        told.setdefault(solution.direction_id, []).append(solution)
    found = [
        EditionSolutions(edition, [DirectionSolutions(one.name, told.get(one.code, [])) for one in directions])
        for edition, directions in groupby(Direction.objects.all(), key=lambda one: one.edition)
    ]
    return [one for place, one in enumerate(found) if place == 0 or any(line.solutions for line in one.directions)]


def solutions_of(user: Visitor, municipality: Municipality) -> dict[str, Any]:
    """What the section of solutions needs; those who keep the municipality also see what was withdrawn."""
    refusal = solution_refusal(user, municipality)
    solutions = municipality.solutions.order_by(in_russian_order("title"), "pk")
    shown = list(solutions.filter(is_published=True) if refusal else solutions)
    return {
        "editions": by_edition(shown),
        "has_solutions": bool(shown),
        "solution_refusal": refusal,
        "learning": learning_of(municipality, [one for one in shown if one.is_published]),
    }


def practices_of(user: Visitor, municipality: Municipality) -> dict[str, Any]:
    """What the section of practices needs: what the municipality offers, and what it takes up."""
    offered = visible_practices(user).filter(municipality=municipality)
    taken_up = public_adoptions().filter(municipality=municipality)
    return {
        "offered_practices": list(
            offered.select_related("direction__edition").order_by(in_russian_order("title"), "pk")
        ),
        "taken_up_practices": list(
            taken_up.select_related("practice__municipality").order_by(in_russian_order("practice__title"), "pk")
        ),
        "add_refusal": solution_refusal(user, municipality) or practice_add_refusal(user),
    }


def _promises(user: Visitor, commitments: CommitmentQuerySet) -> list[PromiseOnDay]:
    return readable(user, promises_on(timezone.localdate(), commitments=commitments))


def commitments_of(user: Visitor, municipality: Municipality) -> dict[str, Any]:
    """What the section of promises needs."""
    had = Commitment.objects.filter(
        pk__in=CommitmentStep.objects.filter(municipality=municipality).values("commitment")
    )
    owed = [one for one in _promises(user, had) if one.municipality == municipality]
    return {
        "promises": Promises(owed, {"municipality": municipality.slug}),
        "promise_refusal": promise_refusal(user, municipality),
    }


def commitments_to(user: Visitor, practice: Practice) -> dict[str, Any]:
    """What the page of a practice says about the promises to take it up."""
    promised = _promises(user, Commitment.objects.filter(practice=practice))
    return {
        "promises": Promises(promised, {"practice": str(practice.pk)}),
        "promising_refusal": promising_refusal(user, practice),
    }


SOLUTIONS = Section("municipalities/practices/_city_solutions.html", solutions_of)
PRACTICES = Section("municipalities/practices/_city_practices.html", practices_of)
COMMITMENTS = Section("municipalities/practices/_city_commitments.html", commitments_of)
