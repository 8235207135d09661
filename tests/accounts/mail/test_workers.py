"""Several workers at once, workers that are killed, a server that hangs: none lost, none sent twice unsaid."""

import multiprocessing
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import F
from django.utils import timezone
from pytest_django import Settings

from accounts.mail.delivery import deliver_waiting
from accounts.models import OutgoingMail
from tests.accounts.mail.factory import letter, states
from tests.mail import HANGS_AT, PostOffice, drain, hanging_server, use_server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def as_process(work: Callable[[], object]) -> Any:
    """A process that does some work with connections of its own; begun already."""

    def run() -> None:
        connections.close_all()
        work()
        connections.close_all()
        os._exit(0)

    connection.close()  # nothing of it may be shared
    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    return process


def as_thread(work: Callable[[], object]) -> threading.Thread:
    """A thread that does some work with connections of its own; begun already."""

    def run() -> None:
        work()
        connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def all_over_again() -> None:
    """As if the claims of those who were killed had ended, and every pause too."""
    past = timezone.now()
    OutgoingMail.objects.filter(state="sending").update(claimed_until=past)
    OutgoingMail.objects.filter(state="waiting").update(next_attempt_at=past)


@pytest.mark.parametrize("beginning", [as_process, as_thread])
def test_several_workers_send_each_letter_once(post_office: PostOffice, beginning: Any) -> None:
    post_office.thinks = 0.02
    for number in range(30):
        letter(f"{number}@example.org")
    workers = [beginning(drain) for _ in range(4)]
    for worker in workers:
        worker.join()
    assert sorted(Counter(post_office.addresses()).values()) == [1] * 30
    assert set(states().values()) == {"sent"}
    assert not OutgoingMail.objects.exclude(attempts=1, may_have_left_twice=False).exists()


def send_under_fire(post_office: PostOffice, letters: int, kills: int) -> None:
    """Send letters with workers that are killed, and look what came of it."""
    post_office.thinks = 0.05
    chance = random.Random(7)  # noqa: S311 - no secret
    for number in range(letters):
        letter(f"{number}@example.org")
    killed = 0
    while killed < kills and "waiting" in states().values():
        worker = as_process(drain)
        time.sleep(0.15 + chance.random() * letters / kills * 0.03)
        os.kill(worker.pid, signal.SIGKILL)
        worker.join()
        killed += 1
        all_over_again()
    drain()
    assert killed == kills
    assert set(states().values()) == {"sent"}  # none lost
    copies = Counter(str(taken["Message-ID"]) for _, taken in post_office.letters)
    assert len(copies) == letters  # a letter that left twice has one Message-ID
    told = set(OutgoingMail.objects.filter(may_have_left_twice=True).values_list("message_id", flat=True))
    assert {name for name, count in copies.items() if count > 1} <= told
    assert len(told) <= kills


def test_workers_that_are_killed_lose_no_letter(post_office: PostOffice) -> None:
    send_under_fire(post_office, letters=20, kills=4)


@pytest.mark.soak
def test_twenty_kills_lose_none_of_a_hundred_letters(post_office: PostOffice) -> None:
    send_under_fire(post_office, letters=100, kills=20)


# --- a server that hangs ---


@pytest.mark.parametrize("step", HANGS_AT)
def test_a_server_that_hangs_loses_nothing_and_is_tried_once_a_batch(
    settings: Settings, post_office: PostOffice, step: str
) -> None:
    working, settings.EMAIL_TIMEOUT = settings.EMAIL_PORT, 1
    for number in range(3):
        letter(f"{number}@example.org")
    began = time.monotonic()
    with hanging_server(step) as port:
        use_server(settings, port)
        assert deliver_waiting(bool)
    assert time.monotonic() - began < 5
    assert set(states().values()) == {"waiting"}
    tried = OutgoingMail.objects.filter(attempts__gt=0)
    assert list(tried.values_list("recipient", "may_have_left_twice")) == (
        [] if step in ("connect", "EHLO") else [("0@example.org", step == "the end")]
    )
    use_server(settings, working)
    OutgoingMail.objects.update(next_attempt_at=F("created_at"))
    drain()
    assert post_office.addresses() == ["0", "1", "2"]
