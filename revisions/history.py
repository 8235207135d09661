"""Lines of history that keep the name of who wrote them."""

from typing import Any

from django.db import models


class SignedHistory(models.Model):
    """Base of a historical model: the author's name as it was then, whatever becomes of the account.

    Use: `history = HistoricalRecords(bases=[SignedHistory])`.
    """

    history_user_name = models.CharField("кто изменил", max_length=150, blank=True, editable=False)

    class Meta:
        abstract = True


def sign_history(sender: type, history_instance: models.Model, history_user: Any, **kwargs: Any) -> None:
    """Write the author's name into a line of history that is about to be stored."""
    if isinstance(history_instance, SignedHistory) and history_user is not None:
        history_instance.history_user_name = str(history_user)[:150]


def sign(record: Any, *, by: Any, reason: str) -> None:
    """Say who changes a record and why, before it is saved.

    Without it, history takes the visitor of the current request, and no reason.

    Args:
        record: an instance of a model with `history`.
        by: a user; None for a command.
        reason: in Russian, as people will read it.
    """
    record._history_user, record._change_reason = by, reason
