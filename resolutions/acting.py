"""For whom somebody acts about points: for a party that they are, hold or represent."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from django.utils import timezone

from accounts.access import Visitor, day_refusal, had_permission, has_permission
from accounts.acting import ActingStep, Behalf, behalf_of, doubts
from accounts.models import User
from accounts.roles import Office, Permission, Role, offices_with, roles_with
from municipalities.access import own_keys, representation_refusal, represented_on
from municipalities.models import Municipality
from resolutions.models import POINT_STEPS, Party, PartyKind, PointAction, ProgressEntry, Side, UnionBody
from resolutions.models.party import AT_FIRST
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

    def day_refusal(self, party: Party, day: dt.date) -> str | None:
        """Why they who act for a party today could not on a day, by the days of their powers; None without such days.

        Args:
            party: with its municipality or user.
            day: of the step that they take.
        """
        if body := party.of_body:
            return day_refusal(self.user, body.permission, day)
        return representation_refusal(self.user, party.municipality, day) if party.municipality else None

    def speaks_for(self, municipality: Municipality) -> bool:
        """Whether they represent a municipality."""
        return municipality.pk in self.municipalities

    def is_party(self, party: Party, day: dt.date | None = None) -> bool:
        """Whether they act for a party.

        Args:
            party: with its municipality or user.
            day: of the step that they take; today without it. Who acts by a role must have held it then, too.
        """
        if party.of_body == UnionBody.SECRETARIAT:
            return self.is_secretariat  # whoever is it today types the folder of all years in
        if body := party.of_body:
            return had_permission(self.user, body.permission, day or timezone.localdate())
        if party.kind == PartyKind.MEMBERS:
            return self.is_secretariat  # each member reports its own; the secretariat reports the whole
        if party.kind == PartyKind.MUNICIPALITY:
            if day is None or party.municipality_id not in self.municipalities:
                return party.municipality_id in self.municipalities
            return party.municipality is not None and represented_on(self.user, party.municipality, day)
        is_active_user = isinstance(self.user, User) and self.user.is_active
        return party.kind == PartyKind.USER and is_active_user and self.user.pk == party.user_id


def looks_at(rows: Iterable[ProgressEntry]) -> dict[int, str]:
    """Entries that were written by powers which were taken back since, and why to look at each. Two queries.

    Args:
        rows: all entries of one point that are in force.

    Returns:
        Sentences for the Union's people, by the keys of the entries.
    """
    bodies = {one.pk: UnionBody(one.body) for one in Party.objects.exclude(body="")}
    return doubts(
        ActingStep(row.pk, row.actor_id, post, row.happened_on, row.recorded_at)
        for row, before, _ in POINT_RULES.walk(rows)
        if (post := _post_of(row, before, bodies))
    )


def _post_of(row: ProgressEntry, before: PointStanding, bodies: dict[int, UnionBody]) -> Office | Role | None:
    """By what an entry was written: an office in somebody's stead, the role or office of a body; None without such.

    The secretariat writes down whatever the folder holds, of days too on which others were the secretariat.
    """
    if row.on_behalf_of:
        return next((one for one in Office if one.stands_in and one.principal == row.on_behalf_of), None)
    side = POINT_STEPS[PointAction(row.action)].side
    if side is Side.SECRETARIAT:
        return None
    party = before.party_id(side)
    body = AT_FIRST[side] if party is None else bodies.get(party)
    if body is None or body == UnionBody.SECRETARIAT:
        return None
    role = next(iter(roles_with(body.permission)), None)
    return Role(role) if role else offices_with(body.permission)[0]
