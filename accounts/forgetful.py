"""Who cannot log in asks for a letter: the portal does the same for an address that it knows and for any other.

The same questions to the database, the same templates, the same row: whoever asks learns nothing from the answer, nor
from the time that it takes. An account that is switched off is an address that the portal does not know.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import RequestLoginCodeForm, ResetPasswordForm, default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.account.views import RequestLoginCodeView
from django.http import HttpRequest, HttpResponse

from accounts.models import User


def active_user(email: str) -> User | None:
    """Who may log in with an address, in one query whether there is anybody or not.

    Args:
        email: in lower case, as the portal keeps addresses.
    """
    return User.objects.filter(email=email, is_active=True).first()


def _address(typed: str) -> str:
    """An address as the portal keeps it.

    Letters go to this one, never to what was typed: «K» the unit lowers to the letter, and is another address.
    """
    return typed.strip().lower()


class ForgottenPassword(ResetPasswordForm):
    """Asks for the address that gets the link to a new password."""

    def clean_email(self) -> str:
        """Find who it is; that there is nobody is not told."""
        email = _address(self.cleaned_data["email"])
        self.user = active_user(email)
        return email

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Store the letter with the link, or do what is as much work.

        Returns:
            The address.
        """
        email: str = self.cleaned_data["email"]
        user = self.user or User(pk=0, email=email, password="!")  # noqa: S106 - somebody who is not there
        key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
        adapter = get_adapter(request)
        letter = {
            "user": user,
            "password_reset_url": adapter.get_reset_password_from_key_url(key),
            "for_nobody": self.user is None,
        }
        adapter.send_mail("account/email/password_reset_key", email, letter)
        return email


class CodeRequest(RequestLoginCodeForm):
    """Asks for the address that gets a code."""

    def clean_email(self) -> str:
        """Find who it is; that there is nobody is not told."""
        email = _address(self.cleaned_data["email"])
        self._user = active_user(email)
        return email


class RequestCode(RequestLoginCodeView):
    """Asks for the address that gets a code, and leads to where the code is asked for."""

    def form_valid(self, form: CodeRequest) -> HttpResponse:
        """Store the letter with the code, or do what is as much work."""
        if form._user is None:
            adapter = get_adapter(self.request)
            letter = {"code": adapter.generate_login_code(), "for_nobody": True}
            adapter.send_mail("account/email/login_code", form.cleaned_data["email"], letter)
        response: HttpResponse = super().form_valid(form)
        return response
