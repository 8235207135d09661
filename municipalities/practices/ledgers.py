"""The ledgers of marks and promises, compared with what adoptions and promises keep of them."""

from collections.abc import Iterator
from dataclasses import asdict

from django.utils import timezone

from municipalities.models import Succession
from municipalities.practices.models import Commitment, CommitmentAction, PracticeAdoption
from municipalities.practices.models.adoption import ADOPTION_RULES
from municipalities.practices.models.commitment import told_by
from municipalities.practices.models.commitment_step import COMMITMENT_RULES
from revisions.checking import ledger_faults


def faults() -> Iterator[str]:
    """What is wrong, in sentences. Five queries, whatever the number of rows."""
    for adoption in PracticeAdoption.objects.prefetch_related("records"):
        rows = list(adoption.records.all())
        told = asdict(ADOPTION_RULES.fold(rows, timezone.localdate()))
        kept = {name: getattr(adoption, name) for name in told}
        yield from ledger_faults(adoption, rows, ADOPTION_RULES, kept, told)
    mergers = set(Succession.objects.in_force().order_by().values_list("predecessor", "successor"))
    for commitment in Commitment.objects.prefetch_related("steps"):
        steps = list(commitment.steps.all())
        held = told_by(commitment, COMMITMENT_RULES.fold(steps, timezone.localdate()))
        columns = {name: getattr(commitment, name) for name in held}
        yield from ledger_faults(commitment, steps, COMMITMENT_RULES, columns, held)
        for step, before, _ in COMMITMENT_RULES.walk(steps):
            is_passed = step.action == CommitmentAction.PASSED
            if is_passed and (before.municipality_id, step.municipality_id) not in mergers:
                yield f"{commitment._meta.label} {commitment.pk}: row {step.pk}: passed by no merger"
