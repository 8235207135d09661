"""Addresses below /verify/."""

from django.urls import path

from documents.views import authorities, files, verify, withdrawal

urlpatterns = [
    path("", verify.verify, name="verify"),
    path("authorities/", authorities.authorities, name="authorities"),
    path("authorities/<int:pk>/remove/", authorities.authority_remove, name="authority_remove"),
    path("authorities/revocation/", authorities.revocation_load, name="revocation_load"),
    path("<str:code>/", verify.verify_code, name="verify_code"),
    path("<str:code>/withdraw/", withdrawal.document_withdraw, name="document_withdraw"),
    path("<str:code>/document.pdf", files.issued_document, name="issued_document"),
    path("<str:code>/copy.pdf", files.document_copy, name="document_copy"),
    path("<str:code>/document.zip", files.document_bundle, name="document_bundle"),
    path("<str:code>/scans/<int:pk>/", files.document_scan, name="document_scan"),
    path("<str:code>/signatures/<int:pk>.sig", files.signature_file, name="signature_file"),
]
