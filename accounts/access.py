"""Who may do what with people, and the roles that the other rooms' rules are made of."""

from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser

from accounts.models import Role, User

Visitor: TypeAlias = User | AnonymousUser


def is_secretariat(user: Visitor) -> bool:
    """The secretariat carries out the decision and edits everything that is not signed."""
    return isinstance(user, User) and user.is_active and user.role == Role.SECRETARIAT


def is_chair(user: Visitor) -> bool:
    """The chair signs."""
    return isinstance(user, User) and user.is_active and user.role == Role.CHAIR


def is_union_staff(user: Visitor) -> bool:
    """The Union's own people: they read drafts, letters and internal notes."""
    return is_secretariat(user) or is_chair(user)


def union_edit_refusal(user: Visitor) -> str | None:
    """Why somebody may not change what is known of the Union; None for the secretariat."""
    return None if is_secretariat(user) else "Сведения о Союзе ведёт секретариат."


def can_manage_users(user: Visitor) -> bool:
    """Inviting, changing roles, deactivating."""
    return is_secretariat(user)


def can_deactivate(user: Visitor, other: User) -> bool:
    """Nobody locks themselves out, and technical administrators are not the secretariat's to manage."""
    return can_manage_users(user) and other.pk != user.pk and not other.is_superuser


def can_edit_user(user: Visitor, other: User) -> bool:
    """The secretariat manages everybody but the technical administrators: who owns their address owns the portal."""
    return can_manage_users(user) and not other.is_superuser
