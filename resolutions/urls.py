"""Addresses below /resolutions/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
