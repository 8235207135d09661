"""What happened to an account."""

from accounts.models import User
from revisions.history import RecordChange, record_changes

SHOWN = ("name", "position", "role", "email", "is_active", "is_superuser")


def account_history(user: User) -> list[RecordChange]:
    """Everything that a reader would see changed in an account, latest first."""
    return record_changes(user, SHOWN)
