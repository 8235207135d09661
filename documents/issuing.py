"""Issuing: from here on a document's bytes never change."""

import hashlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from documents.models import DocumentKind, IssuedDocument
from documents.uploads import PDF, sniff
from documents.verification import Verification, new_code

__all__ = ["Verification", "issue"]


@transaction.atomic
def issue(
    *,
    kind: DocumentKind,
    title: str,
    build: Callable[[Verification], bytes],
    by: User,
    is_public: bool,
    content: Mapping[str, Any] | None = None,
    supersedes: IssuedDocument | None = None,
) -> IssuedDocument:
    """Freeze a document. Whether `by` may do so is for the caller to ask.

    Runs in the caller's transaction. When that is rolled back a file stays behind that nothing refers to: harmless,
    for it is stored under its own hash.

    Args:
        kind: what it is.
        title: how people and verification pages call it.
        build: makes the PDF; gets the code and address to print as a QR code, which a paper that is not for everybody
            leaves out: it would lead its reader nowhere.
        by: who issues.
        is_public: whether everybody may verify and download it, and so whether its code is printed. The first may
            change later (`documents.publishing`); the paper does not.
        content: what the PDF was printed from, as JSON values; copies with marks are printed from it again.
        supersedes: the earlier document that this one replaces.

    Returns:
        The stored document.

    Raises:
        ValidationError: a field is refused, or `supersedes` is replaced already or of another kind.
        PaperError: whatever `build` raises, when it renders by `documents.engine`.
        ValueError: `build` made something other than a PDF.
    """
    code = new_code()
    pdf = build(Verification.of(code))
    if sniff(BytesIO(pdf)) is not PDF:
        raise ValueError("Only PDF files can be issued.")
    facts = {"kind": kind, "title": title, "is_public": is_public, "prints_code": is_public, "supersedes": supersedes}
    return _frozen(pdf, **facts, content=dict(content or {}), verification_code=code, by=by)


def _frozen(pdf: bytes, *, by: User, **facts: Any) -> IssuedDocument:
    """Store the bytes, and the record that knows them by their hash."""
    document = IssuedDocument(
        sha256=hashlib.sha256(pdf).hexdigest(), size=len(pdf), issued_by=by, issued_by_name=str(by), **facts
    )
    document.full_clean(exclude=["file"])
    document.file = ContentFile(pdf, name="document.pdf")
    document.save()
    return document
