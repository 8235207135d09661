"""How an incoming letter gets into the register, and how a wrong entry of it is voided."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from resolutions.models.ask import Ask
from resolutions.models.ask_standing import FINAL, AskOutcome
from resolutions.models.control import PointAction
from resolutions.models.correspondent import Correspondent
from resolutions.models.incoming import INCOMING_TAKEN, IncomingEntry, IncomingLetter, Outcome
from resolutions.models.letter import Letter
from resolutions.models.new_entry import NewEntry
from resolutions.models.numbering import LetterDirection, NumberSeries
from resolutions.models.point import DecisionPoint
from resolutions.models.steps import NumberTaken, StepRefused
from resolutions.uploads import Upload
from revisions.days import EARLIEST
from revisions.ledger import placing_refusal
from revisions.replay import void_refusal
from russian.templatetags.russian import long_date

NO_PROOF = "Приложите файл, который подтверждает сказанное: без письма исход опирается на него."
WRITTEN_LATER = "Письмо не может быть написано позже, чем поступило."
NOT_ASKED = "Срок и новый адресат бывают только у промежуточного ответа и перенаправления."
TO_WHOM = "Укажите, кому просьбу перенаправили."
NOT_INTERIM = "Промежуточный ответ не меняет того, кто должен ответить: выберите «Перенаправлена»."
UNTIL_BEFORE = "Срок не может быть раньше дня, когда письмо поступило."
OTHER_YEAR = "Номер присвоен в {year} г.: день должен быть того же года. Отмените запись и внесите письмо заново."


@dataclass(frozen=True)
class NewOutcome:
    """What an incoming letter says of an ask.

    Attributes:
        ask: of which.
        outcome: what.
        until: of an interim answer and of a forwarding: last day of what is to follow; None where none was named.
        forwarded_to: of a forwarding: whom it was passed on to.
    """

    ask: Ask
    outcome: AskOutcome
    until: dt.date | None = None
    forwarded_to: Correspondent | None = None


@dataclass(frozen=True)
class NewIncoming:
    """An entry of the register that is to be written down.

    Attributes:
        happened_on: when it came.
        correspondent: who wrote.
        their_number, their_date: on their letterhead.
        text: what it says, for the Union's staff.
        outcomes: what it says of asks, at most one of each; nothing where it answers nothing.
        files: the letter itself.
        before: an entry of the same day that this one came before; without it, it came after all of them.
        among_sent: of `AmongSent`: whether it came before or after what left that day; without it, as what it is placed
            before, and else by the order of writing down.
    """

    happened_on: dt.date
    correspondent: Correspondent
    their_number: str = ""
    their_date: dt.date | None = None
    text: str = ""
    outcomes: Sequence[NewOutcome] = ()
    files: Sequence[Upload] = ()
    before: IncomingEntry | None = None
    among_sent: str = ""

    def as_row(self, letter: IncomingLetter, *, by: User) -> IncomingEntry:
        """A row that is not stored yet.

        Raises:
            StepRefused: the day is impossible.
        """
        if self.happened_on > timezone.localdate():
            raise StepRefused("Эта дата ещё не наступила.")
        if self.happened_on < EARLIEST:
            raise StepRefused("Укажите дату не раньше 1 января 2000 г.")
        if self.their_date and self.their_date > self.happened_on:
            raise StepRefused(WRITTEN_LATER)
        if refusal := placing_refusal(self.happened_on, self.before):
            raise StepRefused(refusal)
        return IncomingEntry(
            letter=letter,
            placed_before_id=self.before.slot_id if self.before else None,
            happened_on=self.happened_on,
            correspondent=self.correspondent,
            their_number=self.their_number,
            their_date=self.their_date,
            text=self.text,
            among_sent=self.among_sent or (self.before.among_sent if self.before else ""),
            actor=by,
            actor_name=str(by)[:150],
        )


def outcome_refusals(outcome: str, until: dt.date | None, to: object, day: dt.date | None) -> dict[str, str]:
    """What does not fit together in what is said of an ask: a sentence by `outcome`, `until` or `to`.

    Args:
        outcome: a code of `AskOutcome`; empty where nothing was chosen.
        until: until when something is to follow.
        to: whom it was passed on to; nothing that is true where nobody is named.
        day: when that came; None where it is not known.
    """
    wrong = {}
    if outcome in FINAL and (until or to):
        wrong["outcome"] = NOT_ASKED
    elif outcome == AskOutcome.INTERIM and to:
        wrong["to"] = NOT_INTERIM
    elif outcome == AskOutcome.FORWARDED and not to:
        wrong["to"] = TO_WHOM
    if day and until and until < day:
        wrong["until"] = UNTIL_BEFORE
    return wrong


@transaction.atomic
def register_incoming(
    new: NewIncoming, *, by: User, number: str = "", is_letter: bool = True, note_on: DecisionPoint | None = None
) -> IncomingLetter:
    """Write an incoming letter down in the register.

    Args:
        new: what it says.
        by: who writes it down; the name is kept as it is now.
        number: one given outside the portal; the next of the year's series without it.
        is_letter: False for what became known without a letter: it gets no number, and rests on its files.
        note_on: a point whose progress says that it came.

    Raises:
        NumberTaken: another letter of the year has the number.
        StepRefused: the day is impossible, a file is missing, or an outcome does not fit what was asked, or what was
            answered later.
    """
    if not is_letter and not new.files:
        raise StepRefused(NO_PROOF)
    Letter.queue_for([one.ask.pk for one in new.outcomes], [note_on.pk] if note_on else [])
    letter = IncomingLetter(year=new.happened_on.year)
    entry = new.as_row(letter, by=by)
    if is_letter:
        _take_number(letter, number)
    letter.keep(entry)
    letter.save()
    entry.letter = letter
    _write(entry, new, by=by)
    Letter.settle([one.ask.pk for one in new.outcomes], [entry])
    if note_on:
        point = DecisionPoint.objects.get(pk=note_on.pk)
        point.take_step(replace(_note(entry), incoming=letter), version=point.version, by=by)
    return letter


def _note(entry: IncomingEntry) -> NewEntry:
    """What the progress of a point says of what came about it; published: neither the sender nor the words."""
    came = (
        f"По вопросу пункта поступило письмо, {entry.in_words}"
        if entry.letter.number
        else f"По вопросу пункта поступили сведения {long_date(entry.happened_on)}"
    )
    return NewEntry(PointAction.NOTE, entry.happened_on, came, incoming=entry.letter)


@transaction.atomic
def void_incoming(
    row: IncomingEntry, *, reason: str, version: int, by: User, replacement: NewIncoming | None = None
) -> IncomingEntry:
    """Say that an entry of the register is wrong: it is as if it had never been written. The number stays.

    What the progress of a point said of it goes with it, and says what the right entry says.

    Args:
        row: the wrong one.
        reason: why it is wrong.
        version: of the incoming letter that was shown.
        by: who says so.
        replacement: the right entry under the same number, written together; on the same day it takes its place.

    Returns:
        The stored voiding.

    Raises:
        EditConflict: somebody wrote about the letter meanwhile.
        StepRefused: the entry is voided already, or what came later would become impossible.
    """
    said = [one.ask_id for one in row.outcomes.all()]
    asks = {*said, *(one.ask.pk for one in (replacement.outcomes if replacement else ()))}
    notes = row.letter.notes_in_force()
    Letter.queue_for(asks, [one.point_id for one in notes])
    letter = IncomingLetter.locked(row.letter_id, version)
    wrong = letter.entries.select_related("voided_by", "correspondent").get(pk=row.pk)
    if refusal := void_refusal(wrong):
        raise StepRefused(refusal)
    voiding = IncomingEntry.voiding_of(wrong, reason=reason, by=by, letter=letter)
    voiding.save()
    written = [voiding]
    letter.keep(wrong, is_voided=True)
    if replacement:
        written.append(_right(letter, wrong, replacement, by=by))
    letter.save()
    Letter.settle(asks, written)
    for note in notes:
        point = DecisionPoint.objects.get(pk=note.point_id)
        right = _note(written[-1]) if replacement else None
        point.void(note, reason=reason, version=point.version, by=by, replacement=right)
    return voiding


def _right(letter: IncomingLetter, wrong: IncomingEntry, new: NewIncoming, *, by: User) -> IncomingEntry:
    """Write the right entry in the place of a wrong one.

    Raises:
        StepRefused: its day is impossible or of another year than the number, or a file is missing.
    """
    if letter.number and new.happened_on.year != letter.year:
        raise StepRefused(OTHER_YEAR.format(year=letter.year))
    if not letter.number and not new.files:
        raise StepRefused(NO_PROOF)
    entry = new.as_row(letter, by=by)
    entry.take_place_of(wrong)
    _write(entry, new, by=by)
    letter.keep(entry)
    return entry


def _take_number(letter: IncomingLetter, typed: str) -> None:
    series = NumberSeries.queue_for(letter.year, LetterDirection.INCOMING)
    taken = IncomingLetter.objects.filter(year=letter.year).values_list("number", flat=True)
    if not typed:
        letter.sequence, letter.number = series.take_number(lambda number: taken.filter(number=number).exists())
    elif taken.filter(number=typed).exists():
        raise NumberTaken(INCOMING_TAKEN)
    else:
        letter.number = typed


def _write(entry: IncomingEntry, new: NewIncoming, *, by: User) -> None:
    """Store an entry with what it says of asks and what came with it."""
    entry.save()
    for one in new.outcomes:
        Outcome.objects.create(
            entry=entry, ask=one.ask, outcome=one.outcome, until=one.until, forwarded_to=one.forwarded_to
        )
    entry.attach(new.files, by=by)
