"""The ledgers of participation and membership: nothing is kept beside them, so that they only have to be legal."""

from collections.abc import Iterator

from municipalities.models import Municipality
from municipalities.models.membership import MEMBERSHIP_RULES
from municipalities.models.participation import PARTICIPATION_RULES
from revisions.checking import ledger_faults


def faults() -> Iterator[str]:
    """What is wrong, in sentences. Three queries, whatever the number of rows."""
    for municipality in Municipality.objects.prefetch_related("participation_records", "memberships"):
        yield from ledger_faults(municipality, municipality.participation_records.all(), PARTICIPATION_RULES, {}, {})
        yield from ledger_faults(municipality, municipality.memberships.all(), MEMBERSHIP_RULES, {}, {})
