"""For whom somebody acts about points: for a party that they are, hold or represent."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from django.utils import timezone

from accounts.access import Visitor, had_permission, has_permission
from accounts.acting import ActingStep, Behalf, behalf_of, doubts
from accounts.models import User
from accounts.roles import Office, Permission
from municipalities.access import own_keys
from municipalities.models import Municipality
from resolutions.models import POINT_STEPS, Party, PartyKind, PointAction, ProgressEntry, Side, UnionBody
from resolutions.models.point_standing import POINT_RULES, PointStanding


class Actor:
    """Somebody who looks at points or takes their steps. What they represent is asked once, when it is needed."""

    def __init__(self, user: Visitor) -> None:
        self.user = user

    @property
    def is_secretariat(self) -> bool:
        """Whether they may take every step: their own, and those of others on their behalf."""
        return has_permission(self.user, Permission.CONTROL_POINTS)

    @cached_property
    def municipalities(self) -> frozenset[int]:
        """The keys of those that they speak for. One query."""
        return own_keys(self.user)

    @staticmethod
    def is_secretariats(party: Party) -> bool:
        """Whether a party's steps are the secretariat's own: its own, and those of all members together."""
        return party.of_body == UnionBody.SECRETARIAT or party.kind == PartyKind.MEMBERS

    def stands_in_for(self, party: Party, day: dt.date) -> Behalf | None:
        """For whom they act who act for a party by an office, and on what ground; None by a role of their own."""
        body = party.of_body
        return behalf_of(self.user, body.permission, day) if body and isinstance(self.user, User) else None

    def speaks_for(self, municipality: Municipality) -> bool:
        """Whether they represent a municipality."""
        return municipality.pk in self.municipalities

    def is_party(self, party: Party, day: dt.date | None = None) -> bool:
        """Whether they act for a party.

        Args:
            party: with its municipality or user.
            day: of the step that they take; today without it. Who acts by a role must have held it then, too.
        """
        if body := party.of_body:
            return had_permission(self.user, body.permission, day or timezone.localdate())
        if party.kind == PartyKind.MEMBERS:
            return self.is_secretariat  # each member reports its own; the secretariat reports the whole
        if party.kind == PartyKind.MUNICIPALITY:
            return party.municipality_id in self.municipalities
        is_active_user = isinstance(self.user, User) and self.user.is_active
        return party.kind == PartyKind.USER and is_active_user and self.user.pk == party.user_id


def looks_at(rows: Iterable[ProgressEntry]) -> dict[int, str]:
    """Entries that were written by powers which were taken back since, and why to look at each. Two queries.

    Args:
        rows: all entries of one point that are in force.

    Returns:
        Sentences for the Union's people, by the keys of the entries.
    """
    board = Party.objects.filter(body=UnionBody.BOARD).first()
    return doubts(
        ActingStep(row.pk, row.actor_id, office, row.happened_on, row.recorded_at)
        for row, before, _ in POINT_RULES.walk(rows)
        if (office := _office_of(row, before, board))
    )


def _office_of(row: ProgressEntry, before: PointStanding, board: Party | None) -> Office | None:
    """The office by which an entry was written: in somebody's stead, or for the board; None without one."""
    if row.on_behalf_of:
        return next((one for one in Office if one.stands_in and one.principal == row.on_behalf_of), None)
    side = POINT_STEPS[PointAction(row.action)].side
    is_of_board = board is not None and side is not Side.SECRETARIAT and before.party_id(side) == board.pk
    return Office.BOARD if is_of_board else None
