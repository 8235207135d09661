"""The room of people."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db import models
from django.utils import timezone


def remember_login(sender: type[models.Model], user: Any, **kwargs: Any) -> None:
    """Store the time of the last login without writing a line of history for it."""
    sender._default_manager.filter(pk=user.pk).update(last_login=timezone.now())


class AccountsConfig(AppConfig):
    """Users, roles, login and invitations."""

    name = "accounts"
    verbose_name = "Пользователи"

    def ready(self) -> None:
        """Take the place of Django's own receiver, which saves the user and so writes history.

        Under the same identifier only one receiver is connected, whichever app is made ready first.
        """
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(remember_login, dispatch_uid="update_last_login")
