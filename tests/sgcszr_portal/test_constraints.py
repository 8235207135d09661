"""What the database itself refuses about digests."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from sgcszr_portal.models import ReminderDelivery

DAY = dt.date(2026, 3, 2)


def store(user: User, **fields: object) -> None:
    defaults = {"user": user, "day": DAY, "subject": "Просрочено: 1", "fingerprint": "f"}
    ReminderDelivery.objects.bulk_create([ReminderDelivery(**defaults | fields)])


def breaks(name: str, user: User, **fields: object) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        store(user, **fields)
    if name.startswith("reminder_o") and "sqlite" in str(type(refused.value.__cause__)):
        return  # SQLite names the columns of a unique constraint
    assert name in str(refused.value)


def test_nobody_gets_two_on_a_day(secretariat: User, chair: User) -> None:
    store(secretariat, state="sent", sent_at=timezone.now())
    store(chair)
    breaks("reminder_once_a_day", secretariat)


def test_one_waits_at_most(secretariat: User) -> None:
    store(secretariat, state="sent", sent_at=timezone.now())
    store(secretariat, day=DAY + dt.timedelta(days=1))
    breaks("reminder_one_waits_at_most", secretariat, day=DAY + dt.timedelta(days=2))


def test_a_state_is_one_of_two(secretariat: User) -> None:
    breaks("reminder_state_known", secretariat, state="lost")


def test_what_was_sent_has_its_moment_and_nothing_else_has(secretariat: User) -> None:
    breaks("reminder_sent_exactly_when_dated", secretariat, state="sent")
    breaks("reminder_sent_exactly_when_dated", secretariat, sent_at=timezone.now())


@pytest.mark.parametrize("field", ["subject", "fingerprint"])
def test_a_digest_says_something(secretariat: User, field: str) -> None:
    breaks("reminder_says_something", secretariat, **{field: ""})
