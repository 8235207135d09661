"""Somebody else acts in the moment between a page's check and its writing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch


@contextmanager
def meanwhile(owner: Any, name: str, deed: Callable[[], object]) -> Iterator[None]:
    """Let a deed happen right before a function is called for the first time.

    Args:
        owner: the class or module that has the function.
        name: of the function.
        deed: what somebody else does.
    """
    real = getattr(owner, name)
    deeds = [deed]

    def late(*args: Any, **kwargs: Any) -> Any:
        if deeds:
            deeds.pop()()
        return real(*args, **kwargs)

    with patch.object(owner, name, late):
        yield
