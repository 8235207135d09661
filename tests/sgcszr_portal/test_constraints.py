"""What the database itself refuses about digests."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from accounts.models import OutgoingMail, User
from sgcszr_portal.models import ReminderDelivery
from tests.accounts.mail.factory import letter

DAY = dt.date(2026, 3, 2)


def breaks(name: str, user: User, mail: OutgoingMail | None, **fields: object) -> None:
    facts = {"user": user, "day": DAY, "fingerprint": "f", "mail": mail}
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        ReminderDelivery.objects.create(**facts | fields)
    if "sqlite" not in str(type(refused.value.__cause__)) or "CHECK" in str(refused.value):
        assert name in str(refused.value)  # SQLite names the columns of the others


def test_nobody_gets_two_on_a_day(secretariat: User, chair: User) -> None:
    for user in (secretariat, chair):
        ReminderDelivery.objects.create(user=user, day=DAY, fingerprint="f", mail=letter())
    breaks("reminder_once_a_day", secretariat, letter())


def test_a_digest_has_a_letter_of_its_own(secretariat: User, chair: User) -> None:
    stored = ReminderDelivery.objects.create(user=secretariat, day=DAY, fingerprint="f", mail=letter())
    breaks("mail_id", chair, stored.mail)
    breaks("mail_id", chair, None)


def test_a_digest_says_something(secretariat: User) -> None:
    breaks("reminder_says_something", secretariat, letter(), fingerprint="")
