"""Letters and what came in, typed in any order: asks read as if all had been typed in the order of its days."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from accounts.models import User
from resolutions.ledgers import faults
from resolutions.models import (
    AskOutcome,
    CarriedAsk,
    Correspondent,
    DecisionPoint,
    IncomingEntry,
    IncomingLetter,
    Letter,
    LetterAction,
    NewIncoming,
    NewOutcome,
    Resolution,
    StepRefused,
    register_incoming,
    void_incoming,
)
from resolutions.models.ask_ledger import standings
from resolutions.models.ask_standing import Answered, AskStanding, Carried, Event, Moved, fold
from tests.municipalities.factory import at
from tests.resolutions.factory import GOVERNMENT, letter, register, step
from tests.resolutions.histories import Facts, day, type_in, typed_orders

pytestmark = pytest.mark.slow
MINSTROY, FINANCE = "Минстрой России", "Минфин России"
BODIES = (GOVERNMENT, MINSTROY, FINANCE)
TYPED = dt.date(2025, 1, 1)
IN_DATABASE = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def facts() -> st.SearchStrategy[Facts]:
    """What may be typed; much of it is impossible where it stands."""

    def of_a_letter(place: int, action: str, number: int) -> Facts:
        said: dict[str, Any] = {"channel": "post"} if action == "send" else {}
        return {"letter": place, "action": action, "said": said | ({"due_on": day(40 + number)} if number else {})}

    def came(by: str, asks: set[int], outcome: str, number: int, to: str) -> Facts:
        final = outcome not in (AskOutcome.INTERIM, AskOutcome.FORWARDED)
        return {
            "by": by,
            "asks": asks,
            "outcome": AskOutcome(outcome),
            "until": None if final or not number else day(30 + number),
            "to": to if outcome == AskOutcome.FORWARDED else "",
        }

    sent = st.builds(of_a_letter, st.integers(0, 1), st.just("send"), st.just(0))
    moved = st.builds(of_a_letter, st.integers(0, 1), st.just("extend"), st.integers(1, 99))
    bodies, numbers = st.sampled_from(BODIES), st.integers(0, 5)
    answers = st.builds(
        came, bodies, st.sets(st.integers(1, 2), min_size=1), st.sampled_from(AskOutcome.values), numbers, bodies
    )
    return st.one_of(sent, moved, answers, answers)


def histories() -> st.SearchStrategy[list[tuple[int, Facts]]]:
    """Facts in the order of their days; the first letter leaves on the first of them."""
    leaves = (0, {"letter": 0, "action": "send", "said": {"channel": "post"}})
    steps = st.lists(st.tuples(st.integers(0, 2), facts()), min_size=4, max_size=14)

    def dated(drawn: list[tuple[int, Facts]]) -> list[tuple[int, Facts]]:
        number, found = 0, [leaves]
        for gap, said in drawn:
            number += gap
            found.append((number, said))
        return found

    return steps.map(dated)


@dataclass
class Card:
    """What was typed, as somebody would keep it in a card index; `events` by the numbers of asks."""

    number: int
    place: int
    typed: int
    events: Mapping[int, Event]
    entry: IncomingEntry | None = None
    voided: int | None = None


class Desk:
    """A point with two letters: one asks the Government for two things, the other carries the first to a ministry."""

    def __init__(self, resolution: Resolution, by: User, *, renews: bool) -> None:
        self.by = by
        number = resolution.points.count() + 1
        point = DecisionPoint.objects.create(resolution=resolution, number=number, kind="appeal", text="Дело.")
        first = letter(resolution, "appeal", point=point, new_asks="об одном\nо другом")
        register(first, by=by, on=day(0))
        self.asks = {one.number: one for one in first.asks.all()}
        ministry = Correspondent.objects.named(MINSTROY)
        second = letter(resolution, "appeal", point=point, correspondent=ministry, new_asks="", reply_days=20)
        CarriedAsk.objects.create(letter=second, ask=self.asks[1], renews=renews)
        register(second, by=by, on=day(0))
        self.letters = [first, second]
        self.cards: list[Card] = []
        self.typed = 0

    def write(self, number: int, said: Facts) -> bool:
        """Type something, a day after what was typed before; whether it was taken."""
        self.typed += 1
        with at(f"{TYPED + dt.timedelta(days=self.typed)} 12:00"):
            try:
                card = self._move(number, said) if "letter" in said else self._receive(number, said)
            except StepRefused:
                return False
        self.cards.append(card)
        return True

    def _move(self, number: int, said: Facts) -> Card:
        moved = self.letters[said["letter"]]
        row = step(moved, said["action"], by=self.by, on=day(number), **said["said"])
        carried = [one.ask for one in moved.planned()]
        events: dict[int, Event] = {ask.number: Moved(moved.pk, row.due_on) for ask in carried}
        if row.action == LetterAction.SEND:
            assert moved.correspondent
            renews = {one.ask.number: one.renews for one in moved.planned()}
            events = {key: Carried(moved.pk, moved.correspondent, row.due_on, renews[key]) for key in renews}
        return Card(number, self.typed, self.typed, events)

    def new(self, number: int, said: Facts) -> tuple[NewIncoming, dict[int, Event]]:
        """What came, as it is to be written down."""
        by, to = Correspondent.objects.named(said["by"]), said["to"] and Correspondent.objects.named(said["to"])
        outcome, until = said["outcome"], said["until"]
        outcomes = [NewOutcome(self.asks[key], outcome, until, to or None) for key in sorted(said["asks"])]
        events: dict[int, Event] = {key: Answered(by, outcome, until, to or None) for key in said["asks"]}
        return NewIncoming(day(number), by, outcomes=outcomes), events

    def _receive(self, number: int, said: Facts) -> Card:
        new, events = self.new(number, said)
        entry = register_incoming(new, by=self.by).entries.get()
        return Card(number, self.typed, self.typed, events, entry)

    def void(self, card: Card, right: tuple[int, Facts] | None) -> None:
        """Void what came, and put something right in its place if there is something."""
        assert card.entry
        self.typed += 1
        new, events = self.new(*right) if right else (None, {})
        held = IncomingLetter.objects.get(pk=card.entry.letter_id)
        with at(f"{TYPED + dt.timedelta(days=self.typed)} 12:00"):
            try:
                void_incoming(card.entry, reason="Ошибка.", version=held.version, by=self.by, replacement=new)
            except StepRefused:
                return
        card.voided = self.typed
        if right:
            place = card.place if right[0] == card.number else self.typed
            entry = held.entries.filter(voids=None).latest("pk")
            self.cards.append(Card(right[0], place, self.typed, events, entry))

    def stored(self) -> list[Letter]:
        """The letters as readings of any day take them from the database."""
        return list(Letter.objects.filter(pk__in=[one.pk for one in self.letters]).with_asks())

    def read(self, letters: list[Letter], number: int, *, known: int | None = None) -> dict[int, AskStanding]:
        """How the portal reads the asks of `stored` letters, with letters called by their places."""
        found = standings(letters, day(number), known_on=None if known is None else TYPED + dt.timedelta(days=known))
        return {key: self.plain(found.get(ask.pk, AskStanding())) for key, ask in self.asks.items()}

    def naive(self, number: int, known: int) -> dict[int, AskStanding]:
        """The same as somebody would read it with the cards on a table."""
        table = sorted(
            (
                one
                for one in self.cards
                if one.number <= number and one.typed <= known and not (one.voided and one.voided <= known)
            ),
            key=lambda one: (one.number, one.place),
        )
        events: dict[int, list[Event]] = {
            key: [one.events[key] for one in table if key in one.events] for key in self.asks
        }
        return {key: self.plain(fold(events[key])) for key in self.asks}

    def plain(self, standing: AskStanding) -> AskStanding:
        """Without keys that differ between desks."""
        places = {one.pk: place for place, one in enumerate(self.letters)}
        lines = (replace(line, letters=tuple(places[key] for key in line.letters)) for line in standing.lines)
        return AskStanding(tuple(lines))

    def kept(self) -> list[tuple[bool, dt.date | None]]:
        """What the letters keep of whether they are awaited."""
        return [(one.is_awaited, one.awaited_until) for one in (Letter.objects.get(pk=one.pk) for one in self.letters)]


@IN_DATABASE
@given(data=st.data())
def test_letters_and_answers_are_typed_in_any_order(
    adopted: Resolution, secretariat: User, data: st.DataObject
) -> None:
    history, renews = data.draw(histories()), data.draw(st.booleans())
    first, second = (Desk(adopted, secretariat, renews=renews) for _ in "12")
    taken = type_in(history, data.draw(typed_orders(history)), first.write)
    for place in taken:
        if not second.write(*history[place]):
            # Typed in order, the day is the one that stands already: a change that changes nothing is not written down.
            assert history[place][1].get("action") == LetterAction.EXTEND
            reject()
    letters, others = first.stored(), second.stored()
    for number in range(history[-1][0] + 1):
        assert first.read(letters, number) == second.read(others, number)
    assert first.kept() == second.kept()
    assert list(faults()) == []


@IN_DATABASE
@given(data=st.data())
def test_every_reading_equals_a_naive_one(adopted: Resolution, secretariat: User, data: st.DataObject) -> None:
    history = data.draw(histories())
    desk = Desk(adopted, secretariat, renews=data.draw(st.booleans()))
    type_in(history, data.draw(typed_orders(history)), desk.write)
    for _ in range(data.draw(st.integers(0, 3))):
        came = [one for one in desk.cards if one.entry and not one.voided]
        rights = [(number, said) for number, said in history if "by" in said]
        if came:
            desk.void(data.draw(st.sampled_from(came)), data.draw(st.sampled_from([None, *rights])))
    letters = desk.stored()
    for number in range(history[-1][0] + 1):
        for known in range(desk.typed + 1):
            assert desk.read(letters, number, known=known) == desk.naive(number, known)
    assert list(faults()) == []
