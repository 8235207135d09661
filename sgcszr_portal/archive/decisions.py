"""Decisions as the first page of an archive tells them: their papers, their points, and what stands beside those."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from municipalities.practices.promise_figures import Promises
from municipalities.practices.promises import PromiseOnDay
from resolutions.execution.results import with_results
from resolutions.models import DecisionPoint, MemberReport, ProgressEntry, Resolution
from resolutions.models.measures import counted_in_words
from revisions.ledger import LedgerRow
from russian.collation import in_russian_order
from sgcszr_portal.archive.shelf import Link, Shelf


@dataclass(frozen=True)
class ProgressLine:
    """What was done about a point."""

    day: dt.date
    action: str
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class ReportLine:
    """What a member reported on a point, or that its report was returned."""

    municipality: str
    day: dt.date
    action: str
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class PointLine:
    """A point and how far it has got.

    Attributes:
        point: with its result.
        progress: what was done.
        reports: what the members reported.
        measured: by what it is measured, in words; empty where nothing is counted.
        promised: how many promises name it, in a sentence; empty where none that count do.
    """

    point: DecisionPoint
    progress: tuple[ProgressLine, ...]
    reports: tuple[ReportLine, ...]
    measured: str
    promised: str


@dataclass(frozen=True)
class DecisionPart:
    """A decision with its papers and points."""

    resolution: Resolution
    links: tuple[Link, ...]
    points: tuple[PointLine, ...]


def read_resolutions() -> list[Resolution]:
    """All decisions with what the archive tells of them, the newest first."""
    beside = ("resolution", "experience_of", "measured_owner", "measured_question")
    points = DecisionPoint.objects.select_related(*beside).order_by("number")
    reports = MemberReport.objects.select_related("municipality").order_by(in_russian_order("municipality__name"), "pk")
    related = (
        Prefetch("points", points),
        "points__subpoints",
        "points__progress__files",
        "points__progress__voided_by",
        "points__progress__measured_owner",
        "points__progress__measured_question",
        Prefetch("points__member_reports", reports),
        "points__member_reports__rows__files",
        "points__member_reports__rows__voided_by",
        "issued_document__signatures",
    )
    return list(Resolution.objects.newest_first().select_related("issued_document").prefetch_related(*related))


def decision_part(resolution: Resolution, shelf: Shelf, promises: Sequence[PromiseOnDay]) -> DecisionPart:
    """A decision as the page tells it.

    Args:
        resolution: as `read_resolutions` reads it.
        shelf: where the files lie.
        promises: all that there are, with the points that they name.
    """
    lines = []
    for point in with_results(resolution.points.all()):
        progress = (
            ProgressLine(
                entry.happened_on,
                entry.get_action_display(),
                _told(entry),
                shelf.of("resolutions.Attachment.file", entry.files.all()),
            )
            for entry in point.progress.all()
            if not entry.is_voiding
        )
        named = [one for one in promises if one.point and one.point.key == str(point.pk)]
        promised = Promises(named, {}).sentence
        lines.append(PointLine(point, tuple(progress), _reports(point, shelf), _measured(point), promised))
    return DecisionPart(resolution, shelf.papers_of(resolution), tuple(lines))


def _told(entry: ProgressEntry) -> str:
    """What an entry says, with the result that it names; a voided one says why it is wrong."""
    return _lines(entry.text, *entry.more_told, entry.behalf_told, entry.result_told, _voided(entry))


def _voided(row: LedgerRow) -> str:
    return f"Запись отменена: {row.voiding.text}" if row.voiding else ""


def _lines(*said: str) -> str:
    return "\n".join(line for line in said if line)


def _measured(point: DecisionPoint) -> str:
    measure = point.measure
    return counted_in_words(measure, point.measured_owner or point.experience_of, point.measured_question)


def _reports(point: DecisionPoint, shelf: Shelf) -> tuple[ReportLine, ...]:
    """What the members reported, by their names; what came back to them and what was voided too."""
    return tuple(
        ReportLine(
            report.municipality.name,
            row.happened_on,
            row.name,
            _lines(row.told, row.behalf_told, _voided(row)),
            shelf.of("resolutions.Attachment.file", row.files.all()),
        )
        for report in point.member_reports.all()
        for row in report.rows.all()
        if not row.is_voiding
    )
