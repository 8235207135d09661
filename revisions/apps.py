"""The room of edits."""

from django.apps import AppConfig


class RevisionsConfig(AppConfig):
    """Nobody overwrites anybody, and every change can be read."""

    name = "revisions"
    verbose_name = "Правки"

    def ready(self) -> None:
        """Let each line of history keep its author's name, and no number be too large to be looked for."""
        from simple_history.signals import pre_create_historical_record

        from revisions import numbers  # noqa: F401 - importing registers its lookups
        from revisions.history import sign_history

        pre_create_historical_record.connect(sign_history, dispatch_uid="revisions.sign_history")
