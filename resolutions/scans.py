"""Scans of papers with a handwritten signature."""

from django.db import transaction

from accounts.models import User
from documents.models import Signature, SignatureKind
from resolutions.models import Resolution, StepRefused, VersionAction


@transaction.atomic
def add_scan(resolution: Resolution, signature: Signature, *, by: User) -> None:
    """Attach a scan to the issued document of a signed decision, with a line in its history.

    Args:
        resolution: a signed decision.
        signature: scan and day of signing, not stored yet.
        by: who confirms that the scan shows the signed paper.

    Raises:
        StepRefused: the decision is not signed.
    """
    current = Resolution.objects.select_for_update().get(pk=resolution.pk)
    refusal = current.refusal(VersionAction.SCAN_ADDED)
    if refusal or current.issued_document is None:
        raise StepRefused(refusal or "Документ ещё не выпущен.")
    signature.document = current.issued_document
    signature.kind = SignatureKind.HANDWRITTEN
    signature.signer_name = current.signatory_name
    signature.confirmed_by, signature.confirmed_by_name = by, str(by)
    signature.save()
    current.remember(VersionAction.SCAN_ADDED, by=by)
