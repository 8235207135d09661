"""The worker's side: letters that are due are claimed one by one, handed to the mail server, and marked.

Several workers share the table. A letter is claimed by an UPDATE that one of them wins, and the claim ends by itself:
what a killed worker left is taken up by the next one. Whether the server had taken that letter cannot be known, so it
is sent again rather than lost, under the same Message-ID, and says that it may have left twice. No transaction is open
while the server is talked to.

A clock may have run ahead and been set right since. Moments of the future that no right clock can have written are
taken for now, so that nothing waits for them.
"""

import datetime as dt
import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Least
from django.utils import timezone

from accounts.mail.server import MailServer, Refusal
from accounts.models import MailState, OutgoingMail
from accounts.models.outgoing import LEFT_OUT, NOT_IN_ARCHIVE

logger = logging.getLogger(__name__)

BATCH = 60  # seconds; after that the worker is asked anew whether to go on
AWAY = dt.timedelta(seconds=30)  # how long a server that does not answer is left alone
STEPS = 12  # more than hang in handing over one letter, each of EMAIL_TIMEOUT seconds at most
SPARE = 60  # seconds in which a process that hangs is noticed and ended
# After each attempt that the server answered with «later», or that broke off; together somewhat less than four days.
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60, 48 * 60))
MAX_ATTEMPTS = len(PAUSES) + 1

TOO_LATE = "Письмо устарело раньше, чем удалось его отправить."
INTERRUPTED = "Отправка прервалась на полпути: дошло ли письмо до почтового сервера, неизвестно."


def deliver_waiting(stopping: Callable[[], bool]) -> bool:
    """Send what is due, in one batch. Call it outside a transaction.

    Args:
        stopping: whether the worker is to end; asked before each letter.

    Returns:
        Whether there was anything to do.
    """
    if not _has_work(timezone.now()):
        return False
    settle_leftovers(timezone.now())
    end = time.monotonic() + BATCH
    with MailServer() as server:
        while not stopping() and time.monotonic() < end:
            letter = OutgoingMail.objects.due(timezone.now()).first()
            if letter is None:
                break
            refusal = server.greet() or _deliver(server, letter)
            if refusal and refusal.server_is_away:
                _postpone_all(refusal.reason)
                break
    return True


def settle_leftovers(now: dt.datetime) -> None:
    """Take up what killed workers left, give up what would come too late, and set right what a wrong clock wrote.

    Args:
        now: the moment.
    """
    OutgoingMail.objects.filter(_of_a_clock_ahead(now)).update(next_attempt_at=now, created_at=Least("created_at", now))
    interrupted = OutgoingMail.objects.filter(_abandoned(now))
    left = {"claimed_until": None, "may_have_left_twice": True, "last_error": INTERRUPTED}
    interrupted.filter(attempts__gte=MAX_ATTEMPTS).update(state=MailState.FAILED, **left)
    interrupted.update(state=MailState.WAITING, next_attempt_at=now, **left)
    too_late = OutgoingMail.objects.too_late(now)
    too_late.filter(last_error="").update(last_error=TOO_LATE)  # what the server said is worth more
    too_late.update(state=MailState.MISSED, text="")


def round_limit() -> float:
    """After how many seconds a worker ends that does not come back from the mail server.

    Each step has its own time limit; a server that drips byte after byte meets none of them.
    """
    return BATCH + STEPS * float(settings.EMAIL_TIMEOUT or 60)


def lease() -> dt.timedelta:
    """How long one letter is one worker's: longer than a worker lives that hangs with it."""
    return dt.timedelta(seconds=round_limit() + SPARE)


def _has_work(now: dt.datetime) -> bool:
    """Asked twice a second; nothing is written where there is nothing to do."""
    due = Q(state=MailState.WAITING) & (Q(next_attempt_at__lte=now) | Q(useful_until__lte=now))
    return OutgoingMail.objects.filter(due | _of_a_clock_ahead(now) | _abandoned(now)).exists()


def _of_a_clock_ahead(now: dt.datetime) -> Q:
    """Letters that wait for a moment, or were written at one, that no clock can have shown which was right."""
    too_far = Q(created_at__gt=now + AWAY)  # and so much may the clock of another process, or its `now`, be ahead
    for attempts, pause in enumerate((AWAY, *PAUSES)):
        too_far |= Q(attempts=attempts, next_attempt_at__gt=now + pause + AWAY)
    return Q(state=MailState.WAITING) & too_far


def _abandoned(now: dt.datetime) -> Q:
    """Letters that a worker claimed and did not live to settle."""
    # Another worker may have claimed one since `now`: only what lies far beyond a claim was made by a wrong clock.
    ended = Q(claimed_until__lte=now) | Q(claimed_until__gt=now + 2 * lease())
    return Q(state=MailState.SENDING) & ended


def _deliver(server: MailServer, letter: OutgoingMail) -> Refusal | None:
    """Claim a letter, hand it over and mark it; None also where another worker was quicker."""
    if not _claim(letter):
        return None
    if letter.text == LEFT_OUT:
        refusal: Refusal | None = Refusal(NOT_IN_ARCHIVE, is_final=True)
    else:
        refusal = server.send(letter.as_message())
    _mark(letter, refusal)
    return refusal


def _claim(letter: OutgoingMail) -> bool:
    now = timezone.now()
    letter.claimed_until = now + lease()
    letter.attempts += 1
    waiting = OutgoingMail.objects.filter(pk=letter.pk, state=MailState.WAITING, next_attempt_at__lte=now)
    claimed = waiting.update(state=MailState.SENDING, claimed_until=letter.claimed_until, attempts=F("attempts") + 1)
    return bool(claimed)


def _mark(letter: OutgoingMail, refusal: Refusal | None) -> None:
    """Write down what became of a claimed letter, unless its claim has ended and it is another worker's now."""
    mine = OutgoingMail.objects.filter(pk=letter.pk, state=MailState.SENDING, claimed_until=letter.claimed_until)
    now = timezone.now()
    if refusal is None:
        mine.update(state=MailState.SENT, sent_at=now, claimed_until=None, text="", last_error="")
        return
    logger.warning("Letter %s did not leave: %s", letter.pk, refusal.reason)
    twice = letter.may_have_left_twice or refusal.may_have_left
    told = {"claimed_until": None, "last_error": refusal.reason[:300], "may_have_left_twice": twice}
    if refusal.is_final or letter.attempts >= MAX_ATTEMPTS:
        mine.update(state=MailState.FAILED, **told)
    else:
        mine.update(state=MailState.WAITING, next_attempt_at=now + PAUSES[letter.attempts - 1], **told)


def _postpone_all(reason: str) -> None:
    """Leave a server alone that is away. No letter loses an attempt by that, and each can tell why it waits."""
    now = timezone.now()
    due = OutgoingMail.objects.filter(state=MailState.WAITING, next_attempt_at__lte=now + AWAY)
    due.update(next_attempt_at=now + AWAY, last_error=reason[:300])
