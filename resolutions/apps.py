"""The room of the decisions."""

from django.apps import AppConfig


class ResolutionsConfig(AppConfig):
    """Resolutions, their points, letters and execution."""

    name = "resolutions"
    verbose_name = "Решения"

    def ready(self) -> None:
        """Tell the room of paper how to print copies of decisions and letters, and how to make what takes long."""
        from documents.preparing.makers import register
        from resolutions import papers  # noqa: F401 - importing registers them
        from resolutions.correspondence import papers as letters  # noqa: F401 - here too
        from resolutions.correspondence.printing import MAKERS as MAILINGS
        from resolutions.execution.prepared import MAKERS as REPORTS

        register(*REPORTS, *MAILINGS)
