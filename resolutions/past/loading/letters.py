"""Letters under the numbers that they had, each with its way."""

import datetime as dt
from typing import Any

from resolutions.kinds import LETTER_KINDS, Asks
from resolutions.models import Channel, Letter, LetterAction, LetterStep, NewStep, StepRefused
from resolutions.models.asking_letter import MOST_REPLY_DAYS, NOBODY_ASKED
from resolutions.models.letter import NOTHING_WAITED_FOR
from resolutions.models.letter_step import LETTER_RULES
from resolutions.past.loading.decisions import decision_of, point_of
from resolutions.past.loading.desk import Desk, Row
from resolutions.past.loading.names import Names
from resolutions.past.rows import PastLetter, PastRows, Sheet
from revisions.ledger import in_force
from russian.templatetags.russian import long_date, quoted

NO_CHANNEL = "Укажите, как письмо отправлено."
NO_SENDING = "Укажите, когда письмо отправлено."
NO_NUMBER = "Укажите номер письма."
BEFORE_DECISION = "Дата письма не может быть раньше даты решения."

# What happened to a letter, in the order of its way, and the cell that says when.
_WAY = {
    LetterAction.REGISTER: "date",
    LetterAction.SEND: "sent_on",
    LetterAction.DELIVER: "delivered_on",
    LetterAction.ANNUL: "annulled_on",
}
# What stands on the paper besides its addressee and body.
_ON_PAPER = ("heading", "salutation", "signatory_position", "signatory_name", "executor")
_CELLS = {name: name for name in ("number", "addressee", "reply_days", *_ON_PAPER)}


class Letters:
    """Goes through letters."""

    def __init__(self, desk: Desk, names: Names) -> None:
        self.desk, self.names = desk, names

    def go_through(self, rows: PastRows) -> None:
        """Go through the sheet."""
        self.desk.go_through(Sheet.LETTERS, rows.letters, self._letter, lambda said: (said.decision, said.point))

    def _letter(self, row: Row, said: PastLetter) -> bool:
        """Go through a letter; say whether it is new."""
        desk, name = self.desk, (said.date.year, said.number)
        if not said.number:
            row.refuse("number", NO_NUMBER)
        elif not row.is_first(name, "number", f"Исходящий номер {said.number} в {said.date.year} г."):
            return False
        held = desk.letters.get(name)
        if held:
            self._compare(row, said, held)
            return False
        desk.letters[name], desk.matters[name] = None, (said.decision, said.point)
        made = self._new(row, said)
        if made and row.is_sound:
            desk.letters[name] = made
        return True

    def _compare(self, row: Row, said: PastLetter, held: Letter) -> None:
        """See whether the portal holds the same letter; another one may have its number."""
        point = held.point.number if held.point and said.point is not None else None
        what = (held.date, held.kind, held.resolution.slug, point)
        waits = held.of_kind.asks is not Asks.NOTHING
        to = self.names.correspondent(row, "correspondent", said.correspondent) if said.correspondent else None
        is_other = waits and to is not None and to != held.correspondent
        if (said.date, said.kind, said.decision, said.point) != what or is_other:
            decision = f"решению от {held.resolution.day_and_number} {quoted(held.resolution.title)}"
            whose = f"занят письмом {quoted(str(held))} от {long_date(held.date)} по {decision}"
            row.refuse("number", f"Исходящий номер {held.number} в {held.year} г. {whose}.")
            # What rows say of their own letter is no fault of the one that has its number.
            name = (said.date.year, said.number)
            self.desk.letters[name], self.desk.matters[name] = None, (said.decision, said.point)
            return
        way = {step.action: step for step in in_force(held.steps.all())}
        pairs: dict[str, tuple[Any, Any]] = {
            cell: (getattr(said, cell), way[action].happened_on if action in way else None)
            for action, cell in _WAY.items()
        }
        pairs["channel"] = (said.channel, Channel(way["send"].channel) if "send" in way else None)
        addressee = said.addressee or ("" if waits else said.correspondent)
        pairs |= {"addressee": (addressee, held.addressee), "body": (said.body, held.body)}
        pairs |= {cell: (getattr(said, cell), getattr(held, cell)) for cell in _ON_PAPER}
        row.compare("этого письма", pairs | {"reply_days": (said.reply_days, held.reply_days)})

    def _new(self, row: Row, said: PastLetter) -> Letter | None:
        """A letter that the portal does not hold; None where it cannot be told whose it would be."""
        kind, decision = LETTER_KINDS.get(said.kind), decision_of(row, said.decision)
        point = point_of(row, said.decision, said.point) if decision and said.point is not None else None
        to = self.names.correspondent(row, "correspondent", said.correspondent) if said.correspondent else None
        if kind is None:
            row.refuse("kind", f"Такого вида писем нет. Есть: {', '.join(one.label for one in LETTER_KINDS.values())}.")
        if kind is None or decision is None:
            return None
        if decision.adopted_on and said.date < decision.adopted_on:
            row.refuse("date", BEFORE_DECISION)
        if said.reply_days and not kind.waits:
            row.refuse("reply_days", NOTHING_WAITED_FOR)
        if not said.correspondent and (kind.asks is Asks.NUMBERED or (kind.waits and said.reply_days)):
            row.refuse("correspondent", NOBODY_ASKED)
        made = Letter(
            kind=kind.code,
            resolution=decision,
            point=point,
            municipality=to.municipality if to and kind.is_mailed else None,
            correspondent=to if kind.waits else None,
            addressee=said.addressee or said.correspondent,
            heading=said.heading,
            salutation=said.salutation,
            body=said.body,
            signatory_position=said.signatory_position or decision.signatory_position,
            signatory_name=said.signatory_name or decision.signatory_name,
            executor=said.executor,
            reply_days=said.reply_days,
            number=said.number,
            date=said.date,
        )
        made.keep_what_follows()
        row.validate(made, _CELLS | ({"body": "body"} if said.body else {}))
        row.keep(made)
        self._way(row, said, made)
        return made

    def _way(self, row: Row, said: PastLetter, made: Letter) -> None:
        """What happened to a letter, and where it stands by that."""
        if said.sent_on and said.channel is None:
            row.refuse("channel", NO_CHANNEL)
        if said.channel and said.sent_on is None:
            row.refuse("sent_on", NO_SENDING)
        steps: list[LetterStep] = []
        for action, cell in _WAY.items():
            if day := getattr(said, cell):
                try:
                    step = self._step(said, made, action, day)
                except StepRefused as refused:
                    row.refuse(cell, str(refused))
                    continue
                row.keep(step, cell)
                steps.append(step)
        if row.is_sound and (fault := LETTER_RULES.fault([], steps)):
            row.refuse(self.desk.places[id(fault.row)].field, fault.why)
        if row.is_sound:
            standing = LETTER_RULES.fold(steps, self.desk.today)
            made.state, made.due_on = standing.state, standing.due_on
            made.version = len(steps) + 1

    def _step(self, said: PastLetter, made: Letter, action: LetterAction, day: dt.date) -> LetterStep:
        channel = said.channel if action == LetterAction.SEND and said.channel else ""
        text = self.desk.ground if action == LetterAction.ANNUL else ""
        new = NewStep(action, day, text, channel)
        days = said.reply_days or 0
        return new.as_row(reply_days=days if 0 < days <= MOST_REPLY_DAYS else None, by=self.desk.by, letter=made)
