"""What a recommendation is measured by: what the portal counts to say how far it is fulfilled."""

from dataclasses import dataclass
from typing import Any

from django.db import models


class MeasureCode(models.TextChoices):
    """One thing that is counted; each names of whom.

    Attributes:
        short: what it is called in a sentence.
    """

    short: str

    PARTICIPATION = (
        "participation",
        "участие в проекте",
        "Участие в проекте «Умный город»: члены Союза, из всех членов",
    )
    EXPERIENCE = (
        "experience",
        "использование опыта",
        "Использование опыта муниципального образования: члены Союза, из остальных членов",
    )
    ANSWERS = (
        "answers",
        "принятые ответы на вопрос информационного обмена",
        "Принятые ответы на вопрос информационного обмена: из тех, кого спрашивали",
    )
    REPORTS = "reports", "доклады членов Союза", "Доклады членов Союза: из всех членов"

    def __new__(cls, code: str, *rest: Any) -> "MeasureCode":
        """Keep the short name beside the code, which alone is stored and compared."""
        member = str.__new__(cls, code)
        member._value_ = code
        (member.short,) = rest
        return member


# What is counted of the members, and so asks where they stood and stand; answers are counted of those who were asked.
OF_MEMBERS = frozenset({MeasureCode.PARTICIPATION, MeasureCode.EXPERIENCE, MeasureCode.REPORTS})
NOTHING = "nothing"  # somebody said that nothing is counted


@dataclass(frozen=True)
class Measure:
    """By what a point is measured.

    Attributes:
        codes: in the order of `MeasureCode`; empty where nothing is counted.
        owner_id: whose experience is counted; None where none is.
        question_id: to which question answers are counted; None where none are.
    """

    codes: tuple[MeasureCode, ...] = ()
    owner_id: int | None = None
    question_id: int | None = None

    @property
    def is_of_members(self) -> bool:
        """Whether something is counted of the members of the Union."""
        return not OF_MEMBERS.isdisjoint(self.codes)

    @property
    def stored(self) -> str:
        """As a row of the ledger keeps it."""
        return ",".join(self.codes) or NOTHING


def counted_in_words(measure: Measure, owner: object | None, question: object | None) -> str:
    """What is counted: «участие в проекте, использование опыта (Кострома)»; empty where nothing is.

    Args:
        measure: by what is measured.
        owner: whose experience, as it is named.
        question: to which answers are counted, as it is named.
    """
    named = {MeasureCode.EXPERIENCE: owner, MeasureCode.ANSWERS: question}
    return ", ".join(f"{code.short} ({named[code]})" if named.get(code) else code.short for code in measure.codes)


def measured_by(stored: str, owner_id: int | None, question_id: int | None) -> Measure:
    """A measure as a row keeps it.

    Args:
        stored: `Measure.stored`.
        owner_id, question_id: as the attributes.
    """
    codes = () if stored == NOTHING else tuple(MeasureCode(code) for code in stored.split(","))
    return Measure(codes, owner_id, question_id)
