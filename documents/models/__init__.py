"""Issued documents, their signatures and withdrawals, and the authorities that vouch for signers."""

from documents.models.authority import TrustedAuthority
from documents.models.issued import DamagedDocument, DocumentKind, DocumentState, DocumentWithdrawal, IssuedDocument
from documents.models.signature import Signature, SignatureKind

__all__ = [
    "DamagedDocument",
    "DocumentKind",
    "DocumentState",
    "DocumentWithdrawal",
    "IssuedDocument",
    "Signature",
    "SignatureKind",
    "TrustedAuthority",
]
