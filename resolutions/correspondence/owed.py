"""What bodies owe: asks that they should answer, by the letter that carried them last and who owes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from resolutions.correspondence.register import AskOnDay, letters_on
from resolutions.models import CarriedAsk, Correspondent, Letter
from resolutions.models.ask_standing import Line
from resolutions.models.correspondence import UNSENT
from resolutions.models.letter import LetterQuerySet

_OwedLine = tuple[AskOnDay, Line]


@dataclass(frozen=True)
class Owed:
    """What one body owes.

    Attributes:
        letter: that carried the asks last.
        body: which owes the answer.
        asks: which should be answered, by number.
        until: the first of the days by which they should; None where none is named.
        is_late: whether that day is over.
        is_prepared: whether letters that were not sent yet carry all of them to the body.
    """

    letter: Letter
    body: Correspondent | None
    asks: tuple[AskOnDay, ...]
    until: dt.date | None
    is_late: bool
    is_prepared: bool

    @property
    def in_words(self) -> str:
        """«Минстрой России, просьбы 1, 3»; of an ask without a point the body alone."""
        return f"{self.body}, {self.asks_told}" if self.letter.point_id else str(self.body)

    @property
    def asks_told(self) -> str:
        """«просьбы 1, 3»."""
        numbers = ", ".join(str(one.ask.number) for one in self.asks)
        return f"{'просьба' if len(self.asks) == 1 else 'просьбы'} {numbers}"


def owed_on(day: dt.date, late: LetterQuerySet) -> Iterator[Owed]:
    """What is owed by letters whose answer is late; the number of queries does not depend on theirs.

    Args:
        day: today.
        late: of `LetterQueries.overdue`, as the caller wants to have them.

    Returns:
        For each letter and body what is late.
    """
    letters, lines = _read(day, late)
    groups: dict[tuple[int, Correspondent | None], list[_OwedLine]] = defaultdict(list)
    for ask, line in lines:
        if ask.is_late(line, day):
            groups[line.letters[-1], _body(line)].append((ask, line))
    return _told(day, letters, groups.values())


def awaited_on(day: dt.date, awaited: LetterQuerySet) -> Iterator[Owed]:
    """All that is owed, late or not; the number of queries does not depend on how much that is.

    Args:
        day: today.
        awaited: of `LetterQueries.awaited`, as the caller wants to have them.

    Returns:
        For each letter, body and day what is to be answered by it.
    """
    letters, lines = _read(day, awaited)
    groups: dict[tuple[int, Correspondent | None, dt.date | None, bool], list[_OwedLine]] = defaultdict(list)
    for ask, line in lines:
        groups[line.letters[-1], _body(line), line.until, ask.is_late(line, day)].append((ask, line))
    return _told(day, letters, groups.values())


def _read(day: dt.date, asked: LetterQuerySet) -> tuple[dict[int, Letter], list[_OwedLine]]:
    """Some letters by their keys, and what is open of what they carried last."""
    letters = {one.pk: one for one in asked}
    carried = CarriedAsk.objects.filter(letter__in=letters).order_by().values_list("ask", flat=True)
    stored = Letter.objects.carrying(set(carried)).defer("body", "search_text").select_related("point")
    read = letters_on(day, stored) if letters else None
    lines = [(ask, line) for ask in (read.asks if read else ()) for line in ask.standing.lines]
    return letters, [(ask, line) for ask, line in lines if line.is_open and line.letters[-1] in letters]


def _body(line: Line) -> Correspondent | None:
    return line.body if isinstance(line.body, Correspondent) else None


def _told(day: dt.date, letters: dict[int, Letter], groups: Iterable[list[_OwedLine]]) -> Iterator[Owed]:
    gathered = list(groups)
    prepared = _prepared([ask.ask.pk for asks in gathered for ask, _ in asks])
    for asks in gathered:
        ask, line = asks[0]
        body = _body(line)
        yield Owed(
            letter=letters[line.letters[-1]],
            body=body,
            asks=tuple(ask for ask, _ in asks),
            until=min((one.until for _, one in asks if one.until), default=None),
            is_late=ask.is_late(line, day),
            is_prepared={(one.ask.pk, body.pk if body else None) for one, _ in asks} <= prepared,
        )


def _prepared(asks: list[int]) -> set[tuple[int, int | None]]:
    """Which asks letters that were not sent yet carry to which body."""
    if not asks:
        return set()
    planned = CarriedAsk.objects.filter(ask__in=asks, step=None, letter__state__in=UNSENT).order_by()
    return set(planned.values_list("ask", "letter__correspondent"))
