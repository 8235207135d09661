"""The room of the municipalities."""

import datetime as dt

from django.apps import AppConfig


class MunicipalitiesConfig(AppConfig):
    """The registry, who represents whom, and who takes part."""

    name = "municipalities"
    verbose_name = "Муниципальные образования"

    def ready(self) -> None:
        """Register what the worker does every night."""
        from background import periodic
        from municipalities import jobs

        periodic.register("names_of_the_day", jobs.names_of_the_day, periodic.daily(dt.time(0)))
