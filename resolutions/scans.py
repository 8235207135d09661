"""What is attached to a signed decision: the scan of the paper, the electronic signature."""

from django.db import transaction

from accounts.models import User
from documents.models import Signature, SignatureKind
from documents.signatures import attach_signature
from resolutions.models import Resolution, StepRefused, VersionAction


@transaction.atomic
def add_signature(resolution: Resolution, content: bytes, *, by: User) -> Signature:
    """Attach an electronic signature to the issued document of a signed decision, with a line in its history.

    Args:
        resolution: a signed decision.
        content: the .sig file.
        by: who attaches it.

    Returns:
        The stored signature, verified or waiting for an engine that can.

    Raises:
        StepRefused: the decision is not signed.
        SignatureRefused: the file is no acceptable signature of the issued document.
    """
    current = Resolution.objects.select_for_update().get(pk=resolution.pk)
    refusal = current.refusal(VersionAction.SIGNATURE_ADDED)
    if refusal or current.issued_document is None:
        raise StepRefused(refusal or "Документ ещё не выпущен.")
    signature = attach_signature(current.issued_document, content, by=by)
    current.remember(VersionAction.SIGNATURE_ADDED, by=by, reason=f"Владелец сертификата: {signature.signer_name}")
    return signature


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
