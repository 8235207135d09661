"""Where rooms above the registry bring what they know of municipalities: filters, sections of a page, what waits, and
further columns of the questionnaire.

The registry imports none of them. Each brings its own when the portal starts, in its `AppConfig.ready`.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from accounts.access import Visitor
from accounts.models import User
from listings.filters import Filter
from municipalities.models import Municipality, Succession
from municipalities.values import ValueType


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


@dataclass(frozen=True)
class PartColumn:
    """A column of the questionnaire that a room above brings.

    Attributes:
        key: by which memory and import call it; no other column's.
        title: the heading; among the columns of one part there is none like it.
        value: what kind of value it is.
        width: in characters.
    """

    key: str
    title: str
    value: ValueType
    width: int
    is_read_back: ClassVar[bool] = True


@dataclass(frozen=True)
class Judged:
    """What the cells of one row come to.

    Attributes:
        said: the keys of the cells that would be written; the preview shows those that differ.
        new: what `RowPart.write` is to write, as JSON keeps it; empty when there is nothing new.
        errors: key of a column and sentence, in Russian.
        warnings: what deserves a second look, in Russian.
    """

    said: Collection[str] = ()
    new: Sequence[dict[str, Any]] = ()
    errors: Sequence[tuple[str, str]] = ()
    warnings: Sequence[str] = ()


class PartReading(Protocol):
    """What the portal holds of some municipalities in the columns of a part. It asks the database no more."""

    def values(self, municipality: int) -> Mapping[str, Any]:
        """The values of one, by the keys of all columns of the part."""

    def judge(self, municipality: int, said: Mapping[str, Any], edited: Collection[str]) -> Judged:
        """What the cells of a row come to.

        Args:
            municipality: the key of whose row it is.
            said: by the keys of columns; what could not be read is not there, and what the file lacks is as held.
            edited: the keys of the cells that somebody typed into.
        """


@dataclass(frozen=True)
class PartChange:
    """What one row of a workbook is to write.

    Attributes:
        municipality: the key of whose row it is.
        file: the name of the workbook.
        new: what was judged.
    """

    municipality: int
    file: str
    new: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class RowPart:
    """Further columns of the questionnaire, and what becomes of them.

    Attributes:
        name: by which an upload keeps what this part is to write.
        asks: what the questionnaire says of these columns, where it has any.
        rule: how an import reads them, for the page of the import.
        offered: the columns that a questionnaire of some municipalities has today.
        known: those that an import understands; the columns of older questionnaires, too.
        read: what the portal holds of some municipalities; the number of queries does not depend on theirs.
        write: write changes down in the transaction of the caller, on behalf of the municipalities. It raises
            `importing.plan.OutdatedPlan` when the portal holds something else than what was judged, and
            `ValidationError` when it is not for this user.
    """

    name: str
    asks: str
    rule: str
    offered: Callable[[Collection[int]], Sequence[PartColumn]]
    known: Callable[[], Sequence[PartColumn]]
    read: Callable[[Collection[int]], PartReading]
    write: Callable[[Sequence[PartChange], User], None]


@dataclass(frozen=True)
class KnownPart:
    """A part of the questionnaire with all columns that an import understands."""

    part: RowPart
    columns: Sequence[PartColumn]


Waiting = Callable[[Sequence[Municipality]], list[str]]
Resting = Callable[[Sequence[Succession]], str | None]

_filters: dict[str, Filter] = {}
_sections: dict[str, Section] = {}
_waiting: dict[str, Waiting] = {}
_resting: dict[str, Resting] = {}
_row_parts: dict[str, RowPart] = {}


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


def add_row_part(one: RowPart) -> None:
    """Bring further columns of the questionnaire, to the right of those that are there; the same part twice is one."""
    _row_parts[one.name] = one


def row_parts() -> tuple[RowPart, ...]:
    """The parts of the questionnaire that were brought, in their order."""
    return tuple(_row_parts.values())


def known_parts() -> list[KnownPart]:
    """The same with the columns that an import understands; each asks for its own."""
    return [KnownPart(part, part.known()) for part in row_parts()]


def filters() -> tuple[Filter, ...]:
    """The filters that were brought, in their order."""
    return tuple(_filters.values())


def sections_of(user: Visitor, municipality: Municipality) -> list[ReadSection]:
    """The sections that were brought, in their order, read for a visitor."""
    return [ReadSection(one.template, one.read(user, municipality)) for one in _sections.values()]
