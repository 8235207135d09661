"""The room of people."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone


def remember_login(sender: type, user: Any, **kwargs: Any) -> None:
    """Store the time of the last login without writing a line of history for it."""
    sender._default_manager.filter(pk=user.pk).update(last_login=timezone.now())  # type: ignore[attr-defined]


class AccountsConfig(AppConfig):
    """Users, roles, login and invitations."""

    name = "accounts"
    verbose_name = "Пользователи"

    def ready(self) -> None:
        """Replace Django's own receiver, which saves the whole user and so its history."""
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(remember_login, dispatch_uid="accounts.remember_login")
