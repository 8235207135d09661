"""The room of the whole."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Settings, addresses, the overview, health and system checks."""

    name = "sgcszr_portal"
    verbose_name = "Портал"

    def ready(self) -> None:
        """Register the system check of a database, and the periodic jobs."""
        from sgcszr_portal import (
            former_database,  # noqa: F401 - importing registers it
            jobs,
        )

        jobs.register()
