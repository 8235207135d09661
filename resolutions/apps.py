"""The room of the decisions."""

from django.apps import AppConfig


class ResolutionsConfig(AppConfig):
    """Resolutions, their points, letters and execution."""

    name = "resolutions"
    verbose_name = "Решения"
