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

    A file that could not be verified may be attached again when the machine has learned to: a second record tells so.

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
    current = IssuedDocument.objects.select_for_update().get(pk=document.pk)  # two uploads of one file take turns
    if current.withdrawn:
        raise SignatureRefused("Документ отозван: подпись к нему больше не прилагают.")
    check = check_by_trusted(content, document.read())
    known = document.signatures.filter(container_sha256=sha256)
    if known.filter(is_verified=True).exists() or (known.exists() and not check.is_verified):
        raise SignatureRefused("Эта подпись уже приложена.")
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


def check_by_trusted(content: bytes, document: bytes) -> SignatureCheck:
    """Check a detached signature against the authorities that the portal trusts now.

    Args:
        content: the .sig file.
        document: the bytes that were signed; need not be an issued document.

    Returns:
        What was found out.

    Raises:
        SignatureRefused: it is no acceptable signature of these bytes.
    """
    authorities = [bytes(der) for der in TrustedAuthority.objects.trusted().values_list("certificate", flat=True)]
    return check_signature(content, document, authorities)


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
