"""Who makes which kind of paper. The rooms register themselves, for they know what is on it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import IO, Any

Arguments = Mapping[str, Any]
Progress = Callable[[int, int], None]


class CannotBeMade(Exception):
    """There will be no such file; the text is a Russian sentence for the person who asked. Trying again is no use."""


@dataclass(frozen=True)
class Incomplete:
    """A file in which something is missing that could not be made; everything else is in it.

    Attributes:
        file: as of every maker.
        lacks: what is missing, in Russian, for whoever has the address of the page that waits: no names, no titles.
    """

    file: bytes | IO[bytes]
    lacks: str


def _nothing_told(done: int, total: int) -> None:
    """For whoever makes a paper without telling how far it is."""


UNTOLD: Progress = _nothing_told


@dataclass(frozen=True)
class Maker:
    """How a kind of paper is made.

    Attributes:
        kind: its code, which stands in the database.
        label: what it is, for everybody who has the address of the page that waits: no names, no titles.
        read: from the arguments to the content: everything that the paper shows, frozen; queries only.
            Raises ObjectDoesNotExist when there is nothing to show any more.
        make: from the content to the file. It may tell how far it is, as (done, total). Raises PaperError or
            CannotBeMade with a sentence when there can be no such file.
        address: from the arguments to the paper's own address, which checks access.
        page: from the arguments to the page that offers the paper.
        is_long: whether it may take up to an hour; others take minutes at most.
    """

    kind: str
    label: str
    read: Callable[[Arguments], Any]
    make: Callable[[Any, Progress], bytes | IO[bytes] | Incomplete]
    address: Callable[[Arguments], str]
    page: Callable[[Arguments], str]
    is_long: bool = False


_makers: dict[str, Maker] = {}


def register(*makers: Maker) -> None:
    """Let papers be made; registering one again changes nothing."""
    for maker in makers:
        _makers.setdefault(maker.kind, maker)


def known_kinds() -> list[str]:
    """The codes of all kinds."""
    return list(_makers)


def maker_of(kind: str) -> Maker:
    """The maker of a kind.

    Raises:
        KeyError: nobody makes such papers.
    """
    return _makers[kind]
