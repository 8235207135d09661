"""Digests of what is overdue or soon due: one letter a person, at most once a day, and not the same one every day.

A digest is claimed by a compare-and-set UPDATE, sent, and marked as sent. Of several runs at once one gets the claim;
a claim that its run did not live to finish is free again after `LEASE`. Whether the mail server had taken that letter
cannot be known: it is sent again rather than lost.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import UnionProfile, User
from accounts.post import Post
from accounts.tasks import Task, Urgency
from sgcszr_portal.due import PRESSING, grouped, tasks_for
from sgcszr_portal.models import DeliveryState, ReminderDelivery

REPEAT_AFTER = dt.timedelta(days=7)
LEASE = dt.timedelta(minutes=15)  # longer than a mail server can keep a letter waiting


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

    def as_message(self) -> EmailMessage:
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
        text = render_to_string("sgcszr_portal/email/reminder.txt", context).strip() + "\n"
        return EmailMessage(self.subject, text, to=[self.user.email])


@dataclass(frozen=True)
class Result:
    """What became of one digest: an empty `error` means that it left."""

    digest: Digest
    error: str = ""


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
    last = ReminderDelivery.objects.filter(user=digest.user, state=DeliveryState.SENT).first()
    if last is None:
        return True
    if last.day >= today:
        return False
    return last.fingerprint != digest.fingerprint or today - last.day >= REPEAT_AFTER


def send_due(today: dt.date) -> Iterator[Result]:
    """Send the digests of a day, and what former runs could not send. Call it outside a transaction.

    Args:
        today: the day, in Moscow.

    Yields:
        What became of each digest; those that another run is just sending are its to tell.
    """
    with Post() as post:
        for digest in digests_due(today):
            delivery = _claim(digest, today)
            if delivery is not None:
                error = post.send(digest.as_message())
                _settle(delivery, error)
                yield Result(digest, error)


def _claim(digest: Digest, today: dt.date) -> ReminderDelivery | None:
    """The delivery, now this run's alone, with today's content; None when it is another run's."""
    content = {"day": today, "subject": digest.subject, "fingerprint": digest.fingerprint}
    waiting = ReminderDelivery.objects.filter(user=digest.user, state=DeliveryState.PENDING).first()
    try:
        with transaction.atomic():
            waiting = waiting or ReminderDelivery.objects.create(user=digest.user, **content)
    except IntegrityError:  # another run began the same digest in this moment
        return None
    now = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lt=now - LEASE)
    claim = ReminderDelivery.objects.filter(free, pk=waiting.pk, state=DeliveryState.PENDING)
    claimed = claim.update(attempts=F("attempts") + 1, claimed_at=now, **content)
    waiting.claimed_at = now
    return waiting if claimed else None


def _settle(delivery: ReminderDelivery, error: str) -> None:
    """Write down what became of a claimed delivery; a failed one is free for the next run."""
    stored = ReminderDelivery.objects.filter(pk=delivery.pk, state=DeliveryState.PENDING)
    if error:
        stored.filter(claimed_at=delivery.claimed_at).update(claimed_at=None, last_error=error[:300])
    else:
        stored.update(claimed_at=None, last_error="", state=DeliveryState.SENT, sent_at=timezone.now())
