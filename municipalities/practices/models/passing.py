"""What rests on a merger: the promises that were passed to its successor."""

from collections.abc import Sequence

from django.db.models import Q

from municipalities.models import Succession
from municipalities.practices.models.commitment import Commitment
from municipalities.practices.models.commitment_step import COMMITMENT_RULES, CommitmentAction
from russian.templatetags.russian import quoted

RESTS = "По этому объединению передано обязательство {what}: сначала отмените передачу."


def passed_by(rows: Sequence[Succession]) -> str | None:
    """Why a merger cannot be voided, in Russian; None when no promise was passed by it. Two queries.

    Args:
        rows: of one merger.
    """
    pairs = {(row.predecessor_id, row.successor_id) for row in rows}
    to = Q(steps__action=CommitmentAction.PASSED, steps__municipality__in=[row.successor_id for row in rows])
    for commitment in Commitment.objects.filter(to).distinct().prefetch_related("steps").told():
        for step, before, _ in COMMITMENT_RULES.walk(commitment.steps.all()):
            if step.action == CommitmentAction.PASSED and (before.municipality_id, step.municipality_id) in pairs:
                return RESTS.format(what=quoted(commitment.label))
    return None
