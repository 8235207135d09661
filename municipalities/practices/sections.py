"""What the page of a municipality says about its solutions and practices."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from accounts.access import Visitor
from municipalities.models import Municipality
from municipalities.practices.access import practice_add_refusal, solution_refusal, visible_practices
from municipalities.practices.models import Direction, PracticeAdoption, Solution
from municipalities.practices.uptake import public_adoptions
from municipalities.registration import Section
from russian.collation import in_russian_order


@dataclass(frozen=True)
class DirectionSolutions:
    """One of the ten directions, and what the municipality has in it."""

    label: str
    solutions: list[Solution]


def by_direction(solutions: list[Solution]) -> list[DirectionSolutions]:
    """All ten directions in their order, empty ones too: what a city lacks is worth seeing."""
    places = {direction.value: place for place, direction in enumerate(Direction)}
    ordered = sorted(solutions, key=lambda solution: places[solution.direction])
    found = {direction: list(group) for direction, group in groupby(ordered, key=lambda one: one.direction)}
    return [DirectionSolutions(str(direction.label), found.get(direction.value, [])) for direction in Direction]


def solutions_of(user: Visitor, municipality: Municipality) -> dict[str, Any]:
    """What the section of solutions needs; those who keep the municipality also see what was withdrawn."""
    refusal = solution_refusal(user, municipality)
    solutions = municipality.solutions.order_by(in_russian_order("title"), "pk")
    shown = list(solutions.filter(is_published=True) if refusal else solutions)
    return {"solutions": by_direction(shown), "has_solutions": bool(shown), "solution_refusal": refusal}


def practices_of(user: Visitor, municipality: Municipality) -> dict[str, Any]:
    """What the section of practices needs: what the municipality offers, and what it takes up."""
    offered = visible_practices(user).filter(municipality=municipality)
    taken_up = PracticeAdoption.objects.filter(pk__in=public_adoptions().values("pk"), municipality=municipality)
    return {
        "offered_practices": list(offered.order_by(in_russian_order("title"), "pk")),
        "taken_up_practices": list(
            taken_up.select_related("practice__municipality").order_by(in_russian_order("practice__title"), "pk")
        ),
        "add_refusal": solution_refusal(user, municipality) or practice_add_refusal(user),
    }


SOLUTIONS = Section("municipalities/practices/_city_solutions.html", solutions_of)
PRACTICES = Section("municipalities/practices/_city_practices.html", practices_of)
