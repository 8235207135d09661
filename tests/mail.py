"""Letters in tests: what the portal stored leaves when a test says so; a mail server that can be made to misbehave."""

import asyncio
import email.policy
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage as ParsedLetter
from typing import Any

from aiosmtpd.controller import Controller
from django.core import mail
from django.core.mail import EmailMessage
from pytest_django import Settings

from accounts.mail.delivery import deliver_waiting


def drain() -> None:
    """Do what the worker does, until nothing is due."""
    while deliver_waiting(lambda: False):
        pass


def delivered() -> list[EmailMessage]:
    """Send what waits, and hand over all that has left in this test."""
    drain()
    return mail.outbox


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


class PostOffice:
    """A mail server. It keeps what it took, and misbehaves as it is told.

    Attributes:
        letters: what was taken, in its order, with the address.
        refuses: addresses, and what it answers to them.
        dies_after: how many letters it takes before it breaks off every conversation; None for all.
        serves: how many letters it takes in one conversation; None for any number.
        goes: how it ends a conversation then: with an answer, or without a word.
        thinks: how many seconds it keeps a letter before it answers.
    """

    def __init__(self) -> None:
        self.letters: list[tuple[str, ParsedLetter]] = []
        self.refuses: dict[str, str] = {}
        self.dies_after: int | None = None
        self.serves: int | None = None
        self.goes = "421 Enough for one conversation"
        self.thinks = 0.0

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        session.begun = getattr(session, "begun", 0) + 1
        if self.serves is not None and session.begun > self.serves:
            if not self.goes:
                server.transport.abort()
            return self.goes or "421 Gone"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.dies_after is not None and len(self.letters) >= self.dies_after:
            server.transport.abort()
            return "421 Gone"
        letter = email.message_from_bytes(envelope.content, ParsedLetter, policy=email.policy.default)
        self.letters += [(address, letter) for address in envelope.rcpt_tos]
        await asyncio.sleep(self.thinks)
        return "250 OK"

    def addresses(self) -> list[str]:
        """Who got letters, without the host, once for each letter."""
        return sorted(address.partition("@")[0] for address, _ in self.letters)

    def to(self, who: str) -> ParsedLetter:
        """The last letter to somebody."""
        return [letter for address, letter in self.letters if address == f"{who}@example.org"][-1]

    def subjects(self, who: str = "") -> list[str]:
        """The subjects of all letters, or of those to somebody, in their order; a folded one begins with a space."""
        return [str(letter["Subject"]).strip() for address, letter in self.letters if address.startswith(who)]


def use_server(settings: Settings, port: int) -> None:
    """Let the portal send by SMTP to a port of this machine."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False


@contextmanager
def open_post_office(settings: Settings) -> Iterator[PostOffice]:
    """The mail server that the portal uses meanwhile."""
    office = PostOffice()
    use_server(settings, free_port())
    server = Controller(office, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    try:
        yield office
    finally:
        server.stop()


_SAYS = (b"220 hello\r\n", b"250 mail\r\n", b"250 sender\r\n", b"250 recipient\r\n", b"354 go on\r\n")
HANGS_AT = {"connect": 0, "EHLO": 1, "MAIL": 2, "RCPT": 3, "DATA": 4, "the end": 5}  # after so many answers


@contextmanager
def hanging_server(step: str) -> Iterator[int]:
    """A mail server that answers up to a step, and then says nothing more; it never hangs up.

    Yields:
        Its port.
    """
    calls: list[socket.socket] = []

    def hang() -> None:
        while True:
            try:
                call, _ = listening.accept()
            except OSError:  # the test is over
                return
            calls.append(call)
            for answer in _SAYS[: HANGS_AT[step]]:
                call.sendall(answer)  # ahead of the questions, which smtplib does not mind
                time.sleep(0.02)

    with socket.create_server(("127.0.0.1", 0), backlog=100) as listening:
        threading.Thread(target=hang, daemon=True).start()
        yield listening.getsockname()[1]
    for call in calls:
        call.close()
