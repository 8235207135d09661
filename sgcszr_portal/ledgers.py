"""All ledgers of the portal, compared with what is kept beside them."""

from collections.abc import Iterator

from accounts.ledgers import faults as union_faults
from municipalities.ledgers import faults as participation_faults
from municipalities.practices.ledgers import faults as adoption_faults
from resolutions.ledgers import faults as execution_faults


def faults() -> Iterator[str]:
    """What is wrong, in sentences, room by room; nothing as a rule."""
    yield from union_faults()
    yield from participation_faults()
    yield from adoption_faults()
    yield from execution_faults()
