"""The room of practices."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """The catalogue of practices, who takes them up, what is promised, and the solutions of the cities."""

    name = "municipalities.practices"
    verbose_name = "Практики"

    def ready(self) -> None:
        """Show what a municipality has, offers, takes up and promises on its page; name the letters."""
        from accounts.mail_kinds import add_mail_kind
        from municipalities.personal_links import add_offer
        from municipalities.practices.due import open_promises
        from municipalities.practices.letters import PRACTICE_LETTER
        from municipalities.practices.models.passing import passed_by
        from municipalities.practices.sections import COMMITMENTS, PRACTICES, SOLUTIONS
        from municipalities.practices.views.promise_by_link import offer
        from municipalities.registration import add_resting, add_section, add_waiting

        add_section(SOLUTIONS)
        add_section(PRACTICES)
        add_section(COMMITMENTS)
        add_waiting("commitments", open_promises)
        add_resting("commitments", passed_by)
        add_offer("commitment", offer)
        add_mail_kind(PRACTICE_LETTER)
