"""Addresses below /verify/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
