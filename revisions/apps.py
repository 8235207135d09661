"""The room of edits."""

from django.apps import AppConfig


class RevisionsConfig(AppConfig):
    """Nobody overwrites anybody, and every change can be read."""

    name = "revisions"
    verbose_name = "Правки"
