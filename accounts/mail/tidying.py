"""What is no longer kept of letters, and whether any wait too long."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils import timezone

from accounts.mail.delivery import AWAY
from accounts.mail_kinds import MAIL_KINDS
from accounts.models import MailState, OutgoingMail
from accounts.models.outgoing import UNDER_WAY

AN_HOUR = dt.timedelta(hours=1)
LONG = dt.timedelta(minutes=10)
OF_LATE = dt.timedelta(hours=12)  # a night: in the morning the secretariat still reads of it


@dataclass(frozen=True)
class Delay:
    """Letters that do not leave.

    Attributes:
        waiting: how many have waited for longer than `LONG`.
        since: when the first of them was written.
        missed: how many came too late of late before anybody tried them, and none has left since; codes live for
            minutes only.
    """

    waiting: int
    since: dt.datetime | None
    missed: int

    @property
    def days_ago(self) -> int:
        """On which day the first of those that wait was written: 0 today, 1 yesterday; without any, 0."""
        return (timezone.localdate() - timezone.localdate(self.since)).days if self.since else 0


def delay() -> Delay | None:
    """Whether letters wait longer than they should: the server is away, or no worker runs. One query."""
    now = timezone.now()
    waiting = Q(state__in=UNDER_WAY) & (Q(created_at__lt=now - LONG) | Q(created_at__gt=now + LONG))  # by a wrong clock
    left = OutgoingMail.objects.filter(state=MailState.SENT, sent_at__lte=now).order_by("-sent_at")
    left_last = Coalesce(Subquery(left.values("sent_at")[:1]), now - OF_LATE)  # one value, found by an index
    # The server said «later» of this one alone, as for a full mailbox: its page says so, and mail does leave.
    put_off = Q(state=MailState.WAITING, attempts__gt=0, next_attempt_at__gt=now + AWAY)
    waiting &= ~(put_off & Q(created_at__lt=left_last))
    since = Greatest(left_last, now - OF_LATE)
    missed = Q(state=MailState.MISSED, attempts=0, useful_until__gt=since, useful_until__lte=now)
    found = OutgoingMail.objects.filter(waiting | missed).aggregate(
        waiting=Count("pk", filter=waiting),
        since=Min(Least("created_at", now), filter=waiting),
        missed=Count("pk", filter=missed),
    )
    return Delay(**found) if found["waiting"] or found["missed"] else None


def forget_old_mail(now: dt.datetime) -> int:
    """Delete letters that nothing refers to and nobody asks about any more; once an hour is enough.

    Strangers who ask for letters to unknown addresses make rows, during a flood many.

    Of what could not be sent the text goes as soon as it would be of no use: it may hold a code or a link.

    Args:
        now: the moment.

    Returns:
        How many letters were deleted.
    """
    failed = OutgoingMail.objects.filter(state=MailState.FAILED, useful_until__lte=now)
    failed.exclude(text="").update(text="")
    old = Q(recipient="", created_at__lt=now - AN_HOUR)
    for kind in MAIL_KINDS.values():
        if kind.kept_for:
            old |= Q(kind=kind.code, created_at__lt=now - kind.kept_for)
    return OutgoingMail.objects.exclude(state__in=UNDER_WAY).filter(old).delete()[0]
