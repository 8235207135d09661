"""What was done about a point besides its own progress: from the first of it on, the work is under way."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from municipalities.practices.models import CommitmentStep
from municipalities.practices.models.commitment_step import COMMITMENT_RULES
from resolutions.models.correspondence import LetterAction
from resolutions.models.letter_step import LetterStep
from resolutions.models.member_report_row import MemberReportAction, MemberReportRow
from resolutions.models.point_standing import Deed
from revisions.ledger import in_force


def deeds_of(
    letters: Iterable[Iterable[LetterStep]],
    reports: Iterable[Iterable[MemberReportRow]],
    promises: Iterable[Iterable[CommitmentStep]],
    *,
    known_on: dt.date | None = None,
) -> list[Deed]:
    """What was done about one point: letters registered, members that reported, promises accepted. Asks nothing.

    Args:
        letters: all steps of each letter.
        reports: all rows of each member's report.
        promises: all steps of each promise that names it.
        known_on: only what was recorded by the end of this day counts.
    """
    deeds = letters_as_deeds(letters, known_on=known_on)
    for rows in reports:
        deeds += reports_as_deeds(rows, known_on=known_on)
    return [*deeds, *promises_as_deeds(promises, known_on=known_on)]


REPORTED = "Доложил член Союза."
PROMISED = "Принято обязательство по пункту."

# What to prefetch of points for `deeds_beside`.
DEEDS = ("member_reports__rows", "promises__commitment__steps")


def deeds_beside(point: Any) -> tuple[list[Iterable[MemberReportRow]], list[Iterable[CommitmentStep]]]:
    """The rows of reports and the steps of promises, of a point that has `DEEDS` prefetched. Asks nothing."""
    reports = [one.rows.all() for one in point.member_reports.all()]
    return reports, [one.commitment.steps.all() for one in point.promises.all()]


def letters_as_deeds(ways: Iterable[Iterable[LetterStep]], *, known_on: dt.date | None = None) -> list[Deed]:
    """The registrations of letters; what was annulled counts until then. Asks nothing.

    Args:
        ways: all steps of each letter of one point.
        known_on: only what was recorded by the end of this day counts.
    """
    deeds = []
    for steps in ways:
        taken: dict[str, LetterStep] = {}
        for step in in_force(steps, known_on=known_on):
            taken.setdefault(step.action, step)
        registered, annulled = taken.get(LetterAction.REGISTER), taken.get(LetterAction.ANNUL)
        if registered:
            until = annulled.happened_on if annulled else None
            deeds.append(Deed(registered.happened_on, registered.recorded_at, until))
    return deeds


def reports_as_deeds(rows: Iterable[MemberReportRow], *, known_on: dt.date | None = None) -> list[Deed]:
    """What one member reported, as deeds about the point: each stands until it is returned. Asks nothing.

    Args:
        rows: of one report, voidings too.
        known_on: only what was recorded by the end of this day counts.
    """
    counting = in_force(rows, known_on=known_on)
    deeds = []
    for place, row in enumerate(counting):
        if row.action == MemberReportAction.REPORT:
            later = (one.happened_on for one in counting[place:] if one.action == MemberReportAction.RETURN)
            deeds.append(Deed(row.happened_on, row.recorded_at, next(later, None), REPORTED))
    return deeds


def promises_as_deeds(
    promises: Iterable[Iterable[CommitmentStep]], *, known_on: dt.date | None = None
) -> Iterator[Deed]:
    """Promises from their acceptance on; one that is dropped afterwards was made all the same. Arguments as above."""
    for steps in promises:
        for moment in COMMITMENT_RULES.walk(steps, known_on=known_on):
            if moment.after.accepted_on:
                yield Deed(moment.after.accepted_on, moment.row.recorded_at, what=PROMISED)
                break


def tells_of_a_deed(step: LetterStep) -> bool:
    """Whether a step gives its letter a place among what was done about its point, or takes it; voidings do too."""
    said = step.voids if isinstance(step.voids, LetterStep) else step
    return said.action in (LetterAction.REGISTER, LetterAction.ANNUL)
