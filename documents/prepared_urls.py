"""Addresses below /papers/: the pages of files that are on their way."""

from django.urls import path

from documents.views import prepared

urlpatterns = [
    path("<str:key>/", prepared.prepared_file, name="prepared_file"),
    path("<str:key>/again/", prepared.prepared_again, name="prepared_again"),
]
