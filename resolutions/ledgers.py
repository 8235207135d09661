"""The ledgers of points, letters, asks and of what came in, compared with what is kept of them."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from documents.models import DocumentKind, IssuedDocument
from documents.publishing import shown_papers
from resolutions.models import DecisionPoint, IncomingLetter, Letter, LetterAction, MemberReport
from resolutions.models.ask_ledger import Awaited, answered_of, awaited, refusal, standings
from resolutions.models.deeds import DEEDS, deeds_beside, deeds_of
from resolutions.models.letter_step import LETTER_RULES
from resolutions.models.member_report_row import REPORT_RULES
from resolutions.models.point_standing import point_on, rules_with
from resolutions.models.release import RELEASE_RULES
from revisions.checking import ledger_faults
from revisions.ledger import in_force


def faults() -> Iterator[str]:
    """What is wrong, in sentences. The number of queries does not depend on that of the rows."""
    today = timezone.localdate()
    letters = list(Letter.objects.defer("body").with_asks().prefetch_related("releases"))
    asks = standings(letters)
    answered = answered_of(letters, asks)
    for point in DecisionPoint.objects.prefetch_related("progress", "letters__steps", *DEEDS):
        rows = list(point.progress.all())
        deeds = deeds_of((one.steps.all() for one in point.letters.all()), *deeds_beside(point))
        told: dict[str, Any] = asdict(point_on(rows, deeds, today)) | {"answered": answered.get(point.pk) or ""}
        yield from ledger_faults(point, rows, rules_with(deeds), {name: getattr(point, name) for name in told}, told)
    for report in MemberReport.objects.select_related("municipality", "point").prefetch_related("rows"):
        reported = list(report.rows.all())
        told = asdict(REPORT_RULES.fold(reported, today))
        yield from ledger_faults(report, reported, REPORT_RULES, {"reported_on": report.reported_on}, told)
    issued = IssuedDocument.objects.filter(kind=DocumentKind.LETTER).defer("content").in_bulk()
    waiting = awaited(asks.values())
    for letter in letters:
        yield from _letter_faults(letter, waiting.get(letter.pk, Awaited()))
        yield from _release_faults(letter, issued)
    if why := refusal(letters, ()):
        yield why
    for incoming in IncomingLetter.objects.prefetch_related("entries"):
        yield from _incoming_faults(incoming)


def _letter_faults(letter: Letter, waiting: Awaited) -> Iterator[str]:
    steps = list(letter.steps.all())
    told = asdict(LETTER_RULES.fold(steps, timezone.localdate()))
    counting = in_force(steps)
    told["date"] = next((one.happened_on for one in counting if one.action == LetterAction.REGISTER), None)
    told |= {"is_awaited": waiting.is_awaited, "awaited_until": waiting.until}
    kept = {name: getattr(letter, name) for name in told}
    yield from ledger_faults(letter, steps, LETTER_RULES, kept, told)


def _incoming_faults(incoming: IncomingLetter) -> Iterator[str]:
    """An incoming letter that keeps something else than its entry says, or that two entries speak of."""
    entries = list(incoming.entries.all())
    counting = in_force(entries)
    said = counting[-1] if counting else None
    kept = (incoming.is_voided, incoming.received_on, incoming.correspondent_id)
    told = (said is None, said.happened_on if said else kept[1], said.correspondent_id if said else kept[2])
    if kept != told or len(counting) > 1:
        yield f"{incoming}: карточка и записи реестра расходятся."


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
