"""How long a letter is one worker's, and what becomes of moments that a wrong clock wrote."""

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from pytest_django import Settings

from accounts.mail.delivery import deliver_waiting, lease
from accounts.models import OutgoingMail
from background import loops
from tests.accounts.mail.factory import letter
from tests.mail import PostOffice, delivered, drain

pytestmark = pytest.mark.django_db


def test_a_claim_lasts_longer_than_all_steps_of_a_conversation(settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = 20
    letter()
    with patch.object(EmailBackend, "send_messages", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        deliver_waiting(bool)
    claimed = OutgoingMail.objects.get()
    assert claimed.state == "sending"
    assert claimed.claimed_until is not None
    assert claimed.claimed_until - timezone.now() > dt.timedelta(seconds=13 * 20)


def test_what_another_worker_claimed_since_one_looked_is_left_alone() -> None:
    """Its claim ends later than any that this one could have made: no wrong clock is to blame."""
    letter(state="sending", attempts=1, claimed_until=timezone.now() + lease() + dt.timedelta(seconds=5))
    assert delivered() == []


def test_a_worker_that_hangs_with_a_letter_ends_before_its_claim() -> None:
    """A server that drips byte after byte keeps every step's time limit for ever."""
    [mail_loop] = [loop for loop in loops.registered() if loop.name == "mail"]
    assert dt.timedelta(seconds=mail_loop.limit + 30) < lease()


# --- a clock that ran ahead and was set right ---


@pytest.mark.parametrize(
    "written",
    [
        {"created_at": dt.timedelta(days=300), "next_attempt_at": dt.timedelta(days=300)},
        {"created_at": dt.timedelta(hours=1), "next_attempt_at": dt.timedelta(hours=1)},
        {"next_attempt_at": dt.timedelta(days=3), "attempts": 1},
        {"next_attempt_at": dt.timedelta(hours=10)},  # the server was away, by a clock that was ahead
        {"next_attempt_at": dt.timedelta(hours=3), "attempts": 2},
        {"state": "sending", "attempts": 1, "claimed_until": dt.timedelta(days=3)},
    ],
)
def test_no_letter_waits_for_the_future_of_a_wrong_clock(written: dict[str, Any]) -> None:
    now = timezone.now()
    ahead: dict[str, Any] = {
        name: now + value if isinstance(value, dt.timedelta) else value for name, value in written.items()
    }
    stored = letter(**ahead)
    assert len(delivered()) == 1
    stored.refresh_from_db()
    assert stored.state == "sent"
    assert stored.created_at <= timezone.now()


def test_a_letter_of_the_future_is_put_off_like_any_other(post_office: PostOffice) -> None:
    post_office.refuses = {"k@example.org": "451 4.7.1 Greylisted"}
    ahead = timezone.now() + dt.timedelta(days=300)
    letter(created_at=ahead, next_attempt_at=ahead)
    drain()
    assert OutgoingMail.objects.get().attempts == 1
