"""The room of the decisions."""

from django.apps import AppConfig


class ResolutionsConfig(AppConfig):
    """Resolutions, their points, letters and execution."""

    name = "resolutions"
    verbose_name = "Решения"

    def ready(self) -> None:
        """Tell the room of paper how to print copies of decisions and letters, and how to make what takes long."""
        from accounts.mail_kinds import add_mail_kind
        from documents.preparing.makers import register
        from municipalities.personal_links import add_purpose
        from municipalities.practices import naming_points
        from municipalities.registration import add_row_part, add_section, add_waiting
        from resolutions import papers  # noqa: F401 - importing registers them
        from resolutions.correspondence import papers as letters  # noqa: F401 - here too
        from resolutions.correspondence.printing import MAKERS as MAILINGS
        from resolutions.execution.prepared import MAKERS as REPORTS
        from resolutions.execution.sheet_prepared import MAKERS as SHEETS
        from resolutions.past.prepared import MAKERS as PAST
        from resolutions.promises import NAMING
        from resolutions.questionnaire import REPORTS as QUESTIONNAIRE
        from resolutions.reminding import FOR_REPORTS, REPORT_LETTER
        from resolutions.sections import POINTS
        from resolutions.waiting import assigned_points

        naming_points.bring(NAMING)
        add_section(POINTS)
        add_row_part(QUESTIONNAIRE)
        add_waiting("points", assigned_points)
        add_purpose(FOR_REPORTS)
        add_mail_kind(REPORT_LETTER)
        register(*REPORTS, *SHEETS, *MAILINGS, *PAST)
