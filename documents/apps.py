"""The room of paper."""

import datetime as dt

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Making, issuing and verifying documents."""

    name = "documents"
    verbose_name = "Документы"

    def ready(self) -> None:
        """Register the system checks, what the worker makes, and the job that forgets old files."""
        from background import periodic
        from documents import checks  # noqa: F401 - importing registers them
        from documents.bundle import MAKER
        from documents.preparing import makers, tasks

        makers.register(MAKER)
        periodic.register("forget_old_files", tasks.forget_old_files, periodic.every(dt.timedelta(minutes=10)))
