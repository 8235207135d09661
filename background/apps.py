"""The room of what runs outside requests."""

import datetime as dt

from django.apps import AppConfig


class BackgroundConfig(AppConfig):
    """Queue, worker, loops and periodic jobs."""

    name = "background"
    verbose_name = "Фоновые работы"

    def ready(self) -> None:
        """Register the room's own job."""
        from background import jobs, periodic

        periodic.register("prune_tasks", jobs.prune_tasks, periodic.daily(dt.time(3)))
