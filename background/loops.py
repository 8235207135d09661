"""Loops: what the worker does all the time beside its tasks, each in a thread of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Stopping: TypeAlias = Callable[[], bool]
Round: TypeAlias = Callable[[Stopping], bool]

ROUND_LIMIT = 600.0  # seconds


@dataclass(frozen=True)
class Loop:
    """A registered loop.

    Attributes:
        name: of its thread.
        go_round: what it does again and again.
        limit: seconds after which the whole worker ends when one round is not over.
    """

    name: str
    go_round: Round
    limit: float


_loops: dict[str, Loop] = {}


def register(name: str, go_round: Round, *, limit: float = ROUND_LIMIT) -> None:
    """Let every worker run a loop.

    Args:
        name: of its thread; registering it again changes nothing.
        go_round: does one round outside a transaction, as long as `stopping()` says no, and says whether there was
            anything to do: then the next round follows at once.
        limit: how long one round may take, in seconds.
    """
    _loops.setdefault(name, Loop(name, go_round, limit))


def registered() -> list[Loop]:
    """The loops, in the order in which they were registered."""
    return list(_loops.values())
