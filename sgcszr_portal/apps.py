"""The room of the whole."""

from django.apps import AppConfig
from django.db.models.signals import pre_migrate


class PortalConfig(AppConfig):
    """Settings, addresses, the overview, health and system checks."""

    name = "sgcszr_portal"
    verbose_name = "Портал"

    def ready(self) -> None:
        """Look at a database before it is migrated."""
        from sgcszr_portal.former_database import refuse_former_database

        pre_migrate.connect(refuse_former_database, sender=self)
