"""The room of paper."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Making, issuing and verifying documents."""

    name = "documents"
    verbose_name = "Документы"
