"""The room of people."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db import models
from django.utils import timezone

from background import loops


def remember_login(sender: type[models.Model], user: Any, **kwargs: Any) -> None:
    """Store the time of the last login without writing a line of history for it."""
    sender._default_manager.filter(pk=user.pk).update(last_login=timezone.now())


class AccountsConfig(AppConfig):
    """Users, roles, login and invitations."""

    name = "accounts"
    verbose_name = "Пользователи"

    def ready(self) -> None:
        """Let the workers send the mail; take the place of Django's own receiver, which saves the user.

        That would write history. Under the same identifier only one receiver is connected, whichever app is made ready
        first.
        """
        from accounts.mail.delivery import deliver_waiting, round_limit

        loops.register("mail", deliver_waiting, limit=round_limit())
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(remember_login, dispatch_uid="update_last_login")
