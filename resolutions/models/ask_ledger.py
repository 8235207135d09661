"""What happened to asks, read from two ledgers: the ways of the letters that carry them, and what came in.

Asks nothing of the database: letters come as `LetterQueries.with_asks` reads them, with all that carry the same asks.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from resolutions.models.ask import Ask
from resolutions.models.ask_standing import (
    Answered,
    AskOutcome,
    AskStanding,
    Carried,
    Event,
    Moved,
    after,
    answer_refusal,
    answered_result,
    fold,
)
from resolutions.models.correspondence import LetterAction
from resolutions.models.incoming import AmongSent, IncomingEntry, Outcome
from resolutions.models.letter_step import LetterStep
from resolutions.models.results import PointResult
from revisions.ledger import LedgerRow, in_force
from russian.templatetags.russian import long_date

# A letter, which knows of this module and not the other way round.
Letter: TypeAlias = Any

# Where an answer stands among what left on its day; of rows written at the same moment, letters leave before it comes.
_PLACES = {AmongSent.BEFORE: -1, "": 0, AmongSent.AFTER: 1}
_LEAVES, _COMES = 0, 1
_Order = tuple[Any, ...]


@dataclass(frozen=True)
class Happened:
    """Something that happened to an ask.

    Attributes:
        row: where it is written down.
        event: what it was.
        order: what rows of both ledgers are sorted by.
        outcome: what was said of the ask, where somebody answered.
    """

    row: LetterStep | IncomingEntry
    event: Event
    order: _Order
    outcome: Outcome | None = None


def happened(
    letters: Iterable[Letter], day: dt.date | None = None, *, known_on: dt.date | None = None
) -> Mapping[int, list[Happened]]:
    """What happened to each ask, by its key, in order.

    Args:
        letters: all that bore or carried the asks.
        day: only what happened by the end of this day.
        known_on: only what was written down by the end of this day.
    """
    found: dict[int, list[Happened]] = defaultdict(list)
    for letter in letters:
        for ask_id, one in _by_letter(letter, day, known_on):
            found[ask_id].append(one)
        for ask in letter.asks.all():
            found[ask.pk].extend(_answers(ask, day, known_on))
    for events in found.values():
        events.sort(key=lambda one: one.order)
    return found


def _by_letter(letter: Letter, day: dt.date | None, known_on: dt.date | None) -> Iterator[tuple[int, Happened]]:
    """What the way of a letter means for the asks that it carries."""
    rows = list(letter.steps.all())
    written = {row.pk: row.recorded_at for row in rows}
    carried: set[int] = set()
    for step in in_force(rows, day, known_on=known_on):
        order = _order(step, written, _LEAVES)
        if step.action == LetterAction.SEND:
            for one in step.carried.all():
                event = Carried(letter.pk, letter.correspondent, step.due_on, one.renews)
                yield one.ask_id, Happened(step, event, order)
                carried.add(one.ask_id)
        elif step.action == LetterAction.EXTEND:
            for ask_id in carried:
                yield ask_id, Happened(step, Moved(letter.pk, step.due_on), order)


def _answers(ask: Ask, day: dt.date | None, known_on: dt.date | None) -> Iterator[Happened]:
    """What was said of an ask."""
    by_entry = {one.entry_id: one for one in ask.outcomes.all()}
    entries = [one.entry for one in by_entry.values()]
    voidings = [one.voiding for one in entries if one.voiding]
    slots = [slot for one in entries for slot in (one.placed_before, one.stands_for) if slot]
    written = {row.pk: row.recorded_at for row in (*entries, *slots)}
    for entry in in_force([*entries, *voidings], day, known_on=known_on):
        said = by_entry[entry.pk]
        event = Answered(entry.correspondent, AskOutcome(said.outcome), said.until, said.forwarded_to)
        yield Happened(entry, event, _order(entry, written, _COMES), said)


def _order(row: LedgerRow, written: Mapping[int, dt.datetime], rank: int) -> _Order:
    """By the day, and within it by when the place was taken where the row stands."""
    slot = row.placed_before_id or row.stands_for_id
    place = _PLACES[getattr(row, "among_sent", "")]
    return row.happened_on, place, written.get(slot or 0, row.recorded_at), rank, row.order


@dataclass(frozen=True)
class AskFault:
    """Why what is written down about an ask is not legal.

    Attributes:
        ask: which.
        row: the first one that is impossible.
        because: what brought that about: the row itself if it is new, or the last new one before it.
        sentence: what is impossible, and why.
    """

    ask: Ask
    row: LedgerRow
    because: LedgerRow | None
    sentence: str


def faults(letters: Iterable[Letter], new: Collection[LedgerRow]) -> Iterator[AskFault]:
    """What came in and cannot follow what was sent, with rows that were just written: the first fault of each ask.

    Args:
        letters: as of `happened`, read after the writing.
        new: the rows that were written.
    """
    read = list(letters)
    asks = {ask.pk: ask for letter in read for ask in letter.asks.all()}
    for ask_id, events in happened(read).items():
        standing, because = AskStanding(), None
        for one in events:
            is_new = one.row in new
            because = one.row if is_new else because
            why = answer_refusal(standing, one.event) if isinstance(one.event, Answered) else None
            if why:
                why = _before_sending(one, events) or why
                yield AskFault(asks[ask_id], one.row, because, _sentence(asks[ask_id], one.row, why, is_new=is_new))
                break
            standing = after(standing, one.event)


def _sentence(ask: Ask, row: LedgerRow, why: str, *, is_new: bool) -> str:
    if is_new:
        return f"{str(ask).capitalize()}. {why}"
    later = f"Станет невозможной более поздняя запись «{row.name}» от {row.day_in_words}"
    return f"{later} ({ask}): {why[:1].lower()}{why[1:]}"


def refusal(letters: Iterable[Letter], new: Collection[LedgerRow]) -> str | None:
    """Whether what came in can follow what was sent. Arguments as of `faults`.

    Returns:
        A sentence that names what would be impossible; None when everything is legal.
    """
    return next((one.sentence for one in faults(letters, new)), None)


def _before_sending(answer: Happened, events: Iterable[Happened]) -> str | None:
    """That the letter left only later, where that is why nobody could answer it."""
    said = answer.event
    sent = (
        one.row
        for one in events
        if isinstance(one.event, Carried) and isinstance(said, Answered) and one.event.to == said.by
    )
    first = next(sent, None)
    if first is None or first.happened_on <= answer.row.happened_on:
        return None
    return f"Письмо с этой просьбой отправлено {long_date(first.happened_on)}: раньше ответ не мог прийти."


@dataclass(frozen=True)
class Awaited:
    """Whether an answer is waited for by a letter: whether an open line was carried by it last.

    Attributes:
        is_awaited: whether.
        until: the first of the days until which; None where none was set.
    """

    is_awaited: bool = False
    until: dt.date | None = None


def awaited(standings: Iterable[AskStanding]) -> Mapping[int, Awaited]:
    """Which letters wait for an answer, by their keys.

    Args:
        standings: of the asks that they carry.
    """
    days: dict[int, list[dt.date | None]] = defaultdict(list)
    for standing in standings:
        for line in standing.lines:
            if line.is_open:
                days[line.letters[-1]].append(line.until)
    return {key: Awaited(True, min(filter(None, until), default=None)) for key, until in days.items()}


def answered_of(letters: Iterable[Letter], found: Mapping[int, AskStanding]) -> Mapping[int, PointResult | None]:
    """What the answers come to of the points that letters are about, by their keys.

    Args:
        letters: all of these points.
        found: how their asks stand, as `standings` reads them.
    """
    asks: dict[int, list[AskStanding]] = defaultdict(list)
    for letter in letters:
        if letter.point_id:
            asks[letter.point_id] += [found[ask.pk] for ask in letter.asks.all() if ask.pk in found]
    return {key: answered_result(of_point) for key, of_point in asks.items()}


def standings(
    letters: Iterable[Letter], day: dt.date | None = None, *, known_on: dt.date | None = None
) -> Mapping[int, AskStanding]:
    """How asks stand, by their keys; those to which nothing happened are left out. Arguments as of `happened`."""
    read = happened(letters, day, known_on=known_on)
    return {ask_id: fold(one.event for one in events) for ask_id, events in read.items()}
