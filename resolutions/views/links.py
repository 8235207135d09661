"""Steps as links on a card."""

from dataclasses import dataclass


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
