"""What the page of a municipality says about its solutions and practices."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from accounts.access import Visitor
from municipalities.access import practice_add_refusal, solution_refusal, visible_practices
from municipalities.models import Direction, Municipality, PracticeAdoption, Solution
from municipalities.practices.uptake import public_adoptions
from russian.collation import in_russian_order


@dataclass(frozen=True)
class DirectionSolutions:
    """One of the ten directions, and what the municipality has in it."""

    label: str
    solutions: list[Solution]


def experience_sections(user: Visitor, municipality: Municipality) -> dict[str, Any]:
    """The context of `municipalities/_solutions.html` and `municipalities/_practices.html`; four queries.

    Args:
        user: who reads; those who keep the municipality also see what was withdrawn.
        municipality: whose page it is.
    """
    may_keep = solution_refusal(user, municipality) is None
    solutions = municipality.solutions.order_by(in_russian_order("title"), "pk")
    shown = list(solutions if may_keep else solutions.filter(is_published=True))
    taken_up = PracticeAdoption.objects.filter(pk__in=public_adoptions().values("pk"), municipality=municipality)
    return {
        "solutions": by_direction(shown),
        "has_solutions": bool(shown),
        "may_keep_solutions": may_keep,
        "offered_practices": list(
            visible_practices(user).filter(municipality=municipality).order_by(in_russian_order("title"), "pk")
        ),
        "taken_up_practices": list(
            taken_up.select_related("practice__municipality").order_by(in_russian_order("practice__title"), "pk")
        ),
        "may_add_practice": may_keep and practice_add_refusal(user) is None,
    }


def by_direction(solutions: list[Solution]) -> list[DirectionSolutions]:
    """All ten directions in their order, empty ones too: what a city lacks is worth seeing."""
    places = {direction.value: place for place, direction in enumerate(Direction)}
    ordered = sorted(solutions, key=lambda solution: places[solution.direction])
    found = {direction: list(group) for direction, group in groupby(ordered, key=lambda one: one.direction)}
    return [DirectionSolutions(str(direction.label), found.get(direction.value, [])) for direction in Direction]
