"""Issued documents, their signatures, and the authorities that vouch for signers."""

from documents.models.authority import TrustedAuthority
from documents.models.issued import DamagedDocument, DocumentKind, IssuedDocument
from documents.models.signature import Signature, SignatureKind

__all__ = ["DamagedDocument", "DocumentKind", "IssuedDocument", "Signature", "SignatureKind", "TrustedAuthority"]
