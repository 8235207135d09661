"""Letters and what they ask for as of any day, read from the dated steps of the letters and from what came in."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils import timezone

from resolutions.models import Ask, Letter, LetterAction, LetterState, LetterStep, Outcome, PointResult
from resolutions.models.ask_ledger import Awaited, Happened, awaited, happened
from resolutions.models.ask_standing import Answered, AskStanding, Line, after, proposed_result
from resolutions.models.correspondence import NUMBERED
from resolutions.models.incoming import IncomingEntry
from resolutions.models.letter_step import LETTER_RULES
from revisions.ledger import in_force
from russian.templatetags.russian import long_date

_NOT_AWAITED = Awaited()


@dataclass(frozen=True)
class LetterOnDay:
    """A letter as it stood at the end of a day.

    Attributes:
        letter: the record; its text and addressee are those of today.
        state: where it stood.
        registered_on, sent_on, delivered_on: when, if it had happened by then.
        channel: how it was sent, in words.
        due_on: until when it asked for an answer.
        steps: what had been done about it, in order; notes too.
        awaited: whether an ask that it carried last was open, and until when an answer was waited for.
        answers: what had been said of asks that it had carried last.
    """

    letter: Letter
    state: LetterState
    registered_on: dt.date | None
    sent_on: dt.date | None
    delivered_on: dt.date | None
    channel: str
    due_on: dt.date | None
    steps: tuple[LetterStep, ...]
    awaited: Awaited = _NOT_AWAITED
    answers: tuple[Happened, ...] = ()

    @property
    def requisites(self) -> str:
        """«исх. № 12/24 от 5 июля 2024 г.», or that there are none yet."""
        if self.registered_on is None:
            return "проект, не зарегистрировано"
        return f"исх. № {self.letter.number} от {long_date(self.registered_on)}"


@dataclass(frozen=True)
class AskOnDay:
    """An ask as it stood at the end of a day.

    Attributes:
        ask: the record.
        letter: that bore it.
        standing: what the bodies that were asked owed and had said.
        happened: all that had happened to it, in order.
    """

    ask: Ask
    letter: Letter
    standing: AskStanding
    happened: tuple[Happened, ...]

    def is_late(self, line: Line, day: dt.date) -> bool:
        """Whether what a body owes of it should have been answered before a day, as its point stands today."""
        return line.is_late(day, self.letter.point.watched_anew_on if self.letter.point else None)

    @property
    def latest_answer(self) -> Happened | None:
        """What was said of it last; None where nothing was."""
        return next((one for one in reversed(self.happened) if isinstance(one.event, Answered)), None)

    @property
    def final_answer(self) -> Happened | None:
        """The answer whose outcome counts; None where there is none."""
        counts = self.standing.outcome
        for one in reversed(self.happened):
            if isinstance(one.event, Answered) and one.event.outcome == counts:
                line = self.standing.line_of(one.event.by)
                if line and line.final == counts:
                    return one
        return None


@dataclass(frozen=True)
class LettersOnDay:
    """Letters and what they ask for, as they stood at the end of a day.

    Attributes:
        day: a calendar day in Moscow.
        letters: those that were there by then, drafts included, annulled ones too.
        asks: those that were born by then and had not fallen, by point and number.
    """

    day: dt.date
    letters: tuple[LetterOnDay, ...] = ()
    asks: tuple[AskOnDay, ...] = ()

    def of_point(self, key: int) -> "LettersOnDay":
        """What concerns one point."""
        return LettersOnDay(
            self.day,
            tuple(one for one in self.letters if one.letter.point_id == key),
            tuple(one for one in self.asks if one.letter.point_id == key),
        )

    def proposed(self, not_before: dt.date | None = None, *, is_over: bool = False) -> PointResult | None:
        """What the answers propose as the result of the point that asks; None while they propose nothing.

        Args:
            not_before: as of `Line.is_late`.
            is_over: whether the point is off control.
        """
        return proposed_result([one.standing for one in self.asks], self.day, not_before, is_over=is_over)


def letters_on(day: dt.date, letters: QuerySet[Letter], *, known_on: dt.date | None = None) -> LettersOnDay:
    """How letters stood at the end of a day. Six queries, whatever their number.

    Args:
        day: a calendar day in Moscow.
        letters: all of one or more points or decisions; their order is kept.
        known_on: only what was recorded by the end of this day counts; everything without it.
    """
    stored: QuerySet[Letter] = letters.with_asks()  # type: ignore[attr-defined]  # of `LetterQueries`
    return placed_on(day, stored, known_on=known_on)


def point_letters(found: Letter) -> LettersOnDay:
    """The letters of the point of a letter, as they stand today; the letters of its asks where it has none."""
    if found.point_id:
        letters = Letter.objects.filter(point=found.point_id)
    else:
        letters = Letter.objects.about(found.touched_asks()) | Letter.objects.filter(pk=found.pk)
    return letters_on(timezone.localdate(), letters.defer("body", "search_text"))


def placed_on(day: dt.date, letters: Iterable[Letter], *, known_on: dt.date | None = None) -> LettersOnDay:
    """As `letters_on`, of letters that `LetterQueries.with_asks` has read already."""
    read = list(letters)
    stood = [one for letter in read if (one := _on_day(letter, day, known_on))]
    events = happened(read, day, known_on=known_on)
    asks = [_ask_on_day(ask, one.letter, events.get(ask.pk, [])) for one in stood if _stands(one) for ask in _asks(one)]
    asks.sort(key=lambda one: (one.letter.point_id or 0, one.ask.number, one.ask.pk))
    waiting = awaited(one.standing for one in asks)
    answers = _answers(asks)
    return LettersOnDay(
        day,
        tuple(
            replace(
                one,
                awaited=waiting.get(one.letter.pk, _NOT_AWAITED),
                answers=tuple(answers.get(one.letter.pk, ())),
            )
            for one in stood
        ),
        tuple(asks),
    )


def _stands(letter: LetterOnDay) -> bool:
    return letter.state in NUMBERED


def _asks(letter: LetterOnDay) -> Iterable[Ask]:
    return letter.letter.asks.all()


def _ask_on_day(ask: Ask, letter: Letter, events: Iterable[Happened]) -> AskOnDay:
    read, standing = tuple(events), AskStanding()
    for one in read:
        standing = after(standing, one.event)
    return AskOnDay(ask, letter, standing, read)


def _answers(asks: Iterable[AskOnDay]) -> Mapping[int, list[Happened]]:
    """What was said of asks, by the letters that had carried them last."""
    found: dict[int, list[Happened]] = defaultdict(list)
    for ask in asks:
        standing = AskStanding()
        for one in ask.happened:
            if isinstance(one.event, Answered) and (line := standing.line_of(one.event.by)):
                found[line.letters[-1]].append(one)
            standing = after(standing, one.event)
    for said in found.values():
        said.sort(key=lambda one: one.order)
    return found


def _on_day(letter: Letter, day: dt.date, known_on: dt.date | None) -> LetterOnDay | None:
    steps = in_force(letter.steps.all(), day, known_on=known_on)
    if not steps and timezone.localdate(letter.created_at) > min(day, known_on or day):
        return None
    stood = LETTER_RULES.fold(steps)
    sent = _last(steps, LetterAction.SEND)
    return LetterOnDay(
        letter=letter,
        state=stood.state,
        registered_on=_day_of(_last(steps, LetterAction.REGISTER)),
        sent_on=_day_of(sent),
        delivered_on=_day_of(_last(steps, LetterAction.DELIVER)),
        channel=sent.get_channel_display() if sent else "",
        due_on=stood.due_on,
        steps=tuple(steps),
    )


def _last(steps: list[LetterStep], action: LetterAction) -> LetterStep | None:
    return next((step for step in reversed(steps) if step.action == action), None)


def _day_of(step: LetterStep | None) -> dt.date | None:
    return step.happened_on if step else None


def by_entry(answers: Iterable[Happened]) -> Mapping[IncomingEntry, list[Outcome]]:
    """What incoming letters say, letter by letter, in the order in which they came."""
    found: dict[IncomingEntry, list[Outcome]] = defaultdict(list)
    for one in answers:
        if isinstance(one.row, IncomingEntry) and one.outcome:
            found[one.row].append(one.outcome)
    return found


def told(answers: Iterable[Happened]) -> tuple[str, ...]:
    """«вх. № 5/24 от 22 июля 2024 г.: просьба 3 – перенаправлена: Минстрой России, до 21 августа 2024 г.»."""
    return tuple(
        f"{entry.in_words}: " + "; ".join(f"{one.ask} – {one.in_words}" for one in outcomes)
        for entry, outcomes in by_entry(answers).items()
    )


def counts_for(letters: Iterable[LetterOnDay], kind: str) -> list[LetterOnDay]:
    """The letters of a kind that carry a point out: without annulled ones and without repetitions of another.

    Args:
        letters: of the point.
        kind: a code of `LETTER_KINDS`.
    """
    return [
        one
        for one in letters
        if one.letter.kind == kind and one.state != LetterState.ANNULLED and one.letter.repeats_id is None
    ]
