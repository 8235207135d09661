"""The ledger of the Union: nothing is kept beside it, so that it only has to be legal."""

from collections.abc import Iterator

from accounts.models import UnionProfileRecord
from accounts.models.union import UNION_RULES
from revisions.checking import ledger_faults


def faults() -> Iterator[str]:
    """What is wrong, in sentences. One query."""
    yield from ledger_faults(UnionProfileRecord(), UnionProfileRecord.objects.all(), UNION_RULES, {}, {})
