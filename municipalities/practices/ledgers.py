"""The ledgers of marks, compared with what adoptions keep of them."""

from collections.abc import Iterator
from dataclasses import asdict

from django.utils import timezone

from municipalities.practices.models import PracticeAdoption
from municipalities.practices.models.adoption import ADOPTION_RULES
from revisions.checking import ledger_faults


def faults() -> Iterator[str]:
    """What is wrong, in sentences. Two queries, whatever the number of rows."""
    for adoption in PracticeAdoption.objects.prefetch_related("records"):
        rows = list(adoption.records.all())
        told = asdict(ADOPTION_RULES.fold(rows, timezone.localdate()))
        kept = {name: getattr(adoption, name) for name in told}
        yield from ledger_faults(adoption, rows, ADOPTION_RULES, kept, told)
