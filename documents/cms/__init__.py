"""Detached electronic signatures (CMS, RFC 5652), as CryptoPro makes them: `check_signature` is the way in."""

from documents.cms.checking import SignatureCheck, check_signature
from documents.cms.container import Certificate, SignatureRefused, certificate_to_der, read_certificate

__all__ = [
    "Certificate",
    "SignatureCheck",
    "SignatureRefused",
    "certificate_to_der",
    "check_signature",
    "read_certificate",
]
