"""What the report says of the correspondence: the register as of its day."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import models

from resolutions.correspondence.ask_words import Watch
from resolutions.correspondence.register import LetterOnDay, told
from resolutions.deadlines import late_by
from resolutions.execution.reading import Reading
from resolutions.models import LetterAction, LetterState
from resolutions.models.correspondence import LEFT, NUMBERED
from revisions.ledger import LedgerRow


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
        due_on: until when an answer was waited for; where none was, until when it asked for one.
        waits: whether an answer was waited for by it.
        is_overdue: whether an ask that it carried should have been answered by the day.
        answers: incoming numbers and dates, with what was said of which ask.
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


class LetterPart(models.TextChoices):
    """Parts of the register that are counted."""

    REGISTERED = "registered", "Зарегистрированные"
    SENT = "sent", "Отправленные"
    ANSWERED = "answered", "С ответами, включая промежуточные"
    WAITING = "waiting", "Ожидаются ответы"
    OVERDUE = "overdue", "Ответы просрочены"


@dataclass(frozen=True)
class LetterCounts:
    """The register in numbers: how many letters each `LetterPart` has."""

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


def letters_report(letters: Sequence[LetterOnDay], reading: Reading, *, watched: Mapping[int, Watch]) -> Correspondence:
    """The register. Asks nothing.

    Args:
        letters: `registered` ones that the reader may see.
        reading: the day of the report.
        watched: how the asks of the points were watched, by the numbers of the points.
    """
    lines = tuple(_line(one, reading, watched) for one in letters)
    return Correspondence(lines, LetterCounts(**{part.value: len(in_part(lines, part)) for part in LetterPart}))


def in_part(lines: Iterable[LetterLine], part: LetterPart) -> tuple[LetterLine, ...]:
    """The letters that a count of the register is about; annulled ones are in none."""
    return tuple(one for one in lines if one.state in NUMBERED and _IS_IN[part](one))


_IS_IN: dict[LetterPart, Callable[[LetterLine], bool]] = {
    LetterPart.REGISTERED: lambda line: True,
    LetterPart.SENT: lambda line: line.state in LEFT,
    LetterPart.ANSWERED: lambda line: bool(line.answers),  # whatever they say
    LetterPart.WAITING: lambda line: line.waits,
    LetterPart.OVERDUE: lambda line: line.is_overdue,
}


def _line(one: LetterOnDay, reading: Reading, watched: Mapping[int, Watch]) -> LetterLine:
    letter = one.letter
    watch = watched[letter.point.number] if letter.point else Watch(reading.day)
    waits = one.awaited.is_awaited and not watch.is_over
    until = one.awaited.until if waits else None
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
        due_on=until or one.due_on,
        waits=waits,
        is_overdue=late_by(until, reading.day, since=watch.not_before) > 0,
        answers=told(one.answers),
        is_late=any(reading.is_late(row.recorded_at) for row in _rows(one)),
    )


def _rows(one: LetterOnDay) -> Iterator[LedgerRow]:
    """What the line rests on."""
    yield from (step for step in one.steps if step.action != LetterAction.NOTE)
    yield from (said.row for said in one.answers)
