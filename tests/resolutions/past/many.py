"""Many rows of a long past: varied histories that the house takes, always the same ones."""

import datetime as dt
from collections.abc import Iterator
from itertools import cycle, islice
from random import Random

from resolutions.models import AskOutcome, Channel, PointAction, PointResult
from resolutions.past.rows import PastAsk, PastIncoming, PastLetter, PastOutcome, PastPromise, PastRows, PastStep
from tests.resolutions.past.folder import Folder

LAST_YEAR = 2025
BODIES = tuple(f"Министерство № {number}" for number in range(1, 13))
KINDS = ("appeal", "appeal", "recommendation", "appeal", "gratitude", "assignment")
CHAIR, SECRETARIAT, MEMBERS = "Председатель Союза", "Секретариат Союза", "Все члены Союза"
Name = tuple[str, int]


class Past:
    """Writes the folder of a Union: decision by decision, point by point, letter by letter."""

    def __init__(self, towns: tuple[str, ...]) -> None:
        self.folder, self.towns = Folder(), towns
        self.chance = Random(1)  # noqa: S311 - nothing secret
        self._sent: dict[int, int] = {}
        self._came: dict[int, int] = {}

    def point(self, name: Name, kind: str, on: dt.date, letters: int) -> None:
        """A point with so many letters, instructed, reported, and as a rule taken off control."""
        whom = MEMBERS if kind == "recommendation" else SECRETARIAT
        due = {"responsible": whom, "controller": CHAIR, "due_on": on + dt.timedelta(300)}
        self._step(name, PointAction.INSTRUCT, on + dt.timedelta(5), "", **due)
        write = {"appeal": self._appeals, "gratitude": self._thanks}.get(kind, self._circular)
        write(name, on + dt.timedelta(10), letters)
        if kind == "recommendation" and self.towns:
            self._promise(name, on + dt.timedelta(20))
        if not letters:
            self._step(name, PointAction.START, on + dt.timedelta(20), "Назначены ответственные.")
        self._end(name, on)

    def _end(self, name: Name, on: dt.date) -> None:
        """How it went on: some are still in work, some were returned, one came true years later."""
        way = self.chance.randrange(8)
        if way == 0 and on.year >= LAST_YEAR - 1:
            return
        if way == 1:
            self._step(name, PointAction.REQUEST, on + dt.timedelta(90), asked_due_on=on + dt.timedelta(400))
            self._step(name, PointAction.EXTEND, on + dt.timedelta(95), due_on=on + dt.timedelta(400))
        result = self.chance.choice([PointResult.ACHIEVED, PointResult.PARTLY, PointResult.REFUSED])
        said = {"result": result, "result_reason": "По полученным ответам."}
        self._step(name, PointAction.REPORT, on + dt.timedelta(150), **said)
        if way == 2:
            self._step(name, PointAction.RETURN_FOR_REWORK, on + dt.timedelta(160), "Запросите ещё раз.")
            self._step(name, PointAction.NOTE, on + dt.timedelta(170))
            self._step(name, PointAction.REPORT, on + dt.timedelta(180), **said)
        if way != 3:
            self._step(name, PointAction.CLOSE, on + dt.timedelta(190), "Пункт выполнен.", **said)
        if way == 4:
            late = {"result": PointResult.ACHIEVED, "result_reason": "Закон принят."}
            self._step(name, PointAction.RESULT, on + dt.timedelta(200), "Закон принят.", **late)

    def _appeals(self, name: Name, on: dt.date, letters: int) -> None:
        """Appeals, each with some asks; each third repeats what the one before it asked."""
        number, before = 0, ("", 0)  # whom the letter went to that is repeated, and its last ask
        for place in range(letters):
            sent = on + dt.timedelta(6 * place)
            if place % 3 == 2:
                repeated = self._letter(name, "appeal", sent, before[0], days=30)
                self._ask(repeated, sent, before[1], "")
                continue
            is_annulled = place % 3 == 1 and self.chance.randrange(4) == 0
            to = self.chance.choice(BODIES)
            letter = self._letter(name, "appeal", sent, to, days=30, is_annulled=is_annulled)
            for _ in range(1 + place % 3):
                number += 1
                self._ask(letter, sent, number, f"принять меру {number}")
            if not is_annulled:
                before = (to, number)
                self._answers(letter, sent, to, range(number - place % 3, number + 1))

    def _answers(self, letter: str, sent: dt.date, to: str, asks: range) -> None:
        """An answer to the asks of a letter, the last of which stays open where the next letter repeats it."""
        came = sent + dt.timedelta(4)
        incoming = self._incoming(came, to)
        said = {"incoming": incoming, "received_on": came, "letter": letter, "date": sent}
        for ask in asks:
            outcome = self.chance.choice(list(AskOutcome))
            more = {"until": came + dt.timedelta(60)} if outcome in (AskOutcome.INTERIM, AskOutcome.FORWARDED) else {}
            if outcome == AskOutcome.FORWARDED:
                more["forwarded_to"] = next(one for one in BODIES if one != to)  # type: ignore[assignment]
            self.folder.add(PastOutcome, number=ask, outcome=outcome, **said, **more)

    def _thanks(self, name: Name, on: dt.date, letters: int) -> None:
        for place in range(letters):
            to = f"Докладчику {place + 1}"
            self._letter(name, "gratitude", on + dt.timedelta(place), "", addressee=to, days=None)

    def _circular(self, name: Name, on: dt.date, letters: int) -> None:
        """A letter to each of some municipalities, which is answered by some."""
        for place, to in enumerate(islice(cycle(self.towns or BODIES), letters)):
            letter = self._letter(name, "circular", on, to, days=30)
            self._ask(letter, on, place + 1, "сообщить о ходе работы")
            if place % 2:
                self._answers(letter, on, to, range(place + 1, place + 2))

    def _letter(
        self,
        name: Name,
        kind: str,
        on: dt.date,
        to: str,
        *,
        days: int | None,
        addressee: str = "",
        is_annulled: bool = False,
    ) -> str:
        """A letter that was sent on its day, or that was annulled instead."""
        self._sent[on.year] = self._sent.get(on.year, 3) + 1 + (self.chance.randrange(9) == 0)  # with gaps
        number = f"{self._sent[on.year]}/{on.year % 100}"
        way: dict[str, object] = {"annulled_on": on} if is_annulled else {"sent_on": on, "channel": Channel.POST}
        if not is_annulled and self.chance.randrange(2):
            way["delivered_on"] = on + dt.timedelta(3)
        facts = {"number": number, "date": on, "kind": kind, "decision": name[0], "point": name[1]}
        texts = {"correspondent": to, "addressee": addressee, "body": "Просим рассмотреть.\nО результатах сообщите."}
        self.folder.add(PastLetter, **facts, **texts, reply_days=days, **way)
        return number

    def _ask(self, letter: str, on: dt.date, number: int, text: str) -> None:
        self.folder.add(PastAsk, letter=letter, date=on, number=number, text=text, renews=not text)

    def _incoming(self, on: dt.date, by: str) -> str:
        self._came[on.year] = self._came.get(on.year, 0) + 1
        number = str(self._came[on.year])
        self.folder.add(PastIncoming, number=number, received_on=on, correspondent=by, text="Ответ.")
        return number

    def _step(self, name: Name, action: PointAction, on: dt.date, text: str = "Сделано.", **said: object) -> None:
        facts = {"decision": name[0], "point": name[1], "action": action, "happened_on": on, "text": text}
        self.folder.add(PastStep, **facts, **said)

    def _promise(self, name: Name, on: dt.date) -> None:
        town = self.chance.choice(self.towns)
        said = {"what": f"Сделать своё {name[0]}-{name[1]}", "who": "Заместитель главы", "made_on": on}
        kept = {"kept_on": on + dt.timedelta(90)} if self.chance.randrange(2) else {}
        days = {"due_on": on + dt.timedelta(80), **kept}
        self.folder.add(PastPromise, municipality=town, decision=name[0], point=name[1], **said, **days)


def many_rows(
    decisions: int = 40, points: int = 250, letters: int = 1000, years: int = 15, *, towns: tuple[str, ...] = ()
) -> PastRows:
    """Rows of a long past that ends in 2025.

    Args:
        decisions, points, letters: how many of each.
        years: over how many years they are spread.
        towns: members of the Union: they promise, and circulars go to them; without them circulars go to ministries.
    """
    past = Past(towns)
    days = list(_days(decisions, years))
    names: list[tuple[Name, str, dt.date]] = []
    for place, on in enumerate(days):
        slug = f"reshenie-{place + 1}"
        of_it = points // decisions + (place < points % decisions)
        kinds = list(islice(cycle(KINDS[place % len(KINDS) :] + KINDS[: place % len(KINDS)]), of_it))
        past.folder.decision(slug, on, *kinds, title=f"О деле {place + 1}", preamble=("Первое.", "Второе."))  # type: ignore[arg-type]
        names += [((slug, number), kind, on) for number, kind in enumerate(kinds, start=1)]
    for place, (name, kind, on) in enumerate(names):
        past.point(name, kind, on, letters // points + (place < letters % points))
    return past.folder.rows


def _days(decisions: int, years: int) -> Iterator[dt.date]:
    """The days of decisions, spread over years, the last of them in 2025."""
    first = dt.date(LAST_YEAR - years + 1, 2, 1)
    for place in range(decisions):
        yield first + dt.timedelta(place * (years * 365 - 60) // decisions)
