"""One paper of many that cannot be made: it is named with its reason, and the others are made all the same."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from background.outage import is_outage
from documents.fonts import PaperError

logger = logging.getLogger(__name__)

MadeT = TypeVar("MadeT")


@dataclass(frozen=True)
class Unmade:
    """What stands in the place of a paper that could not be made.

    Attributes:
        reason: why, in Russian, for whoever looks for the paper.
    """

    reason: str


def made_or_why(make: Callable[[], MadeT], name: str) -> MadeT | Unmade:
    """Make a paper that is one of many.

    Args:
        make: makes it; whatever it raises is the failure of this paper alone.
        name: of the paper, for the log.

    Returns:
        What was made, or why it was not. A fault of the portal is in the log, with its trace.

    Raises:
        Exception: what `make` raised, when the database or the disk is away: then nothing else could be made either,
            and everything is made when it is back.
    """
    try:
        return make()
    except Exception as error:  # whatever it is: the other papers have nothing to do with it
        if is_outage(error):
            raise
        if isinstance(error, PaperError):
            return Unmade(str(error))
        logger.exception("The paper %s could not be made", name)
        return Unmade(
            f"Помешала ошибка портала ({type(error).__name__}). Скажите администратору: подробности в журнале сервера."
        )
