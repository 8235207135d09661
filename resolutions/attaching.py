"""What is attached to the issued paper of a decision or a letter: the scan of the pen's signature, the .sig file."""

from typing import TypeVar

from django.db import transaction

from accounts.models import User
from documents.models import IssuedDocument, Signature, SignatureKind
from documents.signatures import Attached, attach_signatures
from resolutions.models import DecisionPoint, Letter, Resolution, StepRefused

OwnerT = TypeVar("OwnerT", Resolution, Letter)  # what has an issued document


@transaction.atomic
def add_signatures(owner: OwnerT, content: bytes, *, by: User) -> Attached:
    """Attach the electronic signatures of a file to the issued document, each with a line in the owner's history.

    Args:
        owner: a signed decision or letter.
        content: the .sig file.
        by: who attaches it.

    Returns:
        The stored signatures, verified or waiting for a machine that can, and why others were not stored.

    Raises:
        StepRefused: nothing is issued, or it was withdrawn.
        SignatureRefused: the file holds no acceptable signature of the issued document.
    """
    current, document = _open(owner, SignatureKind.CMS)
    attached = attach_signatures(document, content, by=by)
    for signature in attached.signatures:
        current.remember_attached(signature, by=by)
    return attached


@transaction.atomic
def add_scan(owner: OwnerT, signature: Signature, *, by: User) -> None:
    """Attach a scan to the issued document, with a line in the owner's history.

    Args:
        owner: a signed decision or letter.
        signature: scan and day of signing, not stored yet.
        by: who confirms that the scan shows the signed paper.

    Raises:
        StepRefused: nothing is issued, or it was withdrawn.
    """
    current, document = _open(owner, SignatureKind.HANDWRITTEN)
    signature.document = document
    signature.kind = SignatureKind.HANDWRITTEN
    signature.signer_name = current.signatory_name
    signature.confirmed_by, signature.confirmed_by_name = by, str(by)
    signature.save()
    current.remember_attached(signature, by=by)


def _open(owner: OwnerT, kind: SignatureKind) -> tuple[OwnerT, IssuedDocument]:
    """The stored owner, locked, with its document.

    Raises:
        StepRefused: a signature of this kind cannot be attached now.
    """
    if isinstance(owner, Letter):
        DecisionPoint.queue_for([owner.point_id])  # before the letter: so does every step of it
    current = type(owner).objects.select_for_update().get(pk=owner.pk)
    refusal = current.attaching_refusal(kind)
    if refusal or current.issued_document is None:
        raise StepRefused(refusal or "Документ ещё не выпущен.")
    return current, current.issued_document
