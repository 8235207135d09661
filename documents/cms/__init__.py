"""Detached electronic signatures (CMS, RFC 5652), as CryptoPro makes them: `check_signatures` is the way in."""

from documents.cms.certificates import Certificate, certificate_to_der, read_certificate
from documents.cms.checking import check_signatures
from documents.cms.coats import MAX_UPLOADED
from documents.cms.refusal import SignatureRefused
from documents.cms.trust import Trust
from documents.cms.verdicts import SignatureCheck, Verdict

__all__ = [
    "MAX_UPLOADED",
    "Certificate",
    "SignatureCheck",
    "SignatureRefused",
    "Trust",
    "Verdict",
    "certificate_to_der",
    "check_signatures",
    "read_certificate",
]
