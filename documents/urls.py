"""Addresses below /verify/."""

from django.urls import path

from documents import views

urlpatterns = [
    path("", views.verify, name="verify"),
    path("<str:code>/", views.verify_code, name="verify_code"),
    path("<str:code>/document.pdf", views.issued_document, name="issued_document"),
]
