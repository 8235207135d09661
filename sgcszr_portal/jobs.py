"""What the portal does by itself, again and again: digests in the morning, clearing up at night."""

import datetime as dt

from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from django_tasks import task

from accounts.limits import forget_old_limits
from accounts.mail.tidying import forget_old_mail
from background import periodic
from revisions.sent_once import forget_sent_forms
from sgcszr_portal.reminders import store_due_digests

MORNING, EVENING = dt.time(8), dt.time(20)  # in Moscow


@task(label="Напоминания о сроках", max_attempts=5, backoff=60)
def send_digests() -> None:
    """Write to everybody for whom something is overdue or soon due, once a day at most.

    Only by day: what a worker makes up for at night would be that day's digest, and the morning would bring none.
    """
    if MORNING <= timezone.localtime().time() < EVENING:
        store_due_digests(timezone.localdate())


@task(label="Очистка отслужившего")
def clear_up() -> None:
    """Forget what has passed: sessions that ended, forms that were sent days ago."""
    SessionStore.clear_expired()
    forget_sent_forms()


@task(label="Очистка счётчиков обращений и писем")
def forget_limits() -> None:
    """Forget what strangers asked for a while ago: during a flood that is many rows."""
    forget_old_limits()
    forget_old_mail(timezone.now())


def register() -> None:
    """Let the workers begin these."""
    periodic.register("send_digests", send_digests, periodic.daily(MORNING))
    periodic.register("clear_up", clear_up, periodic.daily(dt.time(3, 30)))
    periodic.register("forget_limits", forget_limits, periodic.every(dt.timedelta(hours=1)))
