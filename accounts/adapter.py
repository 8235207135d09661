"""What allauth asks of the portal."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.mail.storing import store, store_for_nobody
from accounts.mail_kinds import ACCOUNT, LOGIN_CODE, PASSWORD_RESET, MailKind
from accounts.models import UnionProfile

# The library's letters by their templates: what each is about, and for how many seconds it is of use.
LETTERS: dict[str, tuple[MailKind, Callable[[], int]]] = {
    "account/email/login_code": (LOGIN_CODE, lambda: app_settings.LOGIN_BY_CODE_TIMEOUT),
    "account/email/password_reset_key": (PASSWORD_RESET, lambda: settings.PASSWORD_RESET_TIMEOUT),
}


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

    def is_safe_url(self, url: str) -> bool:
        """Whether a page may lead on to an address; to one that cannot be read, as `http://[`, it may not.

        Args:
            url: as the visitor's address or form says it.
        """
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
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
        """Store a letter of the library's; the worker sends it.

        Args:
            template_prefix: of its templates.
            email: whom to.
            context: of the templates; with `for_nobody` true, the same is done and nobody is written to.
        """
        kind, valid_for = LETTERS.get(template_prefix, (ACCOUNT, None))
        said = {"request": self.request, "email": email, "union": UnionProfile.on()} | context
        rendered = self.render_mail(template_prefix, email, said)
        store_letter = store_for_nobody if said.get("for_nobody") else partial(store, to=said.get("user") or email)
        store_letter(
            kind,
            subject=str(rendered.subject),
            text=str(rendered.body),
            useful_until=timezone.now() + dt.timedelta(seconds=valid_for()) if valid_for else None,
        )


class SecondFactorAdapter(DefaultMFAAdapter):
    """What an authenticator app shows."""

    def get_totp_issuer(self) -> str:
        """The portal by its name of today."""
        return UnionProfile.on().portal_name
