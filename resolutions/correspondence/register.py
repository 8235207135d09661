"""The register of correspondence as of any day, read from the dated steps of the letters."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.utils import timezone

from resolutions.deadlines import Urgency, urgency_of
from resolutions.models import Letter, LetterAction, LetterState, LetterStep, Reply
from resolutions.models.correspondence import LEFT, WAITING
from resolutions.models.letter_step import LETTER_RULES
from revisions.ledger import in_force
from russian.templatetags.russian import long_date


@dataclass(frozen=True)
class LetterOnDay:
    """A letter as it stood at the end of a day.

    Attributes:
        letter: the record; its text and addressee are those of today.
        state: where it stood.
        registered_on, sent_on, delivered_on: when, if it had happened by then.
        channel: how it was sent, in words.
        due_on: until when an answer was waited for.
        replies: the answers that had come.
        urgency: how near the deadline of the answer was on that day.
        steps: what had been done about it, in order; notes too.
        is_carried_on: whether a repetition of it had left, which waited for the answer from then on.
    """

    letter: Letter
    state: LetterState
    registered_on: dt.date | None
    sent_on: dt.date | None
    delivered_on: dt.date | None
    channel: str
    due_on: dt.date | None
    replies: tuple[Reply, ...]
    urgency: Urgency
    steps: tuple[LetterStep, ...]
    is_carried_on: bool = False

    @property
    def requisites(self) -> str:
        """«исх. № 12/24 от 5 июля 2024 г.», or that there are none yet."""
        if self.registered_on is None:
            return "проект, не зарегистрировано"
        return f"исх. № {self.letter.number} от {long_date(self.registered_on)}"


def letters_on(day: dt.date, letters: QuerySet[Letter], *, known_on: dt.date | None = None) -> list[LetterOnDay]:
    """How letters stood at the end of a day. Three queries, whatever their number.

    Args:
        day: a calendar day in Moscow.
        letters: which; their order is kept.
        known_on: only what was recorded by the end of this day counts; everything without it.

    Returns:
        Those that were there by then, drafts included, annulled ones too.
    """
    return placed_on(day, letters.prefetch_related("steps__reply"), known_on=known_on)


def placed_on(day: dt.date, letters: Iterable[Letter], *, known_on: dt.date | None = None) -> list[LetterOnDay]:
    """As `letters_on`, of letters whose steps and answers were read already."""
    read = [one for letter in letters if (one := _on_day(letter, day, known_on))]
    carried_on = {one.letter.repeats_id for one in read if one.state in LEFT}
    return [
        replace(one, is_carried_on=True, urgency=Urgency.NONE) if one.letter.pk in carried_on else one for one in read
    ]


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
        replies=tuple(step.reply for step in steps if step.reply),
        urgency=urgency_of(stood.due_on if stood.state in WAITING else None, day),
        steps=tuple(steps),
    )


def _last(steps: list[LetterStep], action: LetterAction) -> LetterStep | None:
    return next((step for step in reversed(steps) if step.action == action), None)


def _day_of(step: LetterStep | None) -> dt.date | None:
    return step.happened_on if step else None


def counts_for(letters: list[LetterOnDay], kind: str) -> list[LetterOnDay]:
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
