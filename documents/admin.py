"""Issued documents in Django admin: to look at, never to touch."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from documents.models import DocumentWithdrawal, IssuedDocument, Signature


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    """What is written once cannot be added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """No."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No."""
        return False


@admin.register(IssuedDocument)
class IssuedDocumentAdmin(ReadOnlyAdmin):
    """Issued documents, newest first."""

    list_display = ["title", "kind", "verification_code", "issued_at", "issued_by_name", "is_public"]
    list_filter = ["kind", "is_public"]
    search_fields = ["title", "verification_code", "sha256"]
    exclude = ["file"]  # handed out by views alone; it has no address to link to


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    """Signatures, by date."""

    list_display = ["document", "kind", "signer_name", "signed_on", "confirmed_by_name", "added_at"]
    exclude = ["scan"]


@admin.register(DocumentWithdrawal)
class DocumentWithdrawalAdmin(ReadOnlyAdmin):
    """Withdrawals, newest first."""

    list_display = ["document", "reason", "withdrawn_by_name", "withdrawn_at"]
