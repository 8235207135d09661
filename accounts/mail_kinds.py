"""What the portal writes letters about. Each room adds its kinds when the portal starts (`AppConfig.ready`)."""

import datetime as dt
from dataclasses import dataclass

from django.db import models


class MailUrgency(models.IntegerChoices):
    """Which of two letters that wait goes first."""

    AT_ONCE = 0, "Сразу"  # somebody sits before the screen and waits for it
    ORDINARY = 1, "Обычное"
    BULK = 2, "Рассылка"


@dataclass(frozen=True)
class MailKind:
    """What a letter is about.

    Attributes:
        code: at most 20 Latin letters; it is stored.
        label: on the page about the mail.
        urgency: which letters it may pass.
        kept_for: how long a letter that left is remembered, for those that no other record refers to; else for ever.
    """

    code: str
    label: str
    urgency: MailUrgency = MailUrgency.ORDINARY
    kept_for: dt.timedelta | None = None


MAIL_KINDS: dict[str, MailKind] = {}


def add_mail_kind(kind: MailKind) -> None:
    """Let the portal know a kind; adding it again changes nothing."""
    MAIL_KINDS[kind.code] = kind


A_MONTH = dt.timedelta(days=30)
INVITATION = MailKind("invitation", "Приглашение на портал")
LOGIN_CODE = MailKind("login_code", "Код для входа", MailUrgency.AT_ONCE, A_MONTH)
PASSWORD_RESET = MailKind("password_reset", "Новый пароль", MailUrgency.AT_ONCE, A_MONTH)
ACCOUNT = MailKind("account", "Сообщение об учётной записи", kept_for=A_MONTH)
for _kind in (INVITATION, LOGIN_CODE, PASSWORD_RESET, ACCOUNT):
    add_mail_kind(_kind)
