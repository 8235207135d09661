"""What happened to an account, as people read it."""

from accounts.models import User
from revisions.history import RecordChange, record_changes

SHOWN = ("name", "position", "role", "email", "is_active", "is_superuser")


def account_history(user: User) -> list[RecordChange]:
    """Everything that changed in an account, latest first; letters and logins leave no line.

    Args:
        user: whose account.

    Returns:
        Edits in which a reader would see a difference, and the beginning.
    """
    return record_changes(user, SHOWN)
