"""Where a room above says which point of a decision a promise names. This room knows nothing of decisions.

The room above brings one object when the portal starts, in its `AppConfig.ready`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from municipalities.models import Municipality


class NamedPoint(NamedTuple):
    """The point that a promise names: its key, how it is called, and its page."""

    key: str
    label: str
    url: str


@dataclass(frozen=True)
class NamingPoints:
    """What is known above of promises and points. Promises are those of `municipalities.practices.models.Commitment`.

    Attributes:
        choices: the points that a promise of a municipality may name today, as keys and labels for a form.
        tie: lets a promise that was made just now name the point of a key, in the same transaction; a ValidationError
            refuses it.
        named: the points that some promise names, as keys and labels for a form.
        told: for promises, by their keys, the points that they name; those that name none are left out.
        changed: is called after each step or voiding that was written, in the same transaction; a ValidationError
            refuses the step.
    """

    choices: Callable[[Municipality], Sequence[tuple[str, str]]]
    tie: Callable[[Any, str], None]
    named: Callable[[], Sequence[tuple[str, str]]]
    told: Callable[[Collection[Any]], Mapping[int, NamedPoint]]
    changed: Callable[[Any], None]


_brought: list[NamingPoints] = []


def bring(one: NamingPoints) -> None:
    """Let promises name points; what was brought before is forgotten."""
    _brought[:] = [one]


def is_brought() -> bool:
    """Whether promises may name points at all."""
    return bool(_brought)


def choices_for(municipality: Municipality) -> list[tuple[str, str]]:
    """The points that a promise of a municipality may name today; none where nobody knows of points."""
    return [pair for one in _brought for pair in one.choices(municipality)]


def tie(commitment: Any, key: str) -> None:
    """Let a promise name the point of a key; an empty key names none.

    Raises:
        ValidationError: it cannot name that one.
    """
    for one in _brought if key else ():
        one.tie(commitment, key)


def named() -> list[tuple[str, str]]:
    """The points that some promise names, the latest decision first."""
    return [pair for one in _brought for pair in one.named()]


def told(commitments: Collection[Any]) -> dict[int, NamedPoint]:
    """The points that promises name, by the keys of the promises."""
    return {key: point for one in _brought for key, point in one.told(commitments).items()}


def changed(commitment: Any) -> None:
    """Tell that something was written down about a promise.

    Raises:
        ValidationError: the room above refuses it.
    """
    for one in _brought:
        one.changed(commitment)
