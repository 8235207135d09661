"""What bodies owe: asks that should have been answered, by the letter that carried them last and who owes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from resolutions.correspondence.register import AskOnDay, letters_on
from resolutions.models import CarriedAsk, Correspondent, Letter
from resolutions.models.correspondence import UNSENT
from resolutions.models.letter import LetterQuerySet


@dataclass(frozen=True)
class Owed:
    """What one body owes.

    Attributes:
        letter: that carried the asks last.
        body: which owes the answer.
        asks: which should have been answered, by number.
        until: the first of the days by which they should.
        is_prepared: whether letters that were not sent yet carry all of them to the body.
    """

    letter: Letter
    body: Correspondent | None
    asks: tuple[AskOnDay, ...]
    until: dt.date
    is_prepared: bool

    @property
    def in_words(self) -> str:
        """«Минстрой России, просьбы 1, 3»; of an ask without a point the body alone."""
        if self.letter.point_id is None:
            return str(self.body)
        numbers = ", ".join(str(one.ask.number) for one in self.asks)
        return f"{self.body}, {'просьба' if len(self.asks) == 1 else 'просьбы'} {numbers}"


def owed_on(day: dt.date, late: LetterQuerySet) -> Iterator[Owed]:
    """What is owed by letters whose answer is late; the number of queries does not depend on theirs.

    Args:
        day: today.
        late: of `LetterQueries.overdue`, as the caller wants to have them.
    """
    letters = {one.pk: one for one in late}
    if not letters:
        return
    carried = CarriedAsk.objects.filter(letter__in=letters).order_by().values_list("ask", flat=True)
    stored = Letter.objects.about(set(carried)).defer("body", "search_text").select_related("point")
    read = letters_on(day, stored)
    groups: dict[tuple[int, Correspondent | None], list[tuple[AskOnDay, dt.date]]] = defaultdict(list)
    for ask, line in read.late_today():
        if line.letters[-1] in letters and line.until:
            body = line.body if isinstance(line.body, Correspondent) else None
            groups[line.letters[-1], body].append((ask, line.until))
    prepared = _prepared([ask.ask.pk for asks in groups.values() for ask, _ in asks])
    for (key, body), asks in groups.items():
        owed = {(ask.ask.pk, body.pk if body else None) for ask, _ in asks}
        until = min(day for _, day in asks)
        yield Owed(letters[key], body, tuple(ask for ask, _ in asks), until, owed <= prepared)


def _prepared(asks: list[int]) -> set[tuple[int, int | None]]:
    """Which asks letters that were not sent yet carry to which body."""
    planned = CarriedAsk.objects.filter(ask__in=asks, step=None, letter__state__in=UNSENT).order_by()
    return set(planned.values_list("ask", "letter__correspondent"))
