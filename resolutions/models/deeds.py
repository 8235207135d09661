"""What was done about a point by its letters: from the first of them on, the work on it is under way."""

import datetime as dt
from collections.abc import Iterable

from resolutions.models.correspondence import LetterAction
from resolutions.models.letter_step import LetterStep
from resolutions.models.point_standing import Deed
from revisions.ledger import in_force


def deeds_of(ways: Iterable[Iterable[LetterStep]], *, known_on: dt.date | None = None) -> list[Deed]:
    """The registrations of letters; what was annulled counts until then. Asks nothing.

    Args:
        ways: all steps of each letter of one point.
        known_on: only what was recorded by the end of this day counts.
    """
    deeds = []
    for steps in ways:
        taken: dict[str, LetterStep] = {}
        for step in in_force(steps, known_on=known_on):
            taken.setdefault(step.action, step)
        registered, annulled = taken.get(LetterAction.REGISTER), taken.get(LetterAction.ANNUL)
        if registered:
            until = annulled.happened_on if annulled else None
            deeds.append(Deed(registered.happened_on, registered.recorded_at, until))
    return deeds


def tells_of_a_deed(step: LetterStep) -> bool:
    """Whether a step gives its letter a place among what was done about its point, or takes it; voidings do too."""
    said = step.voids if isinstance(step.voids, LetterStep) else step
    return said.action in (LetterAction.REGISTER, LetterAction.ANNUL)
