"""Sorting Russian text the same way on both databases.

PostgreSQL has the ICU collation `ru-x-icu`; SQLite compares bytes, so that «Ё» would stand before «А». The collation is
taught to each SQLite connection under the same name, and queries name it: `order_by(in_russian_order("name"))`.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Any, TypeAlias

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.db.models.functions import Collate

NAME = "ru-x-icu"
_NUMBER = re.compile(r"0*([0-9]+)")

# Spaces come first, then these marks in the order of CLDR, then digits, Cyrillic and other letters.
_MARKS = "_-‐‑‒–—,;:!?.…'‘’\"“”„«»()[]{}§@*/\\&#%"
_SPACE, _MARK, _SYMBOL, _DIGIT, _CYRILLIC, _LETTER = range(6)

SortKey: TypeAlias = tuple[tuple[tuple[int, int, str], ...], tuple[str, ...], tuple[bool, ...], str]


@lru_cache(maxsize=20_000)
def sort_key(text: str) -> SortKey:
    """The place of a text in a Russian list, as ICU sees it.

    Letters decide first, and spaces and hyphens like letters, before all others: «Ростов Великий», «Ростов-на-Дону»,
    «Ростово». Where letters agree, «е» comes before «ё», and then small letters before capital ones.

    Args:
        text: what is sorted.

    Returns:
        A key to compare by; its last part keeps the order of texts steady that differ in nothing else.
    """
    letters, marks, capitals = [], [], []
    for character in unicodedata.normalize("NFKC", text):
        category = unicodedata.category(character)
        if category in ("Cc", "Cf") and not character.isspace():
            continue
        folded = character.lower()
        # «й» is a letter of its own, «ё» an «е» with a mark.
        base, accents = (folded, "") if folded == "й" else _without_accents(folded)
        letters.append(_weight(base))
        marks.append(accents)
        capitals.append(folded != character)
    return tuple(letters), tuple(marks), tuple(capitals), text


def number_key(text: str) -> tuple[object, ...]:
    """As `sort_key`, with numbers by their size: «Пункт 2» before «Пункт 10».

    Args:
        text: what is sorted.
    """
    parts = _NUMBER.split(text)  # by turns a text, which may be empty, and a number
    return tuple((len(part), part) if place % 2 else sort_key(part) for place, part in enumerate(parts))


def _without_accents(character: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", character)
    return decomposed[0], decomposed[1:]


def _weight(base: str) -> tuple[int, int, str]:
    if base.isspace():
        return _SPACE, 0, ""
    if base in _MARKS:
        return _MARK, _MARKS.index(base), ""
    if base.isdigit():
        return _DIGIT, unicodedata.digit(base), ""
    if base.isalpha():
        return (_CYRILLIC if "Ѐ" <= base <= "ӿ" else _LETTER), 0, base
    return _SYMBOL, 0, base


def compare(left: str, right: str) -> int:
    """-1, 0 or 1, as SQLite asks of a collation."""
    a, b = sort_key(left), sort_key(right)
    return (a > b) - (a < b)


def teach_sqlite(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Register the collation on a fresh SQLite connection; PostgreSQL has its own."""
    if connection.vendor == "sqlite":  # pragma: no branch - only SQLite's run is measured
        connection.connection.create_collation(NAME, compare)


def in_russian_order(field: str, *, descending: bool = False) -> OrderBy:
    """An ordering by a text field that reads right in Russian.

    Args:
        field: name of a text field or annotation.
        descending: from «я» to «а».

    Returns:
        An expression for `order_by`.
    """
    return OrderBy(Collate(F(field), NAME), descending=descending)
