"""Digests of what is overdue or soon due: one letter a person, at most once a day, and not the same one every day.

A digest is stored together with its letter, and the database takes one a person and day: two runs store one.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.mail.storing import store
from accounts.mail_kinds import MailKind, MailUrgency
from accounts.models import UnionProfile, User
from accounts.models.outgoing import ARRIVING
from accounts.tasks import Task, Urgency
from sgcszr_portal.due import PRESSING, grouped, tasks_for
from sgcszr_portal.models import ReminderDelivery

REPEAT_AFTER = dt.timedelta(days=7)
DIGEST = MailKind("digest", "Напоминание о сроках", MailUrgency.BULK)


@dataclass(frozen=True)
class Digest:
    """What presses somebody.

    Attributes:
        user: who it is for.
        tasks: what is overdue or soon due, in its order.
        others: how many tasks wait besides.
    """

    user: User
    tasks: tuple[Task, ...]
    others: int

    @property
    def subject(self) -> str:
        """«Просрочено: 2, срок скоро: 1 – портал …»."""
        overdue = sum(task.urgency == Urgency.OVERDUE for task in self.tasks)
        soon = len(self.tasks) - overdue
        parts = [f"просрочено: {overdue}"] if overdue else []
        parts += [f"срок скоро: {soon}"] if soon else []
        essentials = ", ".join(parts)
        return f"{essentials[:1].upper()}{essentials[1:]} – портал {UnionProfile.on().short_name}"

    @property
    def fingerprint(self) -> str:
        """The same as long as the same things press as much, until the same days."""
        lines = sorted(f"{task.key} {task.urgency.value} {task.due_on}" for task in self.tasks)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def text(self) -> str:
        """The letter, in plain text, with absolute addresses."""
        context = {
            "user": self.user,
            "groups": grouped(list(self.tasks)),
            "others": self.others,
            "portal": settings.PUBLIC_URL,
            "union": UnionProfile.on(),
            "due_url": settings.PUBLIC_URL + reverse("due"),
            "profile_url": settings.PUBLIC_URL + reverse("profile"),
        }
        return render_to_string("sgcszr_portal/email/reminder.txt", context).strip() + "\n"


def digests_due(today: dt.date) -> Iterator[Digest]:
    """The digests that should leave on a day.

    Left out are people who do not want them, whom nothing presses, who had theirs that day, and those to whom the
    same was written less than `REPEAT_AFTER` ago.

    Args:
        today: the day, in Moscow.
    """
    people = User.objects.filter(is_active=True, wants_reminders=True).exclude(role="")
    for user in people.order_by("pk"):
        tasks = tasks_for(user, today)
        pressing = tuple(task for task in tasks if task.urgency in PRESSING)
        digest = Digest(user, pressing, len(tasks) - len(pressing))
        if pressing and _is_news(digest, today):
            yield digest


def _is_news(digest: Digest, today: dt.date) -> bool:
    """Whether a digest says something that its reader was not told. One that did not arrive told nothing."""
    of_today = ReminderDelivery.objects.filter(user=digest.user, day__gte=today)
    if of_today.exists():
        return False
    last = ReminderDelivery.objects.filter(user=digest.user, mail__state__in=ARRIVING).first()
    if last is None:
        return True
    return last.fingerprint != digest.fingerprint or today - last.day >= REPEAT_AFTER


def store_due_digests(today: dt.date) -> int:
    """Store the digests of a day, each with its letter; the worker sends them. Running it again adds what is missing.

    Args:
        today: the day, in Moscow.

    Returns:
        How many were stored.
    """
    return sum(_store(digest, today) for digest in digests_due(today))


def _store(digest: Digest, today: dt.date) -> bool:
    """Store one digest, which is of use until the day ends; False when another run was quicker."""
    midnight = dt.datetime.combine(today + dt.timedelta(days=1), dt.time.min, timezone.get_current_timezone())
    try:
        with transaction.atomic():
            mail = store(DIGEST, digest.user, subject=digest.subject, text=digest.text(), useful_until=midnight)
            ReminderDelivery.objects.create(user=digest.user, day=today, fingerprint=digest.fingerprint, mail=mail)
    except IntegrityError:
        return False
    return True
