"""What the portal does by itself."""

import datetime as dt
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.mail.storing import store_for_nobody
from accounts.mail_kinds import LOGIN_CODE
from accounts.models import Bucket, OutgoingMail, User
from background import periodic
from resolutions.models import DecisionPoint
from sgcszr_portal import jobs
from sgcszr_portal.models import ReminderDelivery
from tests.tasks import run_tasks

MOSCOW = ZoneInfo("Europe/Moscow")

pytestmark = pytest.mark.django_db


def test_sessions_that_ended_are_forgotten(secretariat: User) -> None:
    for key, hours in (("ended", -1), ("lasts", 1)):
        Session.objects.create(session_key=key, expire_date=timezone.now() + dt.timedelta(hours=hours))
    jobs.clear_up.enqueue()
    run_tasks()
    assert [one.session_key for one in Session.objects.all()] == ["lasts"]


def test_the_worker_writes_digests_in_the_morning_and_clears_up_at_night() -> None:
    night = dt.datetime(2026, 3, 2, 5, tzinfo=MOSCOW)
    slots = {job.name: timezone.localtime(job.slot(night)) for job in periodic.registered()}
    assert slots["send_digests"] == dt.datetime(2026, 3, 1, 8, tzinfo=MOSCOW)
    assert slots["clear_up"] == dt.datetime(2026, 3, 2, 3, 30, tzinfo=MOSCOW)


@pytest.mark.parametrize(("hour", "written"), [(7, False), (8, True), (19, True), (20, False)])
def test_digests_are_stored_with_their_letters_by_day(overdue_point: DecisionPoint, hour: int, written: bool) -> None:
    now = timezone.localtime().replace(hour=hour)
    jobs.send_digests.enqueue()
    with patch("sgcszr_portal.jobs.timezone.localtime", return_value=now):
        run_tasks()
    assert [one.mail.state for one in ReminderDelivery.objects.all()] == ["waiting"] * written


def test_letters_that_nobody_asks_about_are_forgotten() -> None:
    store_for_nobody(LOGIN_CODE, subject="Код", text="1")
    OutgoingMail.objects.update(created_at=timezone.now() - dt.timedelta(hours=2))
    jobs.forget_limits.enqueue()
    run_tasks()
    assert not OutgoingMail.objects.exists()


def test_what_was_counted_a_while_ago_is_forgotten_within_the_hour() -> None:
    Bucket.objects.create(key="empty", empty_at=1)
    jobs.forget_limits.enqueue()
    run_tasks()
    assert not Bucket.objects.exists()
    assert "forget_limits" in {job.name for job in periodic.registered()}
