"""A decision with an overdue point, and a real mail server that can be made to misbehave."""

import asyncio
import datetime as dt
import email.policy
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from resolutions.models import DecisionPoint
from tests.resolutions.factory import decision, instruct


@pytest.fixture
def overdue_point(secretariat: User) -> DecisionPoint:
    """A point whose deadline was yesterday."""
    point = decision("assignment", by=secretariat).points.get()
    instruct(point, by=secretariat, due_on=timezone.localdate() - dt.timedelta(days=1))
    return point


class PostOffice:
    """A mail server. It keeps what it took, and misbehaves as it is told.

    Attributes:
        letters: what was taken, in its order, with the address.
        refuses: addresses that it does not know.
        dies_after: how many letters it takes before it breaks off every conversation; None for all.
    """

    def __init__(self) -> None:
        self.letters: list[tuple[str, EmailMessage]] = []
        self.refuses: set[str] = set()
        self.dies_after: int | None = None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return "550 5.1.1 No such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.dies_after is not None and len(self.letters) >= self.dies_after:
            server.transport.abort()
            return "421 Gone"
        await asyncio.sleep(0.1)  # as long as a busy server thinks; who sends meanwhile, sends twice
        letter = email.message_from_bytes(envelope.content, EmailMessage, policy=email.policy.default)
        self.letters += [(address, letter) for address in envelope.rcpt_tos]
        return "250 OK"

    def addresses(self) -> list[str]:
        """Who got letters, without the host, once for each letter."""
        return sorted(address.partition("@")[0] for address, _ in self.letters)

    def to(self, who: str) -> EmailMessage:
        """The last letter to somebody."""
        return [letter for address, letter in self.letters if address == f"{who}@example.org"][-1]

    def subjects(self, who: str = "") -> list[str]:
        """The subjects of all letters, or of those to somebody, in their order; a folded one begins with a space."""
        return [str(letter["Subject"]).strip() for address, letter in self.letters if address.startswith(who)]


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture
def post_office(settings: Settings) -> Iterator[PostOffice]:
    """The mail server that the portal of this test uses."""
    office = PostOffice()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    server = Controller(office, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    server.start()
    yield office
    server.stop()
