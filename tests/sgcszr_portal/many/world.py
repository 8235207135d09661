"""The world of the table of access, in which everything that may be many becomes many."""

from dataclasses import dataclass

from accounts.models import User
from resolutions.models import Resolution
from tests.sgcszr_portal.many.cities import begin_cities, more_members, more_of_the_rest, more_practices, more_records
from tests.sgcszr_portal.many.copying import World
from tests.sgcszr_portal.many.letters import add_points, begin_letters, more_decisions, more_letters
from tests.sgcszr_portal.many.members import more_reports
from tests.sgcszr_portal.many.rounds import begin_rounds, more_rounds

FURTHER = ("appeal", "recommendation", "gratitude", "assignment")


@dataclass(frozen=True)
class Size:
    """How much is added.

    Attributes:
        members: of the Union.
        decisions: beside those of the world.
        points: further points of the decisions that are visited, beside one of each kind.
        letters: on one decision.
        rounds: of information exchange.
        children: of each kind, of each thing that is visited.
    """

    members: int
    decisions: int
    points: int
    letters: int
    rounds: int
    children: int


FEW = Size(members=2, decisions=2, points=0, letters=12, rounds=2, children=2)
MANY = Size(members=26, decisions=12, points=4, letters=300, rounds=10, children=12)


def begin(world: World, secretariat: User) -> None:
    """Let everything that is going to be many be there once."""
    begin_cities(world, secretariat)
    begin_letters(world, secretariat)
    begin_rounds(world, secretariat)


def grow(world: World, size: Size) -> None:
    """Add so much to the world."""
    more_members(size.members)
    more_records(size.children)
    more_practices(world, size.children)
    more_decisions(size.decisions)
    for slug in ("draft", "adopted", "signed"):
        add_points(Resolution.objects.get(slug=slug), FURTHER[: size.points], world)
    more_letters(world, size.children, size.letters)
    more_reports(world, size.children)
    more_rounds(world, size.children, size.rounds)
    more_of_the_rest(world, size.children)
