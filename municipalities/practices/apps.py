"""The room of practices."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PracticesConfig(AppConfig):
    """The catalogue of practices, who takes them up, what is promised, and the solutions of the cities."""

    name = "municipalities.practices"
    verbose_name = "Практики"

    def ready(self) -> None:
        """Show what a municipality has, offers, takes up and promises; name the letters; bring directions."""
        from accounts.mail_kinds import add_mail_kind
        from municipalities.personal_links import add_offer
        from municipalities.practices.due import open_promises
        from municipalities.practices.editions import bring_first
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
        post_migrate.connect(bring_first, sender=self, dispatch_uid="the first edition of the Standard")
