"""How many answers to one question are taken together.

Each function takes the options of the question and the answers that were given, in the type of their column.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Bar:
    """One of the possible answers, in words and as it is stored, and how many gave it."""

    label: str
    count: int
    answer: Any


@dataclass(frozen=True)
class Tally:
    """Answers taken together.

    Attributes:
        bars: how many chose what.
        figures: label and value, such as sum, mean, least, greatest.
    """

    bars: tuple[Bar, ...] = ()
    figures: tuple[tuple[str, Any], ...] = ()


def one_by_one(options: Sequence[str], given: Sequence[Any]) -> Tally:
    """Words are read, not counted."""
    return Tally()


def by_option(options: Sequence[str], given: Sequence[Any]) -> Tally:
    """How many chose each option."""
    counted = Counter(given)
    return Tally(bars=tuple(Bar(option, counted[option], option) for option in options))


def by_yes_and_no(options: Sequence[str], given: Sequence[Any]) -> Tally:
    """How many said yes, and how many no."""
    counted = Counter(given)
    return Tally(bars=(Bar("Да", counted[True], True), Bar("Нет", counted[False], False)))


def in_figures(options: Sequence[str], given: Sequence[Any]) -> Tally:
    """Sum, mean and bounds of numbers; nothing of nothing."""
    if not given:
        return Tally()
    total = sum(given, Decimal(0))
    mean = (total / len(given)).quantize(Decimal("0.01"))
    bounds = ("Наименьшее", min(given)), ("Наибольшее", max(given))
    return Tally(figures=(("Всего", total), ("В среднем", mean), *bounds))


def in_days(options: Sequence[str], given: Sequence[Any]) -> Tally:
    """The bounds of dates; nothing of nothing."""
    return Tally(figures=(("Самая ранняя", min(given)), ("Самая поздняя", max(given))) if given else ())
