"""Who may do what with the portal as a whole."""

from accounts.access import Visitor, permission_refusal
from accounts.roles import Permission


def archive_refusal(user: Visitor) -> str | None:
    """Why this visitor can neither see nor take the archive, which holds all that is internal."""
    return permission_refusal(user, Permission.TAKE_ARCHIVE, "Архив портала составляет секретариат Союза.")
