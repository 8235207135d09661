"""For whom somebody acts about points: for a party that they are, hold or represent."""

import datetime as dt
from functools import cached_property

from accounts.access import Visitor, has_permission
from accounts.models import User
from accounts.roles import Permission
from municipalities.access import own_municipalities
from municipalities.models import Municipality
from resolutions.models import Party, PartyKind


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
        return frozenset(own_municipalities(self.user).values_list("pk", flat=True))

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
            return has_permission(self.user, body.permission)
        if party.kind == PartyKind.MUNICIPALITY:
            return party.municipality_id in self.municipalities
        is_active_user = isinstance(self.user, User) and self.user.is_active
        return party.kind == PartyKind.USER and is_active_user and self.user.pk == party.user_id
