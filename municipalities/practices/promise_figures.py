"""Promises that a page or a paper tells of, and their figures: each opens the list of exactly those that it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from listings.asking import query_of
from municipalities.practices.promises import PromiseFilter, PromiseOnDay

COUNTED = (
    ("Выполняются", PromiseFilter.OPEN),
    ("Из них просрочены", PromiseFilter.LATE),
    ("Исполнены", PromiseFilter.KEPT),
    ("Из них с опозданием", PromiseFilter.KEPT_LATE),
)


@dataclass(frozen=True)
class Promises:
    """The promises that are told of, as they stand on a day.

    Attributes:
        rows: those that the visitor may read.
        asked: what the list is asked for to show the same.
    """

    rows: Sequence[PromiseOnDay]
    asked: Mapping[str, str]

    @property
    def all_url(self) -> str:
        """The list of all of them."""
        return self._url()

    @property
    def figures(self) -> list[tuple[str, int, str]]:
        """How many there are in each state, each with its list; nothing where there are none to count."""
        told = [(label, sum(one.is_in(code) for one in self.rows), code) for label, code in COUNTED]
        if not any(number for _, number, _ in told):
            return []
        return [
            (label, number, self._url(state=code.value))
            for label, number, code in told
            if number or code != PromiseFilter.KEPT_LATE
        ]

    @property
    def sentence(self) -> str:
        """«Выполняются: 3. Из них просрочены: 1. Исполнены: 2.»; empty where there are none to count."""
        return " ".join(f"{label}: {number}." for label, number, _ in self.figures)

    def _url(self, **more: str) -> str:
        return reverse("commitments") + query_of({**self.asked, **more})
