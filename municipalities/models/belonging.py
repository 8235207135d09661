"""How a municipality joins the Union and leaves it: by rows of its ledger, and by nothing else."""

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from municipalities.models.membership import MEMBERSHIP_RULES, Belonging, Membership, MembershipAction
from municipalities.models.succession import Succession
from revisions.days import EARLIEST
from revisions.models import VersionedModel
from revisions.replay import void_refusal
from russian.templatetags.russian import long_date
from russian.text import tidy

NO_DAY = "Без дня записывают только вступление: укажите день выхода."
MERGERS = ("ended_by__voided_by", "begun_by__voided_by")  # what tells whether a merger wrote a row of membership
OF_A_MERGER = "Эту запись внесло объединение: отменяют его целиком, на странице правопреемника."


class BelongingToUnion(VersionedModel):
    """What has a ledger of its membership."""

    memberships: models.Manager[Membership]

    class Meta:
        abstract = True

    def belonging_on(self, day: dt.date | None = None, *, known_on: dt.date | None = None) -> Belonging:
        """Whether it belonged to the Union at the end of a day, today without one. One query."""
        return MEMBERSHIP_RULES.fold(self.memberships.all(), day or timezone.localdate(), known_on=known_on)

    def membership_refusal(self, action: MembershipAction, happened_on: dt.date | None) -> str | None:
        """Why it cannot join or leave from a day on, in Russian; None when it can. Two queries. Arguments as below."""
        return self._impossible([Membership(action=action, happened_on=happened_on or EARLIEST)])

    def _impossible(self, rows: Sequence[Membership]) -> str | None:
        """Why rows cannot be written together, in Russian; None when they can."""
        stored = list(Membership.objects.filter(municipality=self.pk))
        if refusal := MEMBERSHIP_RULES.replay(stored, rows):
            return refusal
        merged = Succession.objects.in_force().filter(predecessor=self.pk).with_names().first()
        if merged is None or not self.belongs_from([*stored, *rows], merged.happened_on):
            return None
        return (
            f"С {long_date(merged.happened_on)} муниципальное образование – часть другого ({merged.successor.name}): "
            "с этого дня оно в Союз не входит, вступить может только правопреемник."
        )

    @staticmethod
    def belongs_from(rows: Sequence[Membership], day: dt.date) -> bool:
        """Whether a ledger of membership says so of the end of a day, or of any later one."""
        later = (one.after for one in MEMBERSHIP_RULES.walk(rows) if one.row.happened_on > day)
        return any(one.is_member for one in (MEMBERSHIP_RULES.fold(rows, day), *later))

    @transaction.atomic
    def change_membership(
        self,
        action: MembershipAction,
        *,
        happened_on: dt.date | None,
        basis: str,
        by: User,
        version: int,
        text: str = "",
    ) -> Membership:
        """Write down that it joins or leaves.

        Args:
            action: which.
            happened_on: the day, in Moscow, in the future too; None for a joining of which nobody knows the day.
            basis: what it rests on; published.
            by: who says so; the name is kept as it is now.
            version: of this municipality, as the form was opened with.
            text: internal note.

        Raises:
            EditConflict: somebody changed the municipality meanwhile.
            ValidationError: it belongs already, or does not; or a later row would become impossible.
        """
        current = type(self).locked(self.pk, version)
        row = self.new_membership(action, happened_on, basis=basis, text=text, by=by)
        self.store_memberships([row], current.version)
        return row

    def new_membership(
        self, action: MembershipAction, happened_on: dt.date | None, *, basis: str, text: str, by: User
    ) -> Membership:
        """A row that is not stored yet. Arguments as of `change_membership`.

        Raises:
            ValidationError: nobody leaves without a day.
        """
        if happened_on is None and action == MembershipAction.LEAVE:
            raise ValidationError({"happened_on": NO_DAY})
        return Membership(
            municipality_id=self.pk,
            action=action,
            happened_on=happened_on or EARLIEST,
            day_is_known=happened_on is not None,
            basis=tidy(basis),
            text=tidy(text),
            actor=by,
            actor_name=str(by)[:150],
        )

    @transaction.atomic
    def void_membership(
        self, row: Membership, *, reason: str, by: User, version: int, replacement: Membership | None = None
    ) -> Membership:
        """Say that a row is wrong: it is as if it had never been written.

        Args:
            row: the wrong one, of this municipality.
            reason: why it is wrong.
            by: who says so.
            version: of this municipality, as the page was opened with.
            replacement: the right row (`new_membership`), written together; on the same day it takes its place.

        Raises:
            EditConflict: somebody changed the municipality meanwhile.
            ValidationError: the row is voided already, was written by a merger, or a later one would become impossible.
        """
        current = type(self).locked(self.pk, version)
        wrong = Membership.objects.select_related("voided_by").get(pk=row.pk, municipality=self.pk)
        if refusal := void_refusal(wrong) or written_by_merger(wrong):
            raise ValidationError(refusal)
        rows = [Membership.voiding_of(wrong, reason=reason, by=by, municipality_id=self.pk)]
        if replacement:
            replacement.take_place_of(wrong)
            rows.append(replacement)
        self.store_memberships(rows, current.version)
        return rows[0]

    def store_memberships(self, rows: Sequence[Membership], version: int) -> None:
        """Write rows down and raise the version; past save(): the facts did not change, nor does their history.

        The caller has locked the municipality.

        Args:
            rows: that belong together.
            version: the next one.

        Raises:
            ValidationError: the rows are impossible, or make a later one so.
        """
        if refusal := self._impossible(rows):
            raise ValidationError(refusal)
        for row in rows:
            row.save()
        type(self)._default_manager.filter(pk=self.pk).update(version=version)
        self.version = version


def written_by_merger(row: Membership) -> str | None:
    """Why a row is not voided by itself, in Russian; None when no merger wrote it. Prefetch `MERGERS` for many."""
    mergers = [*row.ended_by.all(), *row.begun_by.all()]  # voidings of mergers name no row of membership
    return OF_A_MERGER if any(one.voiding is None for one in mergers) else None
