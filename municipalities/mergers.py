"""Mergers: a municipality comes of others, whose membership of the Union ends that day. Facts stay where they are."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from municipalities.models import Membership, MembershipAction, Municipality, Representative, Succession
from municipalities.models.membership import MEMBERSHIP_RULES
from municipalities.models.naming import Span
from municipalities.registration import resting_on, waiting_of
from municipalities.renaming import code_refusal
from revisions.days import EARLIEST
from revisions.history import sign
from revisions.ledger import in_force, recorded_now
from revisions.replay import void_refusal
from russian.templatetags.russian import long_date
from russian.text import tidy

JOIN, LEAVE = MembershipAction.JOIN, MembershipAction.LEAVE
TOO_FEW = "Объединяются не меньше двух муниципальных образований: отметьте всех предшественников."
FORMED = "Образовано объединением"
LONGEST_BASIS = 500  # characters


@dataclass(frozen=True)
class Merger:
    """What is to be written down.

    Attributes:
        predecessors: of whom the successor comes, at the versions at which somebody looked at them.
        successor: a municipality that is not stored yet, or one that is there already.
        happened_on: the day, in Moscow, in the future too.
        basis: what it rests on; published.
        joining_basis: on what the successor joins the Union that day; empty where it does not.
        text: internal note.
    """

    predecessors: Sequence[Municipality]
    successor: Municipality
    happened_on: dt.date
    basis: str
    joining_basis: str = ""
    text: str = ""

    @property
    def refusal(self) -> str | None:
        """Why it is impossible, in Russian; None when it is not. It grows by a few queries with each predecessor."""
        day, successor = self.happened_on, self.successor
        if successor in self.predecessors:
            return f"Муниципальное образование не может быть правопреемником самого себя: {successor.name}."
        if len(self.predecessors) < 2:
            return TOO_FEW
        if day <= EARLIEST:
            return "Укажите день после 1 января 2000 г."
        if refusal := self._cycle() if successor.pk else code_refusal([self._code], of=None):
            return refusal
        refusals = (_predecessor_refusal(one, day) for one in self.predecessors)
        return next(filter(None, refusals), None) or self._joining_refusal()

    @property
    def _code(self) -> Span:
        """The code of a new one: from its day on, and from today, as the registry has it then."""
        return Span(self.successor.oktmo, min(self.happened_on, timezone.localdate()), None)

    def _cycle(self) -> str | None:
        """Why somebody would come of itself, or of what it is part of already."""
        one = self.successor
        while later := one.succession:
            one = later.successor
            if one in self.predecessors:
                return (
                    f"Получился бы круг правопреемников: {one.name} – уже правопреемник муниципального образования "
                    f"{self.successor.name}."
                )
        later = self.successor.succession
        if later and later.happened_on <= self.happened_on:
            return f"{_since(later)}: правопреемником оно быть не может."
        return None

    def _joining_refusal(self) -> str | None:
        if not (self.joining_basis and self.successor.pk):
            return None
        refusal = self.successor.membership_refusal(JOIN, self.happened_on)
        return _about(self.successor, refusal) if refusal else None


def _since(row: Succession) -> str:
    """«Буй с 1 июля 2026 г. – часть другого муниципального образования (Буйский округ)»."""
    whole = row.successor.name
    return f"{row.predecessor.name} с {long_date(row.happened_on)} – часть другого муниципального образования ({whole})"


def _predecessor_refusal(one: Municipality, day: dt.date) -> str | None:
    """Why a municipality cannot become part of another on a day."""
    if merged := one.succession:
        return f"{_since(merged)}: объединить его ещё раз нельзя."
    born = one.came_of.last()
    if born and born.happened_on >= day:
        formed = long_date(born.happened_on)
        return f"{one.name} образовано объединением {formed} Объединить его можно только позже этого дня."
    rows = list(one.memberships.all())
    later = next((row for row in in_force(rows) if row.action == JOIN and row.happened_on >= day), None)
    if later:
        return f"{one.name}: вступление в Союз записано на {later.day_in_words} – объединение не может быть раньше."
    refusal = MEMBERSHIP_RULES.replay(rows, [_leaving(one, day)]) if one.belonging_on(day).is_member else None
    return _about(one, refusal) if refusal else None


def _about(one: Municipality, refusal: str) -> str:
    """«Буй: станет невозможной более поздняя запись …»."""
    return f"{one.name}: {refusal[:1].lower()}{refusal[1:]}"


def _leaving(one: Municipality, day: dt.date) -> Membership:
    return Membership(municipality=one, action=LEAVE, happened_on=day)


# --- what it changes ---


@dataclass(frozen=True)
class MergerEffect:
    """What a merger changes.

    Attributes:
        day: from which it counts.
        members_before, members_after: of the Union on that day, without and with it.
        leaving: names of the predecessors whose membership ends.
        joins: whether the successor joins.
        representatives: who speaks for a predecessor no more: «И.И. Иванов (Буй)».
        waiting: what still waits for predecessors, in sentences.
        is_ahead: whether the day is still to come.
    """

    day: dt.date
    members_before: int
    members_after: int
    leaving: tuple[str, ...]
    joins: bool
    representatives: tuple[str, ...]
    waiting: tuple[str, ...]
    is_ahead: bool


def effect_of(merger: Merger) -> MergerEffect:
    """What a merger that is not refused changes, told before it is written down."""
    day, keys = merger.happened_on, [one.pk for one in merger.predecessors]
    members = Municipality.objects.members_on(day)
    leaving = [one.name for one in members.filter(pk__in=keys).order_by("name")]
    speakers = Representative.objects.lasting(day).filter(municipality__in=keys).select_related("user", "municipality")
    before, joins = members.count(), bool(merger.joining_basis)
    return MergerEffect(
        day,
        before,
        before - len(leaving) + (joins and merger.successor.is_listed),
        tuple(leaving),
        joins,
        tuple(f"{one.user} ({one.municipality})" for one in speakers.order_by("municipality__name", "user__name")),
        tuple(waiting_of(merger.predecessors)),
        day > timezone.localdate(),
    )


# --- writing it down, and voiding it ---


@transaction.atomic
def merge(merger: Merger, *, by: User) -> Municipality:
    """Write a merger down, with what it changes of memberships.

    Args:
        merger: what.
        by: who says so; the name is kept as it is now.

    Returns:
        The successor.

    Raises:
        EditConflict: somebody changed one of the municipalities meanwhile.
        ValidationError: it is impossible.
    """
    if refusal := merger.refusal:
        raise ValidationError(refusal)
    locked = [Municipality.locked(one.pk, one.version) for one in sorted(merger.predecessors, key=lambda one: one.pk)]
    successor = _stored(merger.successor, by=by)
    joining, moment = None, recorded_now()
    if merger.joining_basis:
        joining = successor.new_membership(JOIN, merger.happened_on, basis=merger.joining_basis, text="", by=by)
        successor.store_memberships([joining], successor.version)
    for one in locked:
        leaving = _let_leave(one, merger, successor, by=by)
        Succession.objects.create(
            successor=successor,
            predecessor=one,
            happened_on=merger.happened_on,
            basis=tidy(merger.basis),
            text=tidy(merger.text),
            leaving=leaving,
            joining=joining,
            recorded_at=moment,
            actor=by,
            actor_name=str(by)[:150],
        )
    return successor


def _stored(successor: Municipality, *, by: User) -> Municipality:
    """The successor at its next version, locked; a new one is stored."""
    if successor.pk:
        current = Municipality.locked(successor.pk, successor.version)
        Municipality.objects.filter(pk=current.pk).update(version=current.version)
        return current
    sign(successor, by=by, reason=FORMED)
    successor.save()
    return successor


def _let_leave(one: Municipality, merger: Merger, successor: Municipality, *, by: User) -> Membership | None:
    """Let a predecessor leave the Union, if it belongs to it that day."""
    if not one.belonging_on(merger.happened_on).is_member:
        Municipality.objects.filter(pk=one.pk).update(version=one.version)
        return None
    basis = f"Вошло в состав: {successor.name}. {merger.basis}"[:LONGEST_BASIS]
    row = one.new_membership(LEAVE, merger.happened_on, basis=basis, text="", by=by)
    one.store_memberships([row], one.version)
    return row


@transaction.atomic
def void_merger(row: Succession, *, reason: str, by: User, version: int) -> None:
    """Say that a merger is wrong: it is as if it had never been written, nor what it changed of memberships.

    Args:
        row: one of its rows; the others that were written with it are voided too.
        reason: why it is wrong.
        by: who says so.
        version: of the successor, as the page was opened with.

    Raises:
        EditConflict: somebody changed the successor meanwhile.
        ValidationError: it is voided already, something rests on it, or a later membership would become impossible.
    """
    successor = Municipality.locked(row.successor_id, version)
    if refusal := void_refusal(Succession.objects.select_related("voided_by").get(pk=row.pk)):
        raise ValidationError(refusal)
    rows = list(row.merger)
    if refusal := resting_on(rows):
        raise ValidationError(refusal)
    for one in rows:
        Succession.voiding_of(
            one, reason=reason, by=by, successor_id=one.successor_id, predecessor_id=one.predecessor_id
        ).save()
    written = {one.pk: one for row in rows for one in (row.leaving, row.joining) if one}
    for membership in written.values():
        _void_membership(membership, reason=reason, by=by)
    current = Municipality.objects.select_for_update().get(pk=successor.pk)
    Municipality.objects.filter(pk=current.pk).update(version=max(current.version, successor.version))


def _void_membership(row: Membership, *, reason: str, by: User) -> None:
    owner = Municipality.objects.select_for_update().get(pk=row.municipality_id)
    try:
        owner.store_memberships(
            [Membership.voiding_of(row, reason=reason, by=by, municipality_id=owner.pk)], owner.version + 1
        )
    except ValidationError as refused:
        raise ValidationError([_about(owner, one) for one in refused.messages]) from refused
