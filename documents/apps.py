"""The room of paper."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Making, issuing and verifying documents."""

    name = "documents"
    verbose_name = "Документы"

    def ready(self) -> None:
        """Register the system checks."""
        from documents import checks  # noqa: F401 - importing registers them
