"""The room of the whole."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Settings, addresses, the overview, health and system checks."""

    name = "sgcszr_portal"
    verbose_name = "Портал"
