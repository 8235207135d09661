"""What the report says of one point: how the card stood on a day, what had been done, and what was open."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from municipalities.practices.promise_figures import Promises
from resolutions.correspondence.ask_words import Watch, owed_in_words
from resolutions.correspondence.register import AskOnDay, LetterOnDay, by_entry
from resolutions.execution.asks_report import AskLine, asks_report
from resolutions.execution.fulfilment import Fulfilment, watch_of
from resolutions.execution.measured import Count
from resolutions.execution.member_rows import MemberRows
from resolutions.execution.reading import Reading
from resolutions.execution.results import ShownResult
from resolutions.execution.standings import LIFTED, PointOnDay, card_on
from resolutions.models import DecisionPoint, LetterAction, LetterStep, PointAction, PointState
from resolutions.models.control import UNDER_CONTROL
from resolutions.models.point_standing import POINT_RULES, Deed, PointStanding
from resolutions.models.progress import ProgressEntry
from revisions.ledger import LedgerRow
from revisions.replay import Moment
from russian.templatetags.russian import counted, long_date, moment, plural


@dataclass(frozen=True)
class Done:
    """Something that was done about a point.

    Attributes:
        day: when.
        what: the step of the card, «Поручено»; empty for a note and for what became of a letter.
        text: what was done, or why; may have several lines.
        documents: by which documents: numbers and dates of letters and answers, names of attached files.
        is_late: whether it was recorded after the day of the report.
        recorded: when and by whom it was recorded; empty for readers who are not the Union's staff.
    """

    day: dt.date
    what: str
    text: str
    documents: tuple[str, ...]
    is_late: bool
    recorded: str


@dataclass(frozen=True)
class PointReport(PointOnDay):
    """The same with all that is told of it.

    Attributes:
        result_is_late: whether the result rests on what was recorded after the day of the report.
        fulfilment: how far it was fulfilled in words; empty when nothing can be counted.
        fulfilled, total: the same in numbers.
        counts: what the sentence counts, each with its lists; none where it counts nothing that was chosen.
        members: the members, where the point is addressed to all of them.
        members_told, members_are_late: the same in a sentence, and whether that rests on later records.
        promises: those that name the point, which everybody reads.
        promises_told, promises_are_late: the same in a sentence, and whether that rests on later records.
        fulfilment_is_late: whether that rests on what was recorded after the day of the report.
        asks: what its letters asked for, ask by ask.
        done: what had been done, in order.
        open: what was left, sentence by sentence; empty for a point that was off control.
    """

    result_is_late: bool
    fulfilment: str
    fulfilled: int
    total: int
    counts: tuple[Count, ...]
    members: MemberRows | None = field(compare=False)  # says how it was read; what it tells stands below
    members_told: str
    members_are_late: bool
    promises: Promises = field(compare=False)  # as the members
    promises_told: str
    promises_are_late: bool
    fulfilment_is_late: bool
    asks: tuple[AskLine, ...]
    done: tuple[Done, ...]
    open: tuple[str, ...]


@dataclass(frozen=True)
class PointFacts:
    """What is read of a point beside its own rows, as it stood on the day of the report.

    Attributes:
        counts: what is counted of the point by its measure.
        members, members_are_late: the members, where the point is addressed to all of them, and whether what is told
            of them rests on later records.
        promises, promises_are_late: those that name the point, likewise.
        letters: of the point that the reader may see; none when the report names no letters.
        asks: of the point.
        fulfilment, fulfilment_is_late: how far the point was fulfilled, and whether that rests on later records.
        deeds: what was done about the point besides, as known for the report.
        result, result_is_late: what had come of the point, and whether that rests on later records.
    """

    counts: Sequence[Count]
    members: MemberRows | None
    members_are_late: bool
    promises: Promises
    promises_are_late: bool
    letters: Sequence[LetterOnDay]
    asks: Sequence[AskOnDay]
    fulfilment: Fulfilment
    fulfilment_is_late: bool
    deeds: Sequence[Deed]
    result: ShownResult
    result_is_late: bool


def point_report(point: DecisionPoint, facts: PointFacts, reading: Reading) -> PointReport:
    """Read a point as of a day. Asks nothing.

    Args:
        point: with its `subpoints` and `progress` (with `files` for staff) prefetched.
        facts: what else was read of it.
        reading: the day, and for whom.
    """
    moments = list(POINT_RULES.walk(point.progress.all(), reading.day, known_on=reading.known_on))
    stood = (moments[-1].after if moments else PointStanding()).with_deeds(facts.deeds, reading.day)
    watch = watch_of(stood, reading.day)
    card = card_on(point, stood, facts.result, reading)
    done = [*_begun(facts.deeds, moments, reading)]
    done += [*(_entry_done(one, reading) for one in moments), *_letters_done(facts.letters, reading)]
    return PointReport(
        **vars(card),
        result_is_late=facts.result_is_late,
        fulfilment=facts.fulfilment.sentence,
        fulfilled=facts.fulfilment.done,
        total=facts.fulfilment.total,
        counts=tuple(facts.counts),
        members=facts.members,
        members_told=facts.members.sentence if facts.members else "",
        members_are_late=facts.members_are_late,
        promises=facts.promises,
        promises_told=facts.promises.sentence,
        promises_are_late=facts.promises_are_late,
        fulfilment_is_late=facts.fulfilment_is_late,
        asks=asks_report(facts.asks, watch, reading),
        done=tuple(sorted(done, key=lambda one: one.day)),  # stable: entries stand before the letters of their day
        open=tuple(_open(stood, card, facts.fulfilment, facts.asks, watch)),
    )


def _begun(
    deeds: Sequence[Deed], moments: Sequence[Moment[ProgressEntry, PointStanding]], reading: Reading
) -> Iterator[Done]:
    """The deed by which work on the point was under way before anybody said so, whatever has come since."""
    first = min((one for one in deeds if one.stands_on(reading.day)), key=lambda one: one.since, default=None)
    started = [one.row.happened_on for one in moments if one.row.action == PointAction.START]
    if first and not (started and started[0] <= first.since):
        yield Done(first.since, "", first.what, (), reading.is_late(first.recorded_at), "")


def _entry_done(one: Moment[ProgressEntry, PointStanding], reading: Reading) -> Done:
    entry, before, after = one
    lines = [entry.text, *entry.more_told]
    if entry.behalf_told:
        lines.append(entry.behalf_told)
    if entry.result_told:
        lines.append(entry.result_told)
    if before.due_on and before.due_on != after.due_on:
        lines.append(f"Срок: {long_date(before.due_on)} → {long_date(after.due_on) if after.due_on else LIFTED}")
    return Done(
        day=entry.happened_on,
        what="" if entry.action == PointAction.NOTE else entry.get_action_display(),
        text="\n".join(lines),
        documents=tuple(file.name for file in entry.files.all()) if reading.with_internal else (),
        is_late=reading.is_late(entry.recorded_at),
        recorded=_recorded(entry, reading),
    )


# What of a letter's way is execution: it left, it arrived.
_TOLD = (LetterAction.SEND, LetterAction.DELIVER)


@dataclass(frozen=True)
class _LetterStep:
    """A step with its letter; steps of the same `kind_of_step` make one line."""

    letter: LetterOnDay
    step: LetterStep

    def kind_of_step(self, reading: Reading) -> tuple[dt.date, str, str, bool, str]:
        """Day, step, kind of letter, whether late, who recorded it."""
        late, recorded = reading.is_late(self.step.recorded_at), _recorded(self.step, reading)
        return self.step.happened_on, self.step.action, self.letter.letter.kind, late, recorded


def _letters_done(letters: Sequence[LetterOnDay], reading: Reading) -> list[Done]:
    """What became of the letters; several of a kind that went together are one line."""
    steps = [_LetterStep(letter, step) for letter in letters for step in letter.steps if step.action in _TOLD]
    steps.sort(key=lambda one: one.kind_of_step(reading))
    moved = [
        _together(list(group), is_late=late, recorded=recorded)
        for (_, _, _, late, recorded), group in groupby(steps, key=lambda one: one.kind_of_step(reading))
    ]
    return [*moved, *_answers_done(letters, reading)]


def _answers_done(letters: Sequence[LetterOnDay], reading: Reading) -> Iterator[Done]:
    """What was answered: one line for an incoming letter, whatever letters it answers."""
    said = sorted((one for letter in letters for one in letter.answers), key=lambda one: one.order)
    for entry, outcomes in by_entry(said).items():
        text = "; ".join(f"{one.ask} – {one.in_words}" for one in outcomes)
        yield Done(
            entry.happened_on,
            "",
            f"Получен ответ ({entry.correspondent}): {text}",
            (entry.in_words,),
            reading.is_late(entry.recorded_at),
            _recorded(entry, reading),
        )


def _together(group: list[_LetterStep], *, is_late: bool, recorded: str) -> Done:
    step = group[0].step
    forms = group[0].letter.letter.of_kind.nouns
    noun = plural(1, forms) if len(group) == 1 else counted(len(group), forms)
    channel = f", {step.get_channel_display().lower()}" if step.channel else ""
    text = f"{step.get_action_display()}: {noun}{channel}"
    documents = tuple(one.letter.requisites for one in group)
    return Done(step.happened_on, "", text, documents, is_late, recorded)


def _recorded(record: LedgerRow, reading: Reading) -> str:
    return f"{moment(record.recorded_at)}, {record.actor_name}" if reading.with_internal else ""


_NEXT = {
    PointState.PLANNED: "Исполнение не начато.",
    PointState.IN_PROGRESS: "Об исполнении ещё не доложено.",
    PointState.REPORTED: "Доложено об исполнении: пункт ждёт снятия с контроля.",
}


def _open(
    stood: PointStanding,
    card: PointOnDay,
    fulfilment: Fulfilment,
    asks: Iterable[AskOnDay],
    watch: Watch,
) -> Iterator[str]:
    """What was left to do, in sentences."""
    if stood.state not in UNDER_CONTROL:
        return
    yield _NEXT[stood.state]
    if stood.responsible_id is None:
        yield "Поручения ещё не было."
    yield from _of_deadline(stood, card)
    if fulfilment.remaining:
        yield fulfilment.remaining
    for ask in asks:
        for line in watch.late_lines(ask):
            yield owed_in_words(ask, line)


def _of_deadline(stood: PointStanding, card: PointOnDay) -> Iterator[str]:
    if card.due_on is None and card.lifted_on is None:
        yield "Срок не установлен."
    elif card.is_overdue:
        yield f"Срок прошёл: {long_date(card.due_on)}"
    if stood.asked_due_on:
        yield f"Запрошен другой срок: {long_date(stood.asked_due_on)} Ждёт решения контролирующего."
