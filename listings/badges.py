"""States that lists and pages show as badges."""

from django.db import models


class ToneChoices(models.TextChoices):
    """States that say by themselves how they look: code, tone, label.

    Attributes:
        tone: a colour of badges.css, as `.badge--done` has it; the label says the same in words.
    """

    tone: str

    def __new__(cls, code: str, *rest: str) -> "ToneChoices":
        """Keep the tone beside the code, which alone is stored and compared."""
        member = str.__new__(cls, code)
        member._value_ = code
        (member.tone,) = rest
        return member
