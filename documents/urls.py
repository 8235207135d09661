"""Addresses below /verify/."""

from django.urls import path

from documents import authority_views, views

urlpatterns = [
    path("", views.verify, name="verify"),
    path("authorities/", authority_views.authorities, name="authorities"),
    path("authorities/<int:pk>/remove/", authority_views.authority_remove, name="authority_remove"),
    path("<str:code>/", views.verify_code, name="verify_code"),
    path("<str:code>/document.pdf", views.issued_document, name="issued_document"),
    path("<str:code>/signatures/<int:pk>.sig", views.signature_file, name="signature_file"),
]
