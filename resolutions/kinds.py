"""The kinds of points and of letters: what the portal knows of each stands in its entry here, and nowhere else.

Nothing else asks for a kind by its name (`tests/test_kinds.py` looks): it asks the entry what it wants to know.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from resolutions.deadlines import REPLY_DAYS


class Recipients(Enum):
    """Whom letters of a kind go to; `correspondence.mailings` suggests text and recipients of those that are many."""

    ONE = auto()  # a body; each letter is drafted by itself from the wording of its point
    THANKED = auto()  # the persons that the point thanks, from one text
    MEMBERS = auto()  # the members of the Union, from one text


class Asks(Enum):
    """What letters of a kind ask for."""

    NUMBERED = auto()  # at least one ask, each with a number and an outcome of its own
    AN_ANSWER = auto()  # an answer, where the letter says until when
    NOTHING = auto()  # nothing is waited for


@dataclass(frozen=True)
class LetterKind:
    """What the portal knows of a kind of letters.

    Attributes:
        code: as the database keeps it.
        label: what a letter of the kind is, for everybody.
        nouns: the same in a sentence after a number: one, a few, many.
        to: whom they go to, and so how they are drafted.
        draft: what the button says that drafts them.
        heading: of the page that makes many of them of one text; empty where each is drafted by itself.
        reply_days: how long an answer is waited for, unless the letter says otherwise; None where none is.
        asks: what they ask for.
    """

    code: str
    label: str
    nouns: str
    to: Recipients
    draft: str
    heading: str = ""
    reply_days: int | None = None
    asks: Asks = Asks.NOTHING

    @property
    def waits(self) -> bool:
        """Whether an answer may be waited for."""
        return self.asks is not Asks.NOTHING

    @property
    def is_mailed(self) -> bool:
        """Whether many of them are made of one text."""
        return self.to is not Recipients.ONE


class Counter(Enum):
    """How far a point is fulfilled; `execution.fulfilment` counts, one function for each."""

    NOTHING = auto()  # only its own progress says how far it is
    CHOSEN = auto()  # what somebody chose: members that take part, that use an experience, that report, answers
    ANSWER = auto()  # what its letters ask for, ask by ask
    THANKS = auto()  # the letters that arrived, of as many as the point names persons


@dataclass(frozen=True)
class PointKind:
    """What the portal knows of a kind of points.

    Attributes:
        code: as the database and the text of a decision keep it.
        label: what a point of the kind is, for everybody.
        counter: how its fulfilment is counted: for the card, the report and what is due.
        letters: code of the kind of letters that carry it out and are drafted from its card; empty where none do.
        openings: how the text of such a point usually begins, in small letters.
    """

    code: str
    label: str
    counter: Counter = Counter.NOTHING
    letters: str = ""
    openings: tuple[str, ...] = ()

    @property
    def counts_letters(self) -> bool:
        """Whether it is fulfilled by its letters."""
        return self.counter in (Counter.ANSWER, Counter.THANKS)

    @property
    def is_answered(self) -> bool:
        """Whether the answers to its letters say what came of it."""
        return self.counter is Counter.ANSWER

    @property
    def is_measured(self) -> bool:
        """Whether somebody chooses what is counted to say how far it is fulfilled."""
        return self.counter is Counter.CHOSEN

    @property
    def drafts_one(self) -> LetterKind | None:
        """The kind of the letter that is drafted from its card by itself."""
        kind = LETTER_KINDS.get(self.letters)
        return kind if kind and not kind.is_mailed else None

    @property
    def drafts_many(self) -> LetterKind | None:
        """The kind of the letters that are drafted from its card, of one text."""
        kind = LETTER_KINDS.get(self.letters)
        return kind if kind and kind.is_mailed else None


_LETTER_KINDS: Iterable[LetterKind] = (
    LetterKind(
        code="appeal",
        label="Обращение",
        nouns="обращение,обращения,обращений",
        to=Recipients.ONE,
        draft="Составить обращение",
        reply_days=REPLY_DAYS,
        asks=Asks.NUMBERED,
    ),
    LetterKind(
        code="gratitude",
        label="Благодарность",
        nouns="письмо с благодарностью,письма с благодарностью,писем с благодарностью",
        to=Recipients.THANKED,
        draft="Подготовить благодарности",
        heading="Благодарности",
    ),
    LetterKind(
        code="circular",
        label="Рассылка",
        nouns="письмо рассылки,письма рассылки,писем рассылки",
        to=Recipients.MEMBERS,
        draft="Разослать решение",
        heading="Рассылка",
        asks=Asks.AN_ANSWER,
    ),
)
_POINT_KINDS: Iterable[PointKind] = (
    PointKind("recommendation", "Рекомендация", Counter.CHOSEN, openings=("рекомендовать", "предложить")),
    PointKind("appeal", "Обращение", Counter.ANSWER, letters="appeal", openings=("обратиться", "направить обращение")),
    PointKind(
        "gratitude",
        "Благодарность",
        Counter.THANKS,
        letters="gratitude",
        openings=("выразить благодарность", "поблагодарить"),
    ),
    PointKind("assignment", "Поручение"),
)

# By their codes, in the order in which people choose among them.
LETTER_KINDS: dict[str, LetterKind] = {kind.code: kind for kind in _LETTER_KINDS}
POINT_KINDS: dict[str, PointKind] = {kind.code: kind for kind in _POINT_KINDS}

# What a new point in the editor is until somebody chooses.
NEW_POINT = "assignment"


def kind_of(text: str) -> str:
    """The code of the kind that the text of a point sounds like; that of a new point where it begins otherwise.

    Args:
        text: of a point, «Обратиться в Правительство …».
    """
    said = text.casefold()
    return next((kind.code for kind in POINT_KINDS.values() if said.startswith(kind.openings)), NEW_POINT)


def letter_kind_choices() -> list[tuple[str, str]]:
    """The kinds of letters for fields and forms."""
    return [(kind.code, kind.label) for kind in LETTER_KINDS.values()]


def point_kind_choices() -> list[tuple[str, str]]:
    """The kinds of points for fields and forms."""
    return [(kind.code, kind.label) for kind in POINT_KINDS.values()]


def asking_kinds() -> list[str]:
    """The codes of letters that ask for something, ask by ask."""
    return [kind.code for kind in LETTER_KINDS.values() if kind.asks is Asks.NUMBERED]


def about_decisions() -> list[LetterKind]:
    """The kinds of letters that are drafted from the decision as a whole, because no point is carried out by them."""
    of_points = {kind.letters for kind in POINT_KINDS.values()}
    return [kind for kind in LETTER_KINDS.values() if kind.is_mailed and kind.code not in of_points]
