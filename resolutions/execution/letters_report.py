"""What the report says of the correspondence: the register as of its day."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from resolutions.correspondence.register import LetterOnDay
from resolutions.deadlines import Urgency
from resolutions.execution.reading import Reading
from resolutions.models import LetterAction, LetterState
from resolutions.models.correspondence import LEFT, NUMBERED, WAITING


@dataclass(frozen=True)
class LetterLine:
    """A registered letter as it stood at the end of a day.

    Attributes:
        number, date: outgoing.
        url: the letter's page.
        title: its heading, or kind and addressee.
        kind: what it is for, in words.
        point: number of the point that it carries out; None for the decision as a whole.
        addressee: in one line.
        state: where it stood.
        channel: how it was sent, in words.
        sent_on, delivered_on: when, if it had happened by then.
        due_on: until when an answer was waited for.
        waits: whether an answer to it was waited for.
        is_overdue: whether that should have come by the day.
        answers: their incoming numbers, dates and outcomes.
        is_late: whether a step of it was recorded after the day of the report.
    """

    number: str
    date: dt.date
    url: str
    title: str
    kind: str
    point: int | None
    addressee: str
    state: LetterState
    channel: str
    sent_on: dt.date | None
    delivered_on: dt.date | None
    due_on: dt.date | None
    waits: bool
    is_overdue: bool
    answers: tuple[str, ...]
    is_late: bool


@dataclass(frozen=True)
class LetterCounts:
    """The register in numbers, without annulled letters."""

    registered: int
    sent: int
    answered: int
    waiting: int
    overdue: int


@dataclass(frozen=True)
class Correspondence:
    """The register of the letters that carry out the decision; those that had their number by the day."""

    letters: tuple[LetterLine, ...]
    counts: LetterCounts


def registered(letters: Iterable[LetterOnDay]) -> list[LetterOnDay]:
    """Those that had their number, in its order."""
    return sorted(
        (one for one in letters if one.registered_on),
        key=lambda one: (one.registered_on, one.letter.sequence or 0, one.letter.pk),
    )


def letters_report(letters: Sequence[LetterOnDay], reading: Reading, *, off_control: Collection[int]) -> Correspondence:
    """The register. Asks nothing.

    Args:
        letters: `registered` ones that the reader may see.
        reading: the day of the report.
        off_control: numbers of the points that waited for nothing any more.
    """
    lines = tuple(_line(one, reading, off_control) for one in letters)
    in_force = [one for one in lines if one.state in NUMBERED]
    counts = LetterCounts(
        registered=len(in_force),
        sent=sum(one.state in LEFT for one in in_force),
        answered=sum(one.state == LetterState.ANSWERED for one in in_force),
        waiting=sum(one.waits for one in in_force),
        overdue=sum(one.is_overdue for one in in_force),
    )
    return Correspondence(lines, counts)


def _line(one: LetterOnDay, reading: Reading, off_control: Collection[int]) -> LetterLine:
    letter = one.letter
    is_over = one.is_carried_on or (letter.point is not None and letter.point.number in off_control)
    return LetterLine(
        number=letter.number,
        date=one.registered_on or reading.day,
        url=letter.get_absolute_url(),
        title=str(letter),
        kind=letter.get_kind_display(),
        point=letter.point.number if letter.point else None,
        addressee=", ".join(letter.addressee.splitlines()),
        state=one.state,
        channel=one.channel,
        sent_on=one.sent_on,
        delivered_on=one.delivered_on,
        due_on=one.due_on,
        waits=one.state in WAITING and one.due_on is not None and not is_over,
        is_overdue=one.urgency == Urgency.OVERDUE and not is_over,
        answers=tuple(f"{reply}: {reply.get_outcome_display().lower()}" for reply in one.replies),
        is_late=any(reading.is_late(step.recorded_at) for step in one.steps if step.action != LetterAction.NOTE),
    )
