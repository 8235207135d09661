"""Who may see which issued document, and who keeps the trust store."""

from accounts.access import NotYours, Visitor, has_permission, permission_refusal
from accounts.models import User
from accounts.roles import Permission
from documents.models import IssuedDocument


def withdraw_refusal(user: Visitor, document: IssuedDocument) -> str | None:
    """Why this visitor cannot withdraw the document now."""
    sentence = "Документ отзывает секретариат или председатель Союза."
    return permission_refusal(user, Permission.WITHDRAW_DOCUMENTS, sentence) or document.withdrawal_refusal


def trust_refusal(user: Visitor) -> str | None:
    """Why this visitor can neither see nor change the trust store; None for the technical administrator."""
    if isinstance(user, User) and user.is_active and user.is_superuser:
        return None
    return NotYours("Доверенные удостоверяющие центры ведёт технический администратор портала.")


def may_see_personal_numbers(user: Visitor) -> bool:
    """СНИЛС and ИНН of a signer in full: for the Union's staff; everybody else reads them masked."""
    return has_permission(user, Permission.READ_INTERNAL)


def may_see_scans(user: Visitor) -> bool:
    """Scans of papers that somebody signed by hand are for the Union's staff."""
    return has_permission(user, Permission.READ_INTERNAL)
