"""What the answers to a point's letters say of its result.

The letters of a point ask for one thing; the appeal and its repetitions carry it, and whoever answers one of them
answers all. Answers that are not final change nothing: the letter's own deadline says until when the answer itself is
waited for.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from resolutions.asks import FINAL, Answered, AskOutcome, AskStanding, Carried, Event, Moved, fold, proposed_result
from resolutions.correspondence.register import LetterOnDay
from resolutions.models import LetterAction, LetterState, LetterStep, Outcome, PointResult

SAYS = {
    Outcome.SUPPORTED: AskOutcome.SATISFIED,
    Outcome.PARTLY: AskOutcome.PARTLY,
    Outcome.REFUSED: AskOutcome.REFUSED,
    Outcome.NOTED: AskOutcome.NOT_CONSIDERED,
    Outcome.FORWARDED: AskOutcome.FORWARDED,
    Outcome.INTERIM: AskOutcome.INTERIM,
}


def asked_by(letters: Iterable[LetterOnDay], kind: str) -> AskStanding:
    """How what a point asks for stands.

    Args:
        letters: of the point, as they stood on a day.
        kind: of the letters that ask.
    """
    asking = [one for one in letters if one.letter.kind == kind and one.state != LetterState.ANNULLED]
    repeats = {one.letter.pk: one.letter.repeats_id for one in asking}
    steps = [(step.order, one.letter.pk, step) for one in asking for step in one.steps]
    steps.sort(key=lambda each: each[0])
    return fold(event for _, letter, step in steps for event in _events(letter, _first(letter, repeats), step))


def _first(letter: int, repeats: Mapping[int, int | None]) -> str:
    """The letter that a chain of repetitions began with."""
    while before := repeats.get(letter):
        letter = before
    return str(letter)


def proposed_by(letters: Iterable[LetterOnDay], kind: str, day: dt.date) -> PointResult | None:
    """What the answers propose as the result of a point; None while they propose nothing.

    Args:
        letters: of the point, as they stood at the end of the day.
        kind: of the letters that ask.
        day: the reading day.
    """
    return proposed_result([asked_by(letters, kind)], day)


def _events(letter: int, body: str, step: LetterStep) -> Iterator[Event]:
    if step.action == LetterAction.SEND:
        yield Carried(letter, body, step.due_on)
    elif step.action == LetterAction.EXTEND:
        yield Moved(letter, step.due_on)
    elif step.reply and SAYS[Outcome(step.reply.outcome)] in FINAL:
        yield Answered(body, SAYS[Outcome(step.reply.outcome)])
