"""The ledgers of points and letters, compared with what points, letters and answers keep of them."""

from collections.abc import Iterator
from dataclasses import asdict

from django.utils import timezone

from resolutions.models import DecisionPoint, Letter, LetterAction
from resolutions.models.deeds import deeds_of
from resolutions.models.letter_step import LETTER_RULES
from resolutions.models.progress import point_on, rules_with
from revisions.checking import ledger_faults
from revisions.ledger import in_force


def faults() -> Iterator[str]:
    """What is wrong, in sentences. Eight queries, whatever the number of rows."""
    today = timezone.localdate()
    for point in DecisionPoint.objects.prefetch_related("progress", "letters__steps"):
        rows, deeds = list(point.progress.all()), deeds_of(one.steps.all() for one in point.letters.all())
        told = asdict(point_on(rows, deeds, today))
        yield from ledger_faults(point, rows, rules_with(deeds), {name: getattr(point, name) for name in told}, told)
    for letter in Letter.objects.defer("body").prefetch_related("steps__reply", "replies"):
        yield from _letter_faults(letter)


def _letter_faults(letter: Letter) -> Iterator[str]:
    steps = list(letter.steps.all())
    told = asdict(LETTER_RULES.fold(steps, timezone.localdate()))
    counting = in_force(steps)
    told["date"] = next((one.happened_on for one in counting if one.action == LetterAction.REGISTER), None)
    told["answers"] = sorted(one.reply_id for one in counting if one.reply_id)
    kept = {
        "state": letter.state,
        "due_on": letter.due_on,
        "date": letter.date,
        "answers": sorted(one.pk for one in letter.replies.all() if not one.is_revoked),
    }
    yield from ledger_faults(letter, steps, LETTER_RULES, kept, told)
