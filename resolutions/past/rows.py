"""What a workbook of the past says: one value for each row, and what is wrong with a cell.

Rows know nothing of Excel and nothing of the database. They name each other as people do: a decision by its
designation, a point by its number, a letter by its number and the year of its day.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import Enum

from resolutions.models import AskOutcome, Channel, PointAction, PointResult


class Sheet(Enum):
    """The sheets of the workbook in their order; the value is the title."""

    DECISIONS = "Решения"
    POINTS = "Пункты"
    LETTERS = "Письма"
    ASKS = "Просьбы"
    INCOMING = "Входящие"
    OUTCOMES = "Исходы"
    STEPS = "Ход и итоги"
    PROMISES = "Обязательства"


class Designation(str):
    """How rows name a decision: compared as the part of an address that it becomes, told as somebody typed it."""

    typed: str

    def __new__(cls, address: str, typed: str = "") -> "Designation":
        """A designation.

        Args:
            address: what all spellings of it have in common.
            typed: one of them; the address itself without it.
        """
        one = super().__new__(cls, address)
        one.typed = typed or address
        return one


@dataclass(frozen=True)
class PastDecision:
    """An adopted decision.

    Attributes:
        row: its row in the sheet; of every other row likewise.
        decision: the designation by which all sheets name it, and the portal's address of it (`Resolution.slug`).
        adopted_on: the day of the decision.
        number: in the Union's register; may be empty.
        title: the heading, «Об …».
        place: may be empty.
        body: the organ that decided; empty for the General Assembly.
        hearing: «Заслушав …»; may be empty.
        preamble: paragraphs; may be none.
        signatory_position: empty for the chair of the Union.
        signatory_name: who signed.
    """

    row: int
    decision: str
    adopted_on: dt.date
    number: str
    title: str
    place: str
    body: str
    hearing: str
    preamble: tuple[str, ...]
    signatory_position: str
    signatory_name: str


@dataclass(frozen=True)
class PastPoint:
    """A point; `kind` is a code of `kinds.POINT_KINDS`, `subpoints` are their texts."""

    row: int
    decision: str
    number: int
    kind: str
    text: str
    subpoints: tuple[str, ...]


@dataclass(frozen=True)
class PastLetter:
    """A registered letter under the number that it had.

    Attributes:
        number, date: as registered; the year of the day and the number are its name.
        kind: a code of `kinds.LETTER_KINDS`.
        decision, point: what it carries out; a letter may belong to no point.
        correspondent: the body or municipality that is to answer, or is written to.
        addressee: as it stands on the letter; empty for the correspondent.
        body: the text; may be empty.
        reply_days: for how many calendar days an answer was waited for; None for no deadline.
        sent_on, channel: both or neither.
        delivered_on: only of one that was sent.
        annulled_on: only of one that was not sent.
        heading, salutation, executor: as they stand on the letter; may be empty.
        signatory_position, signatory_name: who signed it; empty for who signed the decision.
    """

    row: int
    number: str
    date: dt.date
    kind: str
    decision: str
    point: int | None
    correspondent: str
    addressee: str
    body: str
    reply_days: int | None
    sent_on: dt.date | None
    channel: Channel | None
    delivered_on: dt.date | None
    annulled_on: dt.date | None
    heading: str = ""
    salutation: str = ""
    signatory_position: str = ""
    signatory_name: str = ""
    executor: str = ""


@dataclass(frozen=True)
class PastAsk:
    """An ask that a letter carries: one that it bears, with a text, or one of an earlier letter of the point, without.

    Attributes:
        letter, date: number and day of the letter.
        number: of the ask among those of its point.
        text: what is asked; empty where the letter carries an ask that an earlier one bore.
        renews: whether it carries it anew although a final answer was there.
    """

    row: int
    letter: str
    date: dt.date
    number: int
    text: str
    renews: bool


@dataclass(frozen=True)
class PastIncoming:
    """An incoming letter under the number that it had; `their_number` and `their_date` may be missing."""

    row: int
    number: str
    received_on: dt.date
    correspondent: str
    their_number: str
    their_date: dt.date | None
    text: str


@dataclass(frozen=True)
class PastOutcome:
    """What an incoming letter said of an ask.

    Attributes:
        incoming, received_on: number and day of the incoming letter.
        letter, date: number and day of a letter that carried the ask.
        number: of the ask.
        outcome: what.
        until: of an interim answer and of a forwarding; may be missing.
        forwarded_to: of a forwarding; empty else.
    """

    row: int
    incoming: str
    received_on: dt.date
    letter: str
    date: dt.date
    number: int
    outcome: AskOutcome
    until: dt.date | None
    forwarded_to: str


@dataclass(frozen=True)
class PastStep:
    """A step of a point, in the order of the sheet within a day.

    Attributes:
        action: what; one of `STEPS_OF_THE_PAST`.
        text: what was done, or why.
        responsible, controller: of an instruction: «Секретариат Союза», «Все члены Союза», a municipality, a body of
            the Union, or an outside body by name; empty leaves it as it is.
        due_on: of an instruction and an extension.
        result, result_reason: of a report, of taking it off control, and of a named result.
        asked_due_on: of a request for another deadline.
        obstacles, next_step: of a report; may be empty.
    """

    row: int
    decision: str
    point: int
    happened_on: dt.date
    action: PointAction
    text: str
    responsible: str
    controller: str
    due_on: dt.date | None
    result: PointResult | None
    result_reason: str
    asked_due_on: dt.date | None
    obstacles: str = ""
    next_step: str = ""


STEPS_OF_THE_PAST = tuple(one for one in PointAction if one != PointAction.MEASURE)


@dataclass(frozen=True)
class PastPromise:
    """A promise of a member, with what became of it.

    Attributes:
        municipality: whose, by any name that it had, with its region where several share one.
        decision, point: that it names; both or neither.
        what: the measure in its own words.
        made_on, due_on, who: when, by when, who answers for it.
        kept_on: at most one of both.
        dropped_on, reason: when it was given up, and why.
    """

    row: int
    municipality: str
    decision: str
    point: int | None
    what: str
    made_on: dt.date
    due_on: dt.date
    who: str
    kept_on: dt.date | None
    dropped_on: dt.date | None
    reason: str


@dataclass(frozen=True)
class PastRows:
    """A whole workbook, in the order of its sheets and of their rows."""

    decisions: tuple[PastDecision, ...] = ()
    points: tuple[PastPoint, ...] = ()
    letters: tuple[PastLetter, ...] = ()
    asks: tuple[PastAsk, ...] = ()
    incoming: tuple[PastIncoming, ...] = ()
    outcomes: tuple[PastOutcome, ...] = ()
    steps: tuple[PastStep, ...] = ()
    promises: tuple[PastPromise, ...] = ()

    def counted(self) -> Iterator[tuple[Sheet, int]]:
        """How many rows each sheet has."""
        for sheet, one in zip(Sheet, fields(self), strict=True):
            yield sheet, len(getattr(self, one.name))


@dataclass(frozen=True)
class RowFault:
    """What is wrong with a cell.

    Attributes:
        sheet: where.
        row: its row; 0 for the whole sheet.
        field: the name of the field of the row's value; empty for the whole row.
        sentence: in Russian.
    """

    sheet: Sheet
    row: int
    field: str
    sentence: str


@dataclass(frozen=True)
class Judged:
    """What loading rows comes to.

    Attributes:
        added: how many rows of each sheet the portal does not hold yet.
        known: how many it holds already.
        faults: what is wrong; with any, nothing is loaded.
        notes: what may be wrong, and is loaded all the same.
    """

    added: Mapping[Sheet, int]
    known: Mapping[Sheet, int]
    faults: tuple[RowFault, ...] = ()
    notes: tuple[str, ...] = ()
