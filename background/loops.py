"""Loops: what the worker does all the time beside its tasks, each in a thread of its own."""

from collections.abc import Callable
from typing import TypeAlias

Stopping: TypeAlias = Callable[[], bool]
Loop: TypeAlias = Callable[[Stopping], bool]

_loops: dict[str, Loop] = {}


def register(name: str, loop: Loop) -> None:
    """Let every worker run a loop.

    Args:
        name: of its thread; registering it again changes nothing.
        loop: does one round outside a transaction, as long as `stopping()` says no, and says whether there was anything
            to do: then the next round follows at once.
    """
    _loops.setdefault(name, loop)


def registered() -> dict[str, Loop]:
    """The loops by their names."""
    return dict(_loops)
