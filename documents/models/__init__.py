"""Issued documents, their signatures and withdrawals, the trust store that vouches for signers, and prepared files."""

from documents.models.authority import AuthorityPurpose, TrustedAuthority
from documents.models.issued import DamagedDocument, DocumentKind, DocumentState, DocumentWithdrawal, IssuedDocument
from documents.models.prepared import PreparedFile, PreparedState
from documents.models.revocation import RevocationRefused, RevocationSource, load_revocation
from documents.models.signature import ROOM_FOR_NAME, Signature, SignatureKind

__all__ = [
    "ROOM_FOR_NAME",
    "AuthorityPurpose",
    "DamagedDocument",
    "DocumentKind",
    "DocumentState",
    "DocumentWithdrawal",
    "IssuedDocument",
    "PreparedFile",
    "PreparedState",
    "RevocationRefused",
    "RevocationSource",
    "Signature",
    "SignatureKind",
    "TrustedAuthority",
    "load_revocation",
]
