"""What allauth asks of the portal."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse

from accounts.models import UnionProfile

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """People are invited by the secretariat; nobody registers alone."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "Адрес или пароль не подходят. Проверьте раскладку и Caps Lock.",
        "incorrect_code": "Код не подходит: возможно, он устарел.",
        "rate_limited": "Слишком много попыток подряд. Подождите несколько минут.",
        "too_many_login_attempts": "Слишком много неудачных попыток. Подождите несколько минут и попробуйте ещё раз.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Registration is closed."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the profile, where the change began."""
        return reverse("profile")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the letter: on PUBLIC_URL, whatever host the request named.

        Args:
            key: user and token, joined by a hyphen.

        Returns:
            An absolute address.
        """
        user_code, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_code, "key": token})
        return str(settings.PUBLIC_URL) + path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter; a mail server that is down gets the visitor a page, not a crash.

        Raises:
            ImmediateHttpResponse: the letter did not leave; carries a page with status 503.
        """
        try:
            super().send_mail(template_prefix, email, context | {"union": UnionProfile.on()})
        except OSError as refused:  # smtplib's errors are OSErrors too
            logger.exception("The letter %s was not sent", template_prefix)
            raise ImmediateHttpResponse(render(self.request, "503_mail.html", status=503)) from refused


class SecondFactorAdapter(DefaultMFAAdapter):
    """What an authenticator app shows."""

    def get_totp_issuer(self) -> str:
        """The portal by its name of today."""
        return UnionProfile.on().portal_name
