"""Incoming letters under the numbers that they had, and what they said of asks."""

from typing import Any

from resolutions.models import Ask, AskOutcome, IncomingEntry, IncomingLetter, NewIncoming, Outcome, StepRefused
from resolutions.models.incoming_register import WRITTEN_LATER, outcome_refusals
from resolutions.past.loading.asks import letter_of
from resolutions.past.loading.desk import Desk, Matter, Row
from resolutions.past.loading.names import Names
from resolutions.past.loading.telling import too_late
from resolutions.past.rows import PastIncoming, PastOutcome, PastRows, Sheet
from russian.templatetags.russian import long_date

NO_NUMBER = "Укажите входящий номер."
WHO_WROTE = "Укажите, от кого поступило письмо."
VOIDED = "Запись о входящем с этим номером в портале отменена: номер остаётся за ней."
SAYS_NOTHING = "Входящее уже есть в портале и об этой просьбе ничего не говорит: исправьте запись о нём в портале."

_OUTCOME_CELLS = {"outcome": "outcome", "until": "until", "to": "forwarded_to"}


class Incoming:
    """Goes through incoming letters and outcomes."""

    def __init__(self, desk: Desk, names: Names) -> None:
        self.desk, self.names = desk, names
        self._entries: dict[int, IncomingEntry] = {}  # by `id` of the letter

    def go_through(self, rows: PastRows) -> None:
        """Go through both sheets."""
        self.desk.go_through(Sheet.INCOMING, rows.incoming, self._letter, lambda said: None)
        self.desk.go_through(Sheet.OUTCOMES, rows.outcomes, self._outcome, self._matter)

    def _matter(self, said: PastOutcome) -> Matter | None:
        return self.desk.matters.get((said.date.year, said.letter))

    def _letter(self, row: Row, said: PastIncoming) -> bool:
        """Go through an incoming letter; say whether it is new."""
        desk, name = self.desk, (said.received_on.year, said.number)
        if not said.number:
            row.refuse("number", NO_NUMBER)
        elif not row.is_first(name, "number", f"Входящий номер {said.number} в {said.received_on.year} г."):
            return False
        if not said.correspondent:
            row.refuse("correspondent", WHO_WROTE)
        by = self.names.correspondent(row, "correspondent", said.correspondent) if said.correspondent else None
        held = desk.incoming.get(name)
        if held:
            self._compare(row, said, held, by)
            return False
        desk.incoming[name] = None
        if by is None:
            return False
        made = IncomingLetter(year=said.received_on.year, number=said.number)
        new = NewIncoming(said.received_on, by, said.their_number, said.their_date, said.text)
        try:
            entry = new.as_row(made, by=desk.by)
        except StepRefused as refused:
            row.refuse("their_date" if str(refused) == WRITTEN_LATER else "received_on", str(refused))
            return False
        made.keep(entry)
        row.validate(made, {"number": "number"})
        row.validate(entry, {"their_number": "their_number", "text": "text"})
        row.keep(made)
        row.keep(entry)
        self._entries[id(made)] = entry
        desk.incoming[name] = made if row.is_sound else None
        return True

    def _compare(self, row: Row, said: PastIncoming, held: IncomingLetter, by: Any) -> None:
        """See whether the portal holds the same incoming letter; another one may have its number."""
        if held.is_voided:
            row.refuse("number", VOIDED)
        elif held.received_on != said.received_on or held.correspondent != by:
            whose = f"занят письмом от {long_date(held.received_on)}, отправитель: {held.correspondent}"
            row.refuse("number", f"Входящий номер {held.number} в {held.year} г. {whose}.")
        else:
            names = ("their_number", "their_date", "text")
            pairs = {name: (getattr(said, name), getattr(held.latest, name)) for name in names}
            row.compare("этого входящего", pairs)

    def _outcome(self, row: Row, said: PastOutcome) -> bool:
        """Go through what was said of an ask; say whether it is new."""
        desk = self.desk
        when = long_date(said.received_on)
        missing = f"Входящего № {said.incoming} от {when} нет ни в портале, ни на листе «{Sheet.INCOMING.value}»."
        incoming = row.find(desk.incoming, (said.received_on.year, said.incoming), "incoming", missing)
        ask = self._ask(row, said)
        to = self.names.correspondent(row, "forwarded_to", said.forwarded_to) if said.forwarded_to else None
        if incoming is None or ask is None:
            return False
        if not row.is_first((said.received_on.year, said.incoming, id(ask)), "number", f"Исход: {ask}"):
            return False
        if incoming.pk:
            self._compare_outcome(row, said, incoming, ask, to)
            return False
        outcome = AskOutcome(said.outcome)
        refusals = outcome_refusals(outcome, said.until, said.forwarded_to, said.received_on)
        for place, sentence in refusals.items():
            row.refuse(_OUTCOME_CELLS[place], sentence)
        if refusal := too_late(said.until):
            row.refuse("until", refusal)
        entry = self._entries[id(incoming)]
        made = Outcome(entry=entry, ask=ask, outcome=outcome, until=said.until, forwarded_to=to)
        row.keep(made)
        return True

    def _ask(self, row: Row, said: PastOutcome) -> Ask | None:
        """The ask of which a row speaks, by a letter that carried it."""
        letter = letter_of(row, said)
        if letter is None:
            return None
        missing = f"Письмо № {said.letter} от {long_date(letter.date)} просьбы {said.number} не несёт."
        return row.find(self.desk.asks, ((said.date.year, said.letter), said.number), "number", missing)

    def _compare_outcome(self, row: Row, said: PastOutcome, incoming: IncomingLetter, ask: Ask, to: Any) -> None:
        """See whether an incoming letter that the portal holds says the same."""
        outcomes = [one for one in incoming.latest.outcomes.all() if ask.pk and one.ask_id == ask.pk]
        if not outcomes:
            row.refuse("number", SAYS_NOTHING)
            return
        held = outcomes[0]
        pairs = {
            "outcome": (AskOutcome(said.outcome), AskOutcome(held.outcome)),
            "until": (said.until, held.until),
            "forwarded_to": (to, held.forwarded_to),
        }
        row.compare("этого исхода", pairs)
