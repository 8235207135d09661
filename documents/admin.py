"""Issued documents in Django admin: to look at, never to touch."""

from django.contrib import admin

from documents.models import DocumentWithdrawal, IssuedDocument, Signature
from revisions.admin import ReadOnlyAdmin


@admin.register(IssuedDocument)
class IssuedDocumentAdmin(ReadOnlyAdmin):
    """Issued documents, newest first."""

    list_display = ["title", "kind", "verification_code", "issued_at", "issued_by_name", "is_public", "prints_code"]
    list_filter = ["kind", "is_public"]
    search_fields = ["title", "verification_code", "sha256"]
    exclude = ["file"]  # handed out by views alone; it has no address to link to


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    list_display = ["document", "kind", "signer_name", "signed_on", "confirmed_by_name", "added_at"]
    exclude = ["scan"]


@admin.register(DocumentWithdrawal)
class DocumentWithdrawalAdmin(ReadOnlyAdmin):
    list_display = ["document", "reason", "withdrawn_by_name", "withdrawn_at"]
