"""A portal with cities and people and no decision yet, on a day that the story chooses."""

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from pytest_django.live_server_helper import LiveServer

from accounts.demo import seed_demo_users
from municipalities.demo import seed_demo_representatives
from municipalities.seed import seed_municipalities
from tests.municipalities.factory import moment

BEGINNING = "2024-01-10"


class Clock:
    """The portal's clock: it runs on from the hour that was set last."""

    def __init__(self) -> None:
        self._from, self._since = moment(f"{BEGINNING} 09:00"), time.monotonic()

    def set(self, day: str, hour: int) -> None:
        """Go on at an hour of a day in Moscow, unless it is later already."""
        then = moment(f"{day} {hour:02}:00")
        if then > self.now():
            self._from, self._since = then, time.monotonic()

    def now(self) -> dt.datetime:
        """What `timezone.now` gives."""
        return self._from + dt.timedelta(seconds=time.monotonic() - self._since)


@pytest.fixture
def clock() -> Iterator[Clock]:
    running = Clock()
    with patch("django.utils.timezone.now", running.now):
        yield running


@pytest.fixture
def portal(live_server: LiveServer, clock: Clock, settings: Any) -> str:
    """The address of the portal; who has logged in stays so for years."""
    settings.SESSION_COOKIE_AGE = 5 * 366 * 24 * 3600
    seed_municipalities()
    seed_demo_representatives(seed_demo_users())
    return live_server.url
