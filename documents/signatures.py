"""Attaching electronic signatures to an issued document."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import User
from documents.cms import Certificate, SignatureCheck, SignatureRefused, Trust, Verdict, check_signatures
from documents.cms.sources import Source, read_source
from documents.models import (
    ROOM_FOR_NAME,
    AuthorityPurpose,
    IssuedDocument,
    RevocationSource,
    Signature,
    SignatureKind,
    TrustedAuthority,
)

ATTACHED_ALREADY = "Эта подпись уже приложена."


@dataclass
class Attached:
    """What became of the signatures of one file.

    Attributes:
        signatures: those that were stored, verified or waiting for a machine that can verify them.
        refusals: why others were not, with the name of each signer.
    """

    signatures: list[Signature] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)


@transaction.atomic
def attach_signatures(document: IssuedDocument, content: bytes, *, by: User) -> Attached:
    """Check a .sig file against an issued document and keep each of its signatures with what was found out.

    A signature that could not be verified may be attached again when the machine has learned to: a second record tells
    so. The same signature in another coat is the same signature.

    Args:
        document: what was signed.
        content: the .sig file as it was uploaded.
        by: who attaches it.

    Returns:
        The stored signatures, at least one, and why others were not stored.

    Raises:
        SignatureRefused: it holds no acceptable signature of this document, or all are attached already.
        DamagedDocument: the issued bytes are not what was issued.
    """
    current = IssuedDocument.objects.select_for_update().get(pk=document.pk)  # two uploads of one file take turns
    if current.withdrawn:
        raise SignatureRefused("Документ отозван: подпись к нему больше не прилагают.")
    checks = check_by_trusted(content, document.read(), issued_at=current.issued_at)
    result = Attached()
    for check in checks:
        refusal = check.refusal or _known_refusal(document, check)
        if refusal:
            result.refusals.append(_named(check, refusal) if len(checks) > 1 else refusal)
        else:
            result.signatures.append(_stored(document, content, check, by=by))
    if not result.signatures:
        raise SignatureRefused(" ".join(result.refusals))
    return result


def check_by_trusted(
    content: bytes, document: bytes, *, issued_at: dt.datetime | None = None
) -> tuple[SignatureCheck, ...]:
    """Check the detached signatures of a file against the authorities that the portal trusts now.

    Args:
        content: the .sig file.
        document: the bytes that were signed; need not be an issued document.
        issued_at: when the document was issued, if it was.

    Returns:
        What was found out about each signature.

    Raises:
        SignatureRefused: the file as a whole is no signature that the portal reads.
    """
    return check_signatures(content, document, StoredTrust.current(), issued_at=issued_at)


@dataclass(frozen=True)
class StoredTrust(Trust):
    """The trust store of the database: lists of revoked certificates are looked up by their authority."""

    @classmethod
    def current(cls) -> "StoredTrust":
        """What the operator trusts now."""
        ders: dict[str, list[bytes]] = {purpose: [] for purpose in AuthorityPurpose.values}
        for purpose, der in TrustedAuthority.objects.trusted().values_list("purpose", "certificate"):
            ders[purpose].append(bytes(der))
        return cls(ders[AuthorityPurpose.SIGNATURES], ders[AuthorityPurpose.TIME])

    def revocations_of(self, issuer: Certificate) -> Iterable[Source]:
        """What the operator loaded of an authority's lists and answers; the latest few stay read in this process.

        Args:
            issuer: the authority.
        """
        stored = RevocationSource.objects.of(issuer).values_list("pk", "sha256")
        return [source for pk, sha256 in stored if (source := _read_stored(pk, sha256)) is not None]


@lru_cache(maxsize=8)
def _read_stored(pk: int, sha256: str) -> Source | None:
    return read_source(bytes(RevocationSource.objects.values_list("content", flat=True).get(pk=pk)))


def identity_known(document: IssuedDocument, check: SignatureCheck) -> bool:
    """Whether the portal keeps this signature with the document, in whatever coat.

    Args:
        document: an issued document.
        check: what was found out about a signature.
    """
    return check.verdict != Verdict.REFUSED and document.signatures.filter(identity=check.identity).exists()


def _known_refusal(document: IssuedDocument, check: SignatureCheck) -> str:
    """Why a signature adds nothing to those that are attached; empty when it does."""
    known = document.signatures.filter(identity=check.identity)
    adds_nothing = known.filter(is_verified=True).exists() or (known.exists() and not check.is_confirmed)
    return ATTACHED_ALREADY if adds_nothing else ""


def _named(check: SignatureCheck, refusal: str) -> str:
    owner = check.certificate.owner if check.certificate else ""
    return f"{owner or 'Владелец не указан'}: {refusal}"


def _stored(document: IssuedDocument, content: bytes, check: SignatureCheck, *, by: User) -> Signature:
    owner = check.certificate.owner if check.certificate else ""
    signature = Signature(
        document=document,
        kind=SignatureKind.CMS,
        container_sha256=hashlib.sha256(content).hexdigest(),
        identity=check.identity,
        is_verified=check.verdict == Verdict.CONFIRMED,
        evidence=_evidence(check),
        signer_name=Truncator(owner).chars(ROOM_FOR_NAME) or "Владелец не указан",
        signed_on=timezone.localdate(check.stamped_at or check.signed_at or check.checked_at),
        confirmed_by=by,
        confirmed_by_name=str(by),
    )
    signature.container = ContentFile(content, name="document.sig")
    signature.save()
    return signature


def _evidence(check: SignatureCheck) -> dict[str, Any]:
    """Everything that was read, as plain values."""
    certificate = check.certificate
    read = {} if certificate is None else _certificate_evidence(certificate)
    return {
        **read,
        "digest": check.digest,
        "signed_at": check.signed_at.isoformat() if check.signed_at else "",
        "stamped_at": check.stamped_at.isoformat() if check.stamped_at else "",
        "checked_at": check.checked_at.isoformat(),
        "checked": list(check.checked),
        "not_checked": list(check.not_checked),
        "remarks": list(check.remarks),
        "counter_signers": list(check.counter_signers),
    }


def _certificate_evidence(certificate: Certificate) -> dict[str, str]:
    return {
        "owner": certificate.owner,
        "common_name": certificate.common_name,
        "organisation": certificate.organisation,
        "represents": certificate.represents,
        "issuer": certificate.issuer,
        "serial": certificate.serial,
        "not_before": certificate.not_before.isoformat(),
        "not_after": certificate.not_after.isoformat(),
        "snils": certificate.snils,
        "inn": certificate.inn,
    }
