"""The ledgers of points, letters and releases, compared with what points, letters, answers and papers keep of them."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from django.utils import timezone

from documents.models import DocumentKind, IssuedDocument
from documents.publishing import shown_papers
from resolutions.models import DecisionPoint, Letter, LetterAction
from resolutions.models.deeds import deeds_of
from resolutions.models.letter_step import LETTER_RULES
from resolutions.models.progress import point_on, rules_with
from resolutions.models.release import RELEASE_RULES
from revisions.checking import ledger_faults
from revisions.ledger import in_force


def faults() -> Iterator[str]:
    """What is wrong, in sentences. Ten queries, whatever the number of rows."""
    today = timezone.localdate()
    for point in DecisionPoint.objects.prefetch_related("progress", "letters__steps"):
        rows, deeds = list(point.progress.all()), deeds_of(one.steps.all() for one in point.letters.all())
        told = asdict(point_on(rows, deeds, today))
        yield from ledger_faults(point, rows, rules_with(deeds), {name: getattr(point, name) for name in told}, told)
    issued = IssuedDocument.objects.filter(kind=DocumentKind.LETTER).defer("content").in_bulk()
    for letter in Letter.objects.defer("body").prefetch_related("steps__reply", "replies", "releases"):
        yield from _letter_faults(letter)
        yield from _release_faults(letter, issued)


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


def _release_faults(letter: Letter, issued: Mapping[int, IssuedDocument]) -> Iterator[str]:
    rows, papers = list(letter.releases.all()), []
    paper = issued.get(letter.issued_document_id or 0)
    while paper is not None:
        papers.append(paper)
        paper = issued.get(paper.supersedes_id or 0)
    is_released = RELEASE_RULES.fold(rows, timezone.localdate()).is_released
    told = {f"is_public of document {pk}": shown for pk, shown in shown_papers(papers, is_released).items()}
    kept = {f"is_public of document {one.pk}": one.is_public for one in papers}
    yield from ledger_faults(letter, rows, RELEASE_RULES, kept, told)
