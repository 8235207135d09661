"""Where rooms above the registry bring what they know of municipalities: filters, sections of a page, what waits.

The registry imports none of them. Each brings its own when the portal starts, in its `AppConfig.ready`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from accounts.access import Visitor
from listings.filters import Filter
from municipalities.models import Municipality, Succession


@dataclass(frozen=True)
class Section:
    """One more section of a municipality's page.

    Attributes:
        template: the fragment; it finds what `read` answers under its own names.
        read: what the fragment needs, for a visitor and a municipality that the visitor may see.
    """

    template: str
    read: Callable[[Visitor, Municipality], dict[str, Any]]


@dataclass(frozen=True)
class ReadSection:
    """A section, ready to be shown."""

    template: str
    content: dict[str, Any]


Waiting = Callable[[Sequence[Municipality]], list[str]]
Resting = Callable[[Sequence[Succession]], str | None]

_filters: dict[str, Filter] = {}
_sections: dict[str, Section] = {}
_waiting: dict[str, Waiting] = {}
_resting: dict[str, Resting] = {}


def add_filter(one: Filter) -> None:
    """Offer a filter above the registry, after those that are there; the same one twice is one."""
    _filters[one.name] = one


def add_section(one: Section) -> None:
    """Show a section on each municipality's page, below those that are there; the same one twice is one."""
    _sections[one.template] = one


def add_waiting(name: str, read: Waiting) -> None:
    """Tell, where municipalities merge, what still waits for them.

    Args:
        name: of what waits; the same one twice is one.
        read: Russian sentences about some municipalities.
    """
    _waiting[name] = read


def waiting_of(municipalities: Sequence[Municipality]) -> Iterator[str]:
    """What still waits for municipalities, in sentences, in the order in which it was brought."""
    for read in _waiting.values():
        yield from read(municipalities)


def add_resting(name: str, refusal: Resting) -> None:
    """Say, where a merger is to be voided, what rests on it.

    Args:
        name: of what may rest on a merger; the same one twice is one.
        refusal: why rows of one merger cannot be voided, in Russian; None when nothing rests on them.
    """
    _resting[name] = refusal


def resting_on(rows: Sequence[Succession]) -> str | None:
    """Why the rows of a merger cannot be voided, in Russian; None when nothing rests on them."""
    return next(filter(None, (refusal(rows) for refusal in _resting.values())), None)


def filters() -> tuple[Filter, ...]:
    """The filters that were brought, in their order."""
    return tuple(_filters.values())


def sections_of(user: Visitor, municipality: Municipality) -> list[ReadSection]:
    """The sections that were brought, in their order, read for a visitor."""
    return [ReadSection(one.template, one.read(user, municipality)) for one in _sections.values()]
