"""What allauth asks of the portal."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """People are invited by the secretariat; nobody registers alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Registration is closed."""
        return False
