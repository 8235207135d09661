"""Steps as links on a card."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from accounts.access import NotYours


@dataclass(frozen=True)
class StepLink:
    """A step that somebody may take now, or with the reason why not.

    Attributes:
        label: what the button says.
        url: where the step is taken.
        refusal: why it is not open, in Russian; None when it is.
    """

    label: str
    url: str
    refusal: str | None


class StepLinks(NamedTuple):
    """The steps that are somebody's: those that are open now, and those that say why they are not."""

    open: list[StepLink]
    refused: list[StepLink]


def own_steps(links: Iterable[StepLink]) -> StepLinks:
    """The steps without those that are never this visitor's."""
    own = [one for one in links if not isinstance(one.refusal, NotYours)]
    return StepLinks([one for one in own if not one.refusal], [one for one in own if one.refusal])
