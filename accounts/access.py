"""Who may do what with people, and what the other rooms' rules are made of.

A rule asks whether somebody holds a permission (`accounts.roles`) and what the thing itself says. It answers with a
sentence why not, in Russian, or None. A sentence that is `NotYours` holds whatever becomes of the thing: pages do not
show such a step at all. Any other says why a step is not open now, and pages print it.
"""

import datetime as dt
from typing import TypeAlias, TypeGuard

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import MailState, OfficeTerm, OutgoingMail, Term, User
from accounts.models.held import giving
from accounts.models.outgoing import LEFT_OUT
from accounts.roles import Permission, offices_with, permissions_of, permissions_of_office, roles_with
from revisions.replay import void_refusal
from russian.templatetags.russian import long_date

Visitor: TypeAlias = User | AnonymousUser

OWN_ACCOUNT = "Собственную учётную запись отключить нельзя: попросите коллегу из секретариата."


class NotYours(str):
    """A refusal that has to do with who asks; templates know it by `is_for_good`."""

    __slots__ = ()
    is_for_good = True


def has_permission(user: Visitor, permission: Permission) -> TypeGuard[User]:
    """Whether the role of somebody who is let in holds a permission, or an office that they hold today. No query."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if permission in permissions_of(user.role):
        return True
    return any(permission in permissions_of_office(one) for one in user.offices_on(timezone.localdate()))


def had_permission(user: Visitor, permission: Permission, day: dt.date) -> TypeGuard[User]:
    """Whether somebody who holds a permission today held it on a day, by a role or an office of that day. No query.

    Args:
        user: who asks.
        permission: which.
        day: a calendar day in Moscow.
    """
    if not has_permission(user, permission):
        return False
    return any(one.holds_on(day) for one in giving(user.powers, permission))


def day_refusal(user: Visitor, permission: Permission, day: dt.date) -> str | None:
    """Why somebody who holds a permission today cannot have used it on a day; None when they held it, or hold it not.

    Args:
        user: who asks.
        permission: which.
        day: of the step, in Moscow.
    """
    if not has_permission(user, permission) or had_permission(user, permission, day):
        return None
    today = timezone.localdate()
    told = "; ".join(one.told for one in giving(user.powers, permission) if one.begins <= today)
    return f"{told[:1].upper()}{told[1:]}: шаг этим днём записать нельзя."


def permission_refusal(user: Visitor, permission: Permission, sentence: str) -> NotYours | None:
    """Why a step is not this visitor's; None when it is.

    Args:
        user: who asks.
        permission: what the step needs.
        sentence: who takes the step instead, in Russian.
    """
    return None if has_permission(user, permission) else NotYours(f"{_powers_ended(user, permission)}{sentence}")


def _powers_ended(user: Visitor, permission: Permission) -> str:
    """That a role or an office gave a permission until some day, with a space behind it; empty where none did."""
    if not isinstance(user, User):
        return ""
    today = timezone.localdate()
    gave = [one for one in giving(user.powers, permission) if one.until and one.until < today]
    if not gave:
        return ""
    last = max(gave, key=lambda one: one.until or today)
    return f"Полномочия {last.post.genitive} закончились {long_date(last.until)} "


def people_with(permission: Permission) -> QuerySet[User]:
    """Those who are let in and hold a permission today: by their role, or by an office."""
    holds = Q(role__in=roles_with(permission))
    if offices := offices_with(permission):
        terms = OfficeTerm.objects.holding_on(timezone.localdate()).filter(office__in=offices)
        holds |= Q(pk__in=terms.order_by().values("user"))
    return User.objects.filter(holds, is_active=True)


def union_edit_refusal(user: Visitor) -> str | None:
    """Why somebody may not change what is known of the Union; None when allowed."""
    return permission_refusal(user, Permission.KEEP_UNION_PROFILE, "Сведения о Союзе ведёт секретариат.")


def users_refusal(user: Visitor) -> str | None:
    """Why somebody may not see the accounts, invite, change roles; None when allowed."""
    return permission_refusal(user, Permission.MANAGE_USERS, "Пользователями управляет секретариат Союза.")


def offices_refusal(user: Visitor) -> str | None:
    """Why somebody may neither see who stands in for whom nor write it down; None when allowed."""
    return permission_refusal(user, Permission.MANAGE_USERS, "Назначения записывает секретариат Союза.")


def term_end_refusal(user: Visitor, term: Term | None) -> str | None:
    """Why somebody may not write down that powers ended; None when allowed.

    Args:
        user: who asks.
        term: whose end it would be; None of an appointment that is voided.
    """
    if refusal := offices_refusal(user):
        return refusal
    if term is None:
        return "Назначение отменено: прекращать нечего."
    if term.ended:
        return "Прекращение полномочий уже записано. Если день неверен, отмените ту запись."
    return None


def term_void_refusal(user: Visitor, row: OfficeTerm) -> str | None:
    """Why somebody may not void a row about an office; None when allowed."""
    return offices_refusal(user) or void_refusal(row)


def user_edit_refusal(user: Visitor, other: User) -> str | None:
    """Why somebody may not manage an account; None when allowed.

    Technical administrators are not the secretariat's to manage: who owns their address owns the portal.
    """
    if refusal := users_refusal(user):
        return refusal
    if other.is_superuser:
        return NotYours("Это технический администратор: его учётную запись ведут в администрировании портала.")
    return None


def user_deactivate_refusal(user: Visitor, other: User) -> str | None:
    """Why somebody may not switch an account off; None when allowed. Nobody locks themselves out."""
    if refusal := user_edit_refusal(user, other):
        return refusal
    return OWN_ACCOUNT if other.pk == user.pk else None


def mail_refusal(user: Visitor) -> str | None:
    """Why somebody may not see what became of the portal's letters; None when allowed."""
    return permission_refusal(user, Permission.LOOK_AFTER_MAIL, "За почтой портала следит секретариат Союза.")


def mail_again_refusal(user: Visitor, letter: OutgoingMail) -> str | None:
    """Why a letter may not be sent again; None when allowed."""
    if refusal := mail_refusal(user):
        return refusal
    if letter.state != MailState.FAILED:
        return "Ещё раз отправляют только то, что не ушло."
    if letter.is_too_late:
        return "Письмо устарело: то, что в нём, уже не действует."
    if letter.text in ("", LEFT_OUT):
        return "Текста этого письма в портале больше нет: отправьте его заново с той страницы, где его писали."
    return None
