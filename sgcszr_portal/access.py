"""Who may do what with the portal as a whole."""

from accounts.access import NotYours, Visitor, permission_refusal
from accounts.models import User
from accounts.roles import Permission


def archive_refusal(user: Visitor) -> str | None:
    """Why this visitor can neither see nor take the archive, which holds all that is internal."""
    return permission_refusal(user, Permission.TAKE_ARCHIVE, "Архив портала составляет секретариат Союза.")


def handing_over_refusal(user: Visitor) -> str | None:
    """Why this visitor does not read what waits for all others."""
    return permission_refusal(user, Permission.HAND_OVER, "Передачу дел читают секретариат и председатель Союза.")


def background_refusal(user: Visitor) -> str | None:
    """Why this visitor does not look after the background tasks; None for the technical administrator."""
    if isinstance(user, User) and user.is_active and user.is_superuser:
        return None
    return NotYours("За фоновыми задачами следит технический администратор портала.")
