"""Electronic signatures as the portal stores them, without the trouble of making one."""

import datetime as dt
import hashlib
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import User
from documents.cms.verdicts import ACCREDITATION, INTEGRITY, PATH, REVOCATION, STRUCTURE, TIME, VALIDITY, VALUE
from documents.models import IssuedDocument, Signature, SignatureKind

OWNER = "Корягина Наталья Владимировна"
EVIDENCE: dict[str, Any] = {
    "owner": OWNER,
    "organisation": "СГЦСЗР",
    "represents": "СГЦСЗР",
    "issuer": "Удостоверяющий центр",
    "serial": "03A1B2C3D4E5F60718293A4B5C6D7E8F9012AB34",
    "not_before": "2024-01-01T00:00:00+00:00",
    "not_after": "2025-04-01T00:00:00+00:00",
    "snils": "12345678901",
    "inn": "123456789012",
    "digest": "ГОСТ Р 34.11-2012, 256 бит",
    "signed_at": "2024-06-27T09:00:00+00:00",
    "checked_at": "2024-06-27T10:00:00+00:00",
    "stamped_at": "",
    "checked": [STRUCTURE, INTEGRITY, VALUE, PATH, VALIDITY],
    "not_checked": [REVOCATION, TIME, ACCREDITATION],
    "remarks": [],
    "counter_signers": [],
}


def electronic(document: IssuedDocument, by: User, *, owner: str = OWNER, **changes: Any) -> Signature:
    """A stored electronic signature."""
    content = f"signature of {owner} {document.signatures.count()}".encode()
    fields: dict[str, Any] = {
        "document": document,
        "kind": SignatureKind.CMS,
        "container": ContentFile(content, name="x.sig"),
        "container_sha256": hashlib.sha256(content).hexdigest(),
        "identity": hashlib.sha256(content + b"identity").hexdigest(),
        "is_verified": True,
        "evidence": {**EVIDENCE, "owner": owner},
        "signer_name": owner,
        "signed_on": dt.date(2024, 6, 27),
        "confirmed_by": by,
        "confirmed_by_name": str(by),
    }
    return Signature.objects.create(**{**fields, **changes})


def by_hand(document: IssuedDocument, by: User) -> Signature:
    """A stored signature by hand."""
    return Signature.objects.create(
        document=document,
        scan=ContentFile(b"%PDF-", name="scan.pdf"),
        signer_name="Н.В. Корягина",
        signed_on=dt.date(2024, 6, 27),
        confirmed_by=by,
        confirmed_by_name=str(by),
    )
