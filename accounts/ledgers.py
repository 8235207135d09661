"""The ledgers of the Union and of offices: whether they are legal, and whether people hold what they say."""

from collections.abc import Iterator

from accounts.models import OFFICE_RULES, OfficeTerm, UnionProfileRecord, User
from accounts.models.term import kept_of
from accounts.models.union import UNION_RULES
from revisions.checking import ledger_faults


def faults() -> Iterator[str]:
    """What is wrong, in sentences. Three queries."""
    yield from ledger_faults(UnionProfileRecord(), UnionProfileRecord.objects.all(), UNION_RULES, {}, {})
    rows = list(OfficeTerm.objects.select_related("user"))
    yield from ledger_faults(OfficeTerm(), rows, OFFICE_RULES, {}, {})
    told = kept_of(rows)
    for pk, offices in User.objects.order_by("pk").values_list("pk", "offices"):
        if offices != told.get(pk, []):
            yield f"accounts.User {pk}: offices is {offices!r}, and the ledger says {told.get(pk, [])!r}"
