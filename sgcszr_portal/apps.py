"""The room of the whole."""

from allauth.account.signals import password_reset
from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Settings, addresses, the overview, health and system checks."""

    name = "sgcszr_portal"
    verbose_name = "Портал"

    def ready(self) -> None:
        """Register a check, the periodic jobs, the digests, what is made for long, and what a new password forgives."""
        from accounts.mail_kinds import add_mail_kind
        from documents.preparing import makers
        from sgcszr_portal import (
            former_database,  # noqa: F401 - importing registers it
            jobs,
        )
        from sgcszr_portal.archive.prepared import MAKER
        from sgcszr_portal.handing_over.papers import MAKER as HANDING_OVER
        from sgcszr_portal.limits import forgive_attempts
        from sgcszr_portal.reminders import DIGEST

        add_mail_kind(DIGEST)
        jobs.register()
        makers.register(MAKER, HANDING_OVER)
        password_reset.connect(forgive_attempts, dispatch_uid="forgive_attempts")
