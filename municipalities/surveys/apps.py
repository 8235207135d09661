"""The room of information exchange."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Rounds of questions, and what the municipalities answer."""

    name = "municipalities.surveys"
    verbose_name = "Информационный обмен"

    def ready(self) -> None:
        """Let the registry be filtered by round, responses have links, letters be named, and summaries be made."""
        from accounts.mail_kinds import add_mail_kind
        from documents.preparing.makers import register
        from municipalities.personal_links import add_purpose
        from municipalities.registration import add_filter, add_waiting
        from municipalities.surveys.letters import SURVEY_LETTER
        from municipalities.surveys.links import FOR_RESPONSES
        from municipalities.surveys.prepared import MAKERS
        from municipalities.surveys.registry_filter import BY_ROUND
        from municipalities.surveys.waiting import open_rounds

        add_filter(BY_ROUND)
        add_waiting("rounds", open_rounds)
        add_purpose(FOR_RESPONSES)
        add_mail_kind(SURVEY_LETTER)
        register(*MAKERS)
