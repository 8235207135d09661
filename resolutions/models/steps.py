"""Steps as data: from which state a step leads where, and whose it is. Points and letters both move by such a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models

from accounts.roles import Permission

StateT = TypeVar("StateT", bound=models.TextChoices)


class StepRefused(Exception):
    """The step is not possible now; the message tells the user why, in Russian.

    Args:
        sentence: why.
        place: of steps that were written together the one that this is about, from 0 on; None when of none of them.
        why: the reason alone, as the rules of the ledger give it.
    """

    def __init__(self, sentence: str, *, place: int | None = None, why: str = "") -> None:
        super().__init__(sentence)
        self.place, self.why = place, why


class NumberTaken(StepRefused):
    """Another letter of the year has the number that was typed."""


@dataclass(frozen=True)
class Step(Generic[StateT]):
    """What somebody may do about a point or a letter.

    Attributes:
        label: what the button says.
        permission: what one needs to take it.
        before: states in which the step is open.
        after: the state it leads to; None when it leaves the state as it is, or when the answer decides.
        otherwise: why the step is not open in any other state that is not an end.
        asks: what is asked of whoever takes it, «Что сделано» or «Причина».
        replays: states in which it may stand in a ledger, where these are more than those in which it is offered.
    """

    label: str
    permission: Permission
    before: tuple[StateT, ...]
    after: StateT | None
    otherwise: str
    asks: str = "Примечание"
    replays: tuple[StateT, ...] = ()

    def refusal(self, state: StateT, ends: Mapping[StateT, str]) -> str | None:
        """Why the step is not open, in Russian; None when it is.

        Args:
            state: the present state.
            ends: what to say about states after which nothing but their own steps happens.
        """
        return None if state in self.before else ends.get(state, self.otherwise)

    def replay_refusal(self, state: StateT, ends: Mapping[StateT, str]) -> str | None:
        """Why the step cannot stand in a ledger after a state, in Russian; None when it can. Arguments as above."""
        return None if state in self.replays else self.refusal(state, ends)
