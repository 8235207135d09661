"""What is no longer kept of letters, and whether any wait too long."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.utils import timezone

from accounts.mail.delivery import AWAY
from accounts.mail_kinds import MAIL_KINDS
from accounts.models import MailState, OutgoingMail
from accounts.models.outgoing import UNDER_WAY

AN_HOUR = dt.timedelta(hours=1)
LONG = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Delay:
    """Letters that do not leave.

    Attributes:
        count: how many have waited for longer than `LONG`.
        since: when the first of them was written.
    """

    count: int
    since: dt.datetime

    @property
    def is_of_today(self) -> bool:
        """Whether the hour alone says since when."""
        return timezone.localdate(self.since) == timezone.localdate()


def delay() -> Delay | None:
    """Whether letters wait longer than they should: the server is away, or no worker runs. One query."""
    now = timezone.now()
    overdue = OutgoingMail.objects.filter(state__in=UNDER_WAY, created_at__lt=now - LONG)
    # The server said «later» of this one alone, as for a full mailbox: its page says so, and mail does leave.
    overdue = overdue.exclude(state=MailState.WAITING, attempts__gt=0, next_attempt_at__gt=now + AWAY)
    found = overdue.aggregate(count=Count("pk"), since=Min("created_at"))
    return Delay(**found) if found["count"] else None


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
