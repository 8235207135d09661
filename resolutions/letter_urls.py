"""Addresses below /letters/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
