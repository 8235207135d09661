"""Who may do what with the portal as a whole."""

from accounts.access import Visitor, is_secretariat


def archive_refusal(user: Visitor) -> str | None:
    """Why this visitor can neither see nor take the archive, which holds all that is internal."""
    return None if is_secretariat(user) else "Архив портала составляет секретариат Союза."
