"""Folding a ledger into a standing, and replaying it to see whether it is legal with a new row."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from revisions.ledger import LedgerRow, in_force

RowT = TypeVar("RowT", bound=LedgerRow)
StandingT = TypeVar("StandingT")


class Moment(NamedTuple, Generic[RowT, StandingT]):
    """A row with the standing before it and after it."""

    row: RowT
    before: StandingT
    after: StandingT


class Fault(NamedTuple, Generic[RowT]):
    """Why a ledger is not legal.

    Attributes:
        row: the first one that is impossible.
        because: what brought that about: the row itself if it is new, or the last new one before it; None where only
            voidings are new.
        why: why the row is impossible.
        sentence: the same, and which row it is.
    """

    row: RowT
    because: RowT | None
    why: str
    sentence: str


def _never(standing: object, row: object) -> None:
    return None


@dataclass(frozen=True)
class Rules(Generic[RowT, StandingT]):
    """How the rows of a ledger follow one another. Its functions are pure: they ask nothing of the database.

    Attributes:
        beginning: the standing before the first row.
        refusal: why a row cannot follow a standing, in Russian; None when it can.
        after: the standing that a row leads to.
        needless: why a new row would change nothing in its place; what is stored already is not judged by it.
    """

    beginning: StandingT
    refusal: Callable[[StandingT, RowT], str | None]
    after: Callable[[StandingT, RowT], StandingT]
    needless: Callable[[StandingT, RowT], str | None] = _never

    def walk(
        self, rows: Iterable[RowT], day: dt.date | None = None, *, known_on: dt.date | None = None
    ) -> Iterator[Moment[RowT, StandingT]]:
        """The rows in force, in order, each with what it changes. Arguments as of `in_force`."""
        standing = self.beginning
        for row in in_force(rows, day, known_on=known_on):
            following = self.after(standing, row)
            yield Moment(row, standing, following)
            standing = following

    def fold(self, rows: Iterable[RowT], day: dt.date | None = None, *, known_on: dt.date | None = None) -> StandingT:
        """The reading (day, known_on) of a ledger. Arguments as of `in_force`."""
        standing = self.beginning
        for moment in self.walk(rows, day, known_on=known_on):
            standing = moment.after
        return standing

    def moment_of(self, row: RowT, rows: Iterable[RowT]) -> Moment[RowT, StandingT]:
        """Where a row stands in its ledger.

        Args:
            row: a stored one, in force.
            rows: all rows of its ledger, voidings too, in any order.
        """
        return next(one for one in self.walk(rows) if one.row.pk == row.pk)

    def replay(self, stored: Iterable[RowT], new: Sequence[RowT] = ()) -> str | None:
        """A sentence that names what would be impossible; None when everything is legal. Arguments as of `fault`."""
        fault = self.fault(stored, new)
        return fault.sentence if fault else None

    def fault(self, stored: Iterable[RowT], new: Sequence[RowT] = ()) -> Fault[RowT] | None:
        """Whether a ledger is legal from its first day to its last, with rows that are to be written together.

        Args:
            stored: its rows, voidings too.
            new: rows that are not stored yet: steps, voidings, or a voiding with what replaces the voided row.

        Returns:
            What would be impossible; None when everything is legal.
        """
        rows, added = [*stored, *new], {id(row) for row in new}
        latest = max((row.order for row in in_force(rows) if id(row) not in added), default=None)
        because: RowT | None = None
        for row, before, _ in self.walk(rows):
            is_new = id(row) in added
            because = row if is_new else because
            why = self.refusal(before, row) or (self.needless(before, row) if is_new else None)
            if why is None:
                continue
            if not is_new:
                later = f"Станет невозможной более поздняя запись «{row.name}» от {row.day_in_words}: {_low(why)}"
                return Fault(row, because, why, later)
            is_inserted = latest is not None and row.order < latest
            return Fault(row, because, why, f"На {row.day_in_words}: {_low(why)}" if is_inserted else why)
        return None


def _low(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def void_refusal(row: LedgerRow) -> str | None:
    """Why a row cannot be voided, whatever ledger it is of; None when nothing stands against it."""
    if row.is_voiding:
        return "Отмену записи не отменяют: внесите верную запись заново."
    return "Запись уже отменена." if row.voiding else None
