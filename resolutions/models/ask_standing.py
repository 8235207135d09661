"""What was asked of whom, and what came of it: asks as lines of the bodies that were asked, read from dated events.

Pure functions: they ask nothing of the database. Whoever reads an ask as of a day gives them, in order, the events that
hold by its end and were known.
"""

import datetime as dt
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from listings.badges import ToneChoices
from resolutions.models.results import PointResult

# Who is asked and who answers: whatever tells one body from another.
Body: TypeAlias = Hashable


class AskOutcome(ToneChoices):
    """What an answer says of one ask; the final ones from the best to the worst, in the order in which they count."""

    SATISFIED = "satisfied", "done", "Удовлетворена"
    PARTLY = "partly", "partly", "Удовлетворена частично"
    REFUSED = "refused", "refused", "Отказано"
    NOT_CONSIDERED = "not_considered", "refused", "Не рассмотрена по существу"
    INTERIM = "interim", "doing", "Промежуточный ответ"
    FORWARDED = "forwarded", "doing", "Перенаправлена"


FINAL = (AskOutcome.SATISFIED, AskOutcome.PARTLY, AskOutcome.REFUSED, AskOutcome.NOT_CONSIDERED)


@dataclass(frozen=True)
class Carried:
    """A letter with the ask was sent.

    Attributes:
        letter: its key.
        to: the body that it went to.
        until: last day of the answer; None when none was set: then the ask waits and is never late.
        renews: whether the letter names the ask although it was answered.
    """

    letter: int
    to: Body
    until: dt.date | None
    renews: bool = False


@dataclass(frozen=True)
class Moved:
    """The day until which a letter's answer is waited for became another one, or was taken back."""

    letter: int
    until: dt.date | None


@dataclass(frozen=True)
class Answered:
    """A body said something of the ask.

    Attributes:
        by: the body.
        outcome: what it said.
        until: of an interim answer and of a forwarding: last day of what is to follow.
        forwarded_to: the body that owes now.
    """

    by: Body
    outcome: AskOutcome
    until: dt.date | None = None
    forwarded_to: Body | None = None


Event = Carried | Moved | Answered


@dataclass(frozen=True)
class Line:
    """What one body owes about an ask.

    Attributes:
        body: it owes the answer; after a forwarding the one that the ask was forwarded to.
        forwarded_by: bodies that passed the ask on; an answer of theirs settles the line as well.
        letters: keys of the letters that carried it, the last one last.
        until: the day that its latest event gives; None when that gave none.
        latest: what was said of it last, if anything was since it was opened.
        final: the latest final outcome; it counts until the next one, also while the line is open again.
        is_open: whether an answer is waited for.
        asked_again: whether a letter carried it as open although it was answered: nobody waits then, and what the body
            writes about that letter is taken as it comes.
    """

    body: Body
    letters: tuple[int, ...]
    until: dt.date | None
    forwarded_by: frozenset[Body] = frozenset()
    latest: AskOutcome | None = None
    final: AskOutcome | None = None
    is_open: bool = True
    asked_again: bool = False

    def is_late(self, day: dt.date, not_before: dt.date | None = None) -> bool:
        """Whether the answer should have come before a day.

        Args:
            day: a calendar day in Moscow.
            not_before: the point was taken up again on this day: what was late before counts from the day after.
        """
        return self.is_open and self.until is not None and max(self.until, not_before or self.until) < day


@dataclass(frozen=True)
class AskStanding:
    """How an ask stands; without lines it was not sent.

    Attributes:
        lines: one for each body that owes or owed an answer.
        sent: keys of the letters that carried it, in the order of their sending.
    """

    lines: tuple[Line, ...] = ()
    sent: tuple[int, ...] = ()

    @property
    def is_sent(self) -> bool:
        """Whether anybody was asked."""
        return bool(self.lines)

    @property
    def is_open(self) -> bool:
        """Whether anybody owes an answer."""
        return any(line.is_open for line in self.lines)

    @property
    def is_final(self) -> bool:
        """Whether it was answered and nothing is waited for."""
        return self.is_sent and not self.is_open

    @property
    def outcome(self) -> AskOutcome | None:
        """The best final outcome of all bodies; None while there is none."""
        finals = {line.final for line in self.lines}
        return next((one for one in FINAL if one in finals), None)

    def late_lines(self, day: dt.date, not_before: dt.date | None = None) -> tuple[Line, ...]:
        """What should have been answered before a day, and by whom. Arguments as of `Line.is_late`."""
        return tuple(line for line in self.lines if line.is_late(day, not_before))

    def line_of(self, body: Body) -> Line | None:
        """The line that an answer of a body is about: its own, or the one that it passed on last; None for neither."""
        own = next((line for line in self.lines if line.body == body), None)
        return own or next((line for line in reversed(self.lines) if body in line.forwarded_by), None)


def answer_refusal(standing: AskStanding, said: Answered) -> str | None:
    """Why a body cannot have said that of an ask which stands so, in Russian; None when it can."""
    line = standing.line_of(said.by)
    if line is None:
        return "Этой просьбы в адрес этого органа не направляли."
    if said.outcome in FINAL:
        return None
    if not (line.is_open or line.asked_again):
        return "По просьбе уже есть окончательный ответ: промежуточным ответом или пересылкой его не заменяют."
    if said.outcome == AskOutcome.FORWARDED and said.forwarded_to in (None, said.by):
        return "Укажите, кому просьбу перенаправили."
    return None


def after(standing: AskStanding, event: Event) -> AskStanding:
    """How an ask stands after an event."""
    if isinstance(event, Carried):
        return _carried(standing, event)
    if isinstance(event, Moved):
        return replace(standing, lines=tuple(_moved(line, event) for line in standing.lines))
    return _answered(standing, event)


def fold(events: Iterable[Event]) -> AskStanding:
    """How an ask stands after its events, in their order."""
    standing = AskStanding()
    for event in events:
        standing = after(standing, event)
    return standing


def _moved(line: Line, event: Moved) -> Line:
    """The line with another day, if it was this letter that carried it last."""
    return replace(line, until=event.until) if event.letter == line.letters[-1] else line


def _carried(standing: AskStanding, event: Carried) -> AskStanding:
    """A letter opens the line of its body. What was answered already and is not renewed by name stays answered.

    Whoever was asked needlessly may answer all the same: that is one more answer, and nobody waits for it.
    """
    own = next((line for line in standing.lines if line.body == event.to), None)
    is_needless = not event.renews and (standing.is_final if own is None else not own.is_open)
    standing = replace(standing, sent=(*(one for one in standing.sent if one != event.letter), event.letter))
    if own is None:
        new = Line(event.to, (event.letter,), event.until)
        if is_needless:
            new = replace(new, until=None, is_open=False, asked_again=True)
        return replace(standing, lines=(*standing.lines, new))
    letters = (*(one for one in own.letters if one != event.letter), event.letter)
    if is_needless:
        return _with(standing, own, replace(own, letters=letters, asked_again=True))
    return _with(standing, own, replace(own, letters=letters, until=event.until, latest=None, is_open=True))


_SETTLED: dict[str, Any] = {"until": None, "is_open": False, "asked_again": False}


def _answered(standing: AskStanding, said: Answered) -> AskStanding:
    """An answer settles the line of its body, changes its day, or moves it onto another body."""
    if (line := standing.line_of(said.by)) is None or answer_refusal(standing, said):
        return standing
    if said.outcome in FINAL:
        return _with(standing, line, replace(line, latest=said.outcome, final=said.outcome, **_SETTLED))
    if said.outcome == AskOutcome.INTERIM:
        if said.by != line.body:  # it passed the ask on and owes nothing: whoever owes is waited for as before
            return standing
        return _with(standing, line, replace(line, latest=said.outcome, until=said.until))
    passed_on = replace(
        line,
        body=said.forwarded_to,
        forwarded_by=(line.forwarded_by | {line.body, said.by}) - {said.forwarded_to},
        until=said.until,
        latest=said.outcome,
    )
    asked = next((one for one in standing.lines if one.body == said.forwarded_to and one is not line), None)
    if asked is None:
        return _with(standing, line, passed_on)
    joined = replace(
        passed_on,
        forwarded_by=(passed_on.forwarded_by | asked.forwarded_by) - {said.forwarded_to},
        letters=tuple(one for one in standing.sent if one in line.letters or one in asked.letters),
        final=asked.final or line.final,
    )
    others = tuple(one for one in standing.lines if one is not line)
    return _with(replace(standing, lines=others), asked, joined)


def _with(standing: AskStanding, old: Line, new: Line) -> AskStanding:
    return replace(standing, lines=tuple(new if line is old else line for line in standing.lines))


def proposed_result(
    asks: Sequence[AskStanding], day: dt.date, not_before: dt.date | None = None, *, is_over: bool = False
) -> PointResult | None:
    """What the answers propose as the result of the point that asks.

    Args:
        asks: of the point; those that were not sent have no part in it.
        day: the reading day.
        not_before: as of `Line.is_late`.
        is_over: whether the point is off control: nothing is waited for then.

    Returns:
        None while nothing was sent, or something waits within its day, or without one.
    """
    sent = [ask for ask in asks if ask.is_sent]
    waits = any(line.is_open and not line.is_late(day, not_before) for ask in sent for line in ask.lines)
    return None if waits and not is_over else answered_result(sent)


def answered_result(asks: Iterable[AskStanding]) -> PointResult | None:
    """What the answers come to that there are, whatever is waited for still; None while nothing was sent.

    Args:
        asks: of the point; those that were not sent have no part in it.
    """
    outcomes = {ask.outcome for ask in asks if ask.is_sent}
    if not outcomes:
        return None
    if outcomes == {AskOutcome.SATISFIED}:
        return PointResult.ACHIEVED
    if outcomes & {AskOutcome.SATISFIED, AskOutcome.PARTLY}:
        return PointResult.PARTLY
    return PointResult.REFUSED if AskOutcome.REFUSED in outcomes else PointResult.NO_ANSWER
