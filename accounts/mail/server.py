"""The one door to the mail server, and what it answers, in Russian."""

import logging
import smtplib
import socket
import ssl
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection

logger = logging.getLogger(__name__)

_AWAY: tuple[tuple[type[OSError], str], ...] = (
    (smtplib.SMTPAuthenticationError, "Почтовый сервер не принял имя и пароль портала."),
    (smtplib.SMTPNotSupportedError, "Почтовый сервер не умеет того, чего требуют настройки портала."),
    (smtplib.SMTPServerDisconnected, "Почтовый сервер прервал соединение или перестал отвечать."),
    (ssl.SSLError, "Защищённое соединение с почтовым сервером не установлено."),
    (socket.gaierror, "Имя почтового сервера не находится в сети."),
    (ConnectionRefusedError, "Почтовый сервер недоступен: соединение отклонено."),
    (TimeoutError, "Почтовый сервер не ответил за {seconds} с."),
)
WRONG_SETTINGS = "Почта не уходит из-за настроек портала: скажите администратору."
GOODBYE = 421  # «service not available, closing the connection», at any step (RFC 5321, 3.8)


@dataclass(frozen=True)
class Refusal:
    """Why a letter did not leave.

    Attributes:
        reason: a sentence.
        is_final: trying again would be in vain.
        may_have_left: the conversation broke off when the letter was handed over; whether it was taken cannot be known.
        server_is_away: the other letters need not be tried now.
    """

    reason: str
    is_final: bool = False
    may_have_left: bool = False
    server_is_away: bool = False


class MailServer:
    """One connection for many letters. Each step of a conversation lasts EMAIL_TIMEOUT seconds at most.

    Use it as a context manager, outside transactions: a mail server may take its time.
    """

    def __init__(self) -> None:
        self._connection: Any = None
        self._taken = 0  # letters, in this conversation
        self._handed_over = False  # whether the server got the present letter itself, not only the commands before it

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._close()

    def greet(self) -> Refusal | None:
        """Connect and introduce the portal, unless that is done; None when the server listens."""
        try:
            self._connection = self._connection or get_connection()
            if self._connection.open() and (smtp := self._smtp()):
                self._taken = 0
                self._watch(smtp)
                smtp.ehlo_or_helo_if_needed()
        except ImproperlyConfigured as wrong:  # a folder for letters that is not there, or takes none
            logger.warning("No mail can leave: %s", wrong)
            return Refusal(WRONG_SETTINGS, server_is_away=True)
        except OSError as refused:  # smtplib's errors are OSErrors too
            logger.warning("The mail server cannot be reached: %r", refused)
            self._hang_up()
            return Refusal(_why_away(refused), server_is_away=True)
        return None

    def send(self, message: EmailMessage) -> Refusal | None:
        """Hand a letter over; None when the server took it.

        Servers take only so many letters in one conversation, and then end it: it is begun once more then.

        Args:
            message: to one address; its own connection is not asked.
        """
        has_served = self._taken > 0
        refusal = self._hand_over(message)
        if refusal and refusal.server_is_away and has_served and not refusal.may_have_left:
            return self.greet() or self._hand_over(message)
        return refusal

    def _hand_over(self, message: EmailMessage) -> Refusal | None:
        self._handed_over = False
        try:
            self._connection.send_messages([message])
        except ValueError as unwritable:
            logger.warning("A letter cannot be written: %r", unwritable)
            return Refusal("Адрес или тема не годятся для электронного письма.", is_final=True)
        except OSError as refused:
            logger.warning("A letter was not taken: %r", refused)
            refusal = _refusal(refused, handed_over=self._handed_over)
            if refusal.server_is_away:
                self._hang_up()
            return refusal
        except Exception:  # one letter that nobody foresaw must not keep the others, nor stay claimed
            logger.exception("A letter could not be handed over")
            self._hang_up()
            return Refusal("Письмо не отправлено: ошибка в самом портале.", is_final=True)
        self._taken += 1
        return None

    def _watch(self, smtp: smtplib.SMTP) -> None:
        """Note when a letter itself is handed over: smtplib sends commands as text, and it as bytes."""
        send = smtp.send

        def noted(said: Any) -> None:
            self._handed_over = self._handed_over or isinstance(said, bytes)
            send(said)

        smtp.send = noted  # type: ignore[assignment, method-assign]  # of this conversation alone

    def _smtp(self) -> smtplib.SMTP | None:
        """The conversation; None where letters go into files or memory."""
        smtp = getattr(self._connection, "connection", None)
        return smtp if isinstance(smtp, smtplib.SMTP) else None

    def _hang_up(self) -> None:
        """Leave without a goodbye: a server that hangs would let that wait too."""
        if smtp := self._smtp():
            smtp.close()
            self._connection.connection = None

    def _close(self) -> None:
        try:
            if self._connection:
                self._connection.close()
        except OSError:
            logger.warning("The mail server went away")


def _refusal(error: OSError, *, handed_over: bool) -> Refusal:
    """What an error in the middle of a conversation means for the letter."""
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Refusal("Почтовый сервер не принимает таких адресов.", is_final=True)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return _answered("Почтовый сервер не принял адрес получателя", code, answer)
    if isinstance(error, smtplib.SMTPSenderRefused):  # nothing about this letter: no other would be taken
        what = "не принял адрес портала" if error.smtp_code >= 500 else "пока не принимает писем"
        said = _answered(f"Почтовый сервер {what}", error.smtp_code, error.smtp_error)
        return Refusal(said.reason, server_is_away=True)
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered("Почтовый сервер не принял письмо", error.smtp_code, error.smtp_error)
    if handed_over:
        reason = "Связь с почтовым сервером прервалась, пока он принимал письмо."
        return Refusal(reason, may_have_left=True, server_is_away=True)
    return Refusal("Связь с почтовым сервером прервалась раньше, чем ему передали письмо.", server_is_away=True)


def _answered(what: str, code: int, answer: bytes | str) -> Refusal:
    """A refusal that the server itself spoke."""
    said = " ".join((answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer).split())
    reason = f"{what}. Его ответ: {code} {said}"[:300]
    return Refusal(reason, is_final=code >= 500, server_is_away=code == GOODBYE)


def _why_away(error: OSError) -> str:
    """Why there is no conversation at all."""
    if isinstance(error, smtplib.SMTPResponseException) and not isinstance(error, smtplib.SMTPAuthenticationError):
        return _answered("Почтовый сервер не принимает писем", error.smtp_code, error.smtp_error).reason
    for kind, sentence in _AWAY:
        if isinstance(error, kind):
            return sentence.format(seconds=settings.EMAIL_TIMEOUT)
    return "Почтовый сервер недоступен."
