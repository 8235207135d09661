"""Copies with the marks of electronic signatures: separate files, for the issued bytes never change."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from documents.models import DocumentState, IssuedDocument, Signature, SignatureKind

COPY = "Копия"
Printer = Callable[[IssuedDocument, "tuple[Stamp, ...]"], bytes]

_printers: dict[str, Printer] = {}


@dataclass(frozen=True)
class Stamp:
    """The mark of an electronic signature, as ГОСТ Р 7.0.97-2025, п. 5.23, asks for it; without a coat of arms.

    Attributes:
        certificate: serial number of the certificate.
        owner: whose it is.
        not_before: first day of its validity, in Moscow.
        not_after: last day of its validity.
    """

    certificate: str
    owner: str
    not_before: dt.date
    not_after: dt.date

    @classmethod
    def of(cls, signature: Signature) -> "Stamp":
        """The mark of a verified electronic signature."""
        begins, ends = (timezone.localtime(moment).date() for moment in signature.certificate_validity)
        return cls(str(signature.evidence["serial"]), signature.signer_name, begins, ends)


def stamps_of(document: IssuedDocument) -> tuple[Stamp, ...]:
    """The marks for a copy of a document: of verified electronic signatures alone, in the order of signing."""
    signatures = document.signatures.filter(kind=SignatureKind.CMS, is_verified=True)
    return tuple(Stamp.of(signature) for signature in signatures)


def copy_label(document: IssuedDocument) -> str:
    """What stands at the head of a copy; a copy of a paper that counts no longer says so."""
    return {
        DocumentState.WITHDRAWN: "Копия отозванного документа",
        DocumentState.SUPERSEDED: "Копия заменённого документа",
    }.get(document.state, COPY)


def prints_copies_of(kind: str) -> Callable[[Printer], Printer]:
    """Register who prints the copies of a kind of document. The rooms above do, for they know what is on the paper.

    Args:
        kind: a value of `DocumentKind`.

    Returns:
        A decorator for a function that prints `IssuedDocument.content` with marks in the place of the signature.
    """

    def register(printer: Printer) -> Printer:
        _printers[kind] = printer
        return printer

    return register


def stamped_copy(document: IssuedDocument) -> bytes | None:
    """A copy of an issued document with the marks of its electronic signatures.

    Args:
        document: what was signed.

    Returns:
        A PDF that says «Копия»; the same bytes for the same signatures and state. None when no electronic signature
        was verified or nobody knows how to print such a document.

    Raises:
        PaperError: a font or library is missing.
    """
    stamps, printer = stamps_of(document), _printers.get(document.kind)
    if not stamps or printer is None or not document.content:
        return None
    return printer(document, stamps)
