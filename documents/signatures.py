"""Attaching an electronic signature to an issued document."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from documents.cms import SignatureCheck, SignatureRefused, check_signature
from documents.models import IssuedDocument, Signature, SignatureKind, TrustedAuthority


@transaction.atomic
def attach_signature(document: IssuedDocument, content: bytes, *, by: User) -> Signature:
    """Check a .sig file against an issued document and keep it with what was found out.

    Args:
        document: what was signed.
        content: the .sig file as it was uploaded.
        by: who attaches it.

    Returns:
        The stored signature.

    Raises:
        SignatureRefused: it is no acceptable signature of this document, or it is attached already.
        DamagedDocument: the issued bytes are not what was issued.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    IssuedDocument.objects.select_for_update().get(pk=document.pk)  # two uploads of one file take turns
    if document.signatures.filter(container_sha256=sha256).exists():
        raise SignatureRefused("Эта подпись уже приложена.")
    authorities = [bytes(der) for der in TrustedAuthority.objects.trusted().values_list("certificate", flat=True)]
    check = check_signature(content, document.read(), authorities)
    signature = Signature(
        document=document,
        kind=SignatureKind.CMS,
        container_sha256=sha256,
        is_verified=check.is_verified,
        evidence=_evidence(check),
        signer_name=(check.certificate.owner or check.certificate.organisation)[:150] or "Владелец не указан",
        signed_on=timezone.localdate(check.signed_at or check.checked_at),
        confirmed_by=by,
        confirmed_by_name=str(by),
    )
    signature.container = ContentFile(content, name="document.sig")
    signature.save()
    return signature


def _evidence(check: SignatureCheck) -> dict[str, str | list[str]]:
    """Everything that was read, as plain values."""
    certificate = check.certificate
    return {
        "owner": certificate.owner,
        "organisation": certificate.organisation,
        "issuer": certificate.issuer,
        "serial": certificate.serial,
        "not_before": certificate.not_before.isoformat(),
        "not_after": certificate.not_after.isoformat(),
        "snils": certificate.snils,
        "inn": certificate.inn,
        "digest": check.digest,
        "signed_at": check.signed_at.isoformat() if check.signed_at else "",
        "checked_at": check.checked_at.isoformat(),
        "not_checked": list(check.NOT_CHECKED),
    }


def differs_from_signatory(signature: Signature, signatory: str) -> bool:
    """Whether the certificate's owner is somebody else than the document names.

    Args:
        signature: an electronic signature.
        signatory: as the document prints it, «Н.В. Корягина».

    Returns:
        True when the surname of the one is not found in the other's name: a reason to look, not to refuse.
    """
    surname = signatory.split()[-1].casefold() if signatory.split() else ""
    return surname not in signature.signer_name.casefold()
