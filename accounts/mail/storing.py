"""Writing a letter: it becomes a row of the caller's transaction, and nothing else happens."""

import datetime as dt

from django.utils import timezone

from accounts.mail_kinds import MAIL_KINDS, MailKind
from accounts.models import MailState, OutgoingMail, User
from russian.text import search_form


def store(
    kind: MailKind,
    to: User | str,
    *,
    subject: str,
    text: str,
    by: User | None = None,
    useful_until: dt.datetime | None = None,
) -> OutgoingMail:
    """Store a letter; the worker sends it once the caller's transaction is committed.

    Args:
        kind: what it is about, one of those that the portal knows.
        to: a user, or an address.
        subject: becomes one line.
        text: plain text.
        by: whose deed it is; None for the portal itself.
        useful_until: when it would come too late, as a code does; then it is dropped.
    """
    user = to if isinstance(to, User) else None
    return _stored(kind, user.email if user else str(to), user, subject, text, by=by, useful_until=useful_until)


def store_for_nobody(kind: MailKind, *, subject: str, text: str, useful_until: dt.datetime | None = None) -> None:
    """Do for an address that the portal does not know what is done for one that it knows, and write to nobody.

    Whoever asks cannot tell by the time that it takes. The row says nothing of the address, and is deleted soon.

    Args:
        kind, subject, text, useful_until: as if there were somebody; the text is not kept.
    """
    _stored(kind, "", None, subject, text, by=None, useful_until=useful_until)


def _stored(
    kind: MailKind,
    recipient: str,
    user: User | None,
    subject: str,
    text: str,
    *,
    by: User | None,
    useful_until: dt.datetime | None,
) -> OutgoingMail:
    if MAIL_KINDS.get(kind.code) != kind:
        raise ValueError(f"{kind.code} is no kind of letters that the portal knows: see add_mail_kind.")
    subject, now = " ".join(subject.split())[:300], timezone.now()
    return OutgoingMail.objects.create(
        kind=kind.code,
        recipient=recipient,
        user=user,
        subject=subject,
        text=text if recipient else "",
        search_text=search_form(f"{recipient} {subject}"),
        urgency=kind.urgency,
        state=MailState.WAITING if recipient else MailState.NOBODY,
        next_attempt_at=now,
        useful_until=useful_until,
        created_at=now,
        created_by=by,
    )
