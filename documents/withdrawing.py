"""Withdrawing an issued document."""

from django.db import transaction

from accounts.models import User
from documents.models import DocumentWithdrawal, IssuedDocument


class WithdrawalRefused(Exception):
    """The document cannot be withdrawn now; the message says why, in Russian."""


@transaction.atomic
def withdraw(document: IssuedDocument, *, reason: str, by: User) -> DocumentWithdrawal:
    """Withdraw a document: it stays readable under its code, and says that it counts no longer.

    Whether `by` may do so is for the caller to ask.

    Args:
        document: an issued document in force.
        reason: why; everybody who verifies the document reads it.
        by: who withdraws.

    Returns:
        The stored record.

    Raises:
        WithdrawalRefused: it is withdrawn or superseded already.
        ValidationError: the reason is empty or holds markup.
    """
    current = IssuedDocument.objects.select_for_update().get(pk=document.pk)
    if current.withdrawal_refusal:
        raise WithdrawalRefused(current.withdrawal_refusal)
    withdrawal = DocumentWithdrawal(document=current, reason=reason, withdrawn_by=by, withdrawn_by_name=str(by))
    withdrawal.full_clean()
    withdrawal.save()
    return withdrawal
