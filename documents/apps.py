"""The room of paper."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate


def make_room_for_files(**kwargs: Any) -> None:
    """Make the folder of all files, as tables are made: once, and by whoever sets the portal up."""
    Path(settings.MEDIA_ROOT).mkdir(mode=0o750, parents=True, exist_ok=True)


class DocumentsConfig(AppConfig):
    """Making, issuing and verifying documents."""

    name = "documents"
    verbose_name = "Документы"

    def ready(self) -> None:
        """Register the system checks, the folder of files, what the worker makes, and what forgets old files."""
        from background import periodic
        from documents import checks  # noqa: F401 - importing registers them
        from documents.bundle import MAKER
        from documents.preparing import makers, tasks

        post_migrate.connect(make_room_for_files, sender=self, dispatch_uid="room for files")
        makers.register(MAKER)
        periodic.register("forget_old_files", tasks.forget_old_files, periodic.every(dt.timedelta(minutes=10)))
