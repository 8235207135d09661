"""What is no longer kept of letters."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.mail.storing import store_for_nobody
from accounts.mail.tidying import forget_old_mail
from accounts.mail_kinds import LOGIN_CODE
from accounts.models import OutgoingMail
from tests.accounts.mail.factory import letter, states

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def ago(days: int) -> dt.datetime:
    return NOW - dt.timedelta(days=days)


def test_letters_to_nobody_go_after_an_hour() -> None:
    for _ in "12":
        store_for_nobody(LOGIN_CODE, subject="Код", text="1")
    OutgoingMail.objects.filter(pk=OutgoingMail.objects.first().pk).update(created_at=NOW - dt.timedelta(minutes=61))  # type: ignore[union-attr]  # there are two
    assert forget_old_mail(timezone.now()) == 1


def test_codes_go_after_a_month_and_what_others_refer_to_stays() -> None:
    for days in (29, 31):
        letter(f"code{days}@example.org", kind=LOGIN_CODE, created_at=ago(days), state="sent", sent_at=NOW, text="")
        letter(f"invited{days}@example.org", created_at=ago(days), state="sent", sent_at=NOW, text="")
    letter("waits@example.org", kind=LOGIN_CODE, created_at=ago(31))
    assert forget_old_mail(NOW) == 1
    assert set(states()) == {
        "code29@example.org",
        "invited29@example.org",
        "invited31@example.org",
        "waits@example.org",
    }


def test_what_failed_loses_its_text_when_it_is_of_no_use_any_more() -> None:
    for useful_until in (ago(1), ago(-1), None):
        letter(f"{useful_until}", state="failed", last_error="?", useful_until=useful_until)
    forget_old_mail(NOW)
    assert [bool(one.text) for one in OutgoingMail.objects.order_by("pk")] == [False, True, True]
