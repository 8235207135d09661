"""How many members a General Assembly needs."""

import math
from fractions import Fraction
from typing import Any

from django.db import models


class QuorumRule(models.TextChoices):
    """How many members make a General Assembly competent, in the words of the charter.

    Attributes:
        share: of the members.
        is_exceeded: whether more than the share are needed, and not just as many.
    """

    share: Fraction
    is_exceeded: bool

    MORE_THAN_HALF = "more_than_half", Fraction(1, 2), True, "более половины членов Союза"
    HALF = "half", Fraction(1, 2), False, "не менее половины членов Союза"
    TWO_THIRDS = "two_thirds", Fraction(2, 3), False, "не менее двух третей членов Союза"
    THREE_QUARTERS = "three_quarters", Fraction(3, 4), False, "не менее трёх четвертей членов Союза"

    def __new__(cls, code: str, *rest: Any) -> "QuorumRule":
        """Keep what a row says beside its code, which alone is stored and compared."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.share, member.is_exceeded = rest
        return member

    def of(self, members: int) -> int:
        """How many of so many members are a quorum."""
        exact = self.share * members
        return math.floor(exact) + 1 if self.is_exceeded else math.ceil(exact)
