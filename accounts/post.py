"""How letters leave the portal."""

import logging
from typing import Self

from django.core.mail import EmailMessage, get_connection

logger = logging.getLogger(__name__)


class Post:
    """One connection for many letters. A server that does not answer is asked once, not once a letter.

    Use it as a context manager, outside a transaction: a mail server may take its time.
    """

    def __init__(self) -> None:
        self._connection = get_connection()
        self._unreachable = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def send(self, message: EmailMessage) -> str:
        """Send a letter. One that cannot be sent is logged and reported, never raised.

        Args:
            message: with its recipients; its own connection is not asked.

        Returns:
            What went wrong, in Russian; empty when the server took the letter.
        """
        if not self._unreachable:
            try:
                self._connection.open()
            except OSError as refused:  # smtplib's errors are OSErrors too
                logger.exception("The mail server cannot be reached")
                self._unreachable = f"Почтовый сервер недоступен: {refused}"
        if self._unreachable:
            return self._unreachable
        try:
            self._connection.send_messages([message])
        except (OSError, ValueError) as refused:  # ValueError: an address that cannot stand in a letter
            logger.exception("A letter was not sent")
            self.close()
            return f"Письмо не принято: {refused}"
        return ""

    def close(self) -> None:
        """Say goodbye; a server that is gone does not mind."""
        try:
            self._connection.close()
        except OSError:
            logger.warning("The mail server went away")
