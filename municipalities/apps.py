"""The room of the municipalities."""

from django.apps import AppConfig


class MunicipalitiesConfig(AppConfig):
    """The registry, who represents whom, and who takes part."""

    name = "municipalities"
    verbose_name = "Муниципальные образования"
