"""Sorting Russian text the same way on both databases.

PostgreSQL has the ICU collation `ru-x-icu`; SQLite compares bytes, so that «Ё» would stand before «А». The collation is
taught to each SQLite connection under the same name, and queries name it: `order_by(in_russian_order("name"))`.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.db.models.expressions import OrderBy
from django.db.models.functions import Collate

NAME = "ru-x-icu"


def sort_key(text: str) -> tuple[list[str], str]:
    """The place of a text in a Russian list: letters first, «ё» with «е», spaces and hyphens between words ignored.

    Args:
        text: what is sorted.

    Returns:
        A key to compare by; texts that differ only in «ё» or case keep a steady order by the second part.
    """
    folded = text.casefold()
    return [letter for letter in folded.replace("ё", "е") if letter.isalnum()], folded


def compare(left: str, right: str) -> int:
    """-1, 0 or 1, as SQLite asks of a collation."""
    a, b = sort_key(left), sort_key(right)
    return (a > b) - (a < b)


def teach_sqlite(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Register the collation on a fresh SQLite connection; PostgreSQL has its own."""
    if connection.vendor == "sqlite":
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
