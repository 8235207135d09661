"""Writing a letter: it becomes a row of the caller's transaction, and nothing else happens."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from accounts.mail_kinds import MAIL_KINDS, MailKind
from accounts.models import MailState, OutgoingMail, User
from russian.text import search_form


@dataclass(frozen=True)
class NewLetter:
    """A letter to an address, of several that are stored together. Fields as of `store`."""

    to: str
    subject: str
    text: str


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
    letter = _letter(kind, user.email if user else str(to), user, subject, text, by=by, useful_until=useful_until)
    letter.save(force_insert=True)
    return letter


def store_many(kind: MailKind, letters: Iterable[NewLetter], *, by: User | None = None) -> list[OutgoingMail]:
    """Store letters as `store` does, all at once; in their order.

    Args:
        kind: what they are about.
        letters: any number.
        by: whose deed it is; None for the portal itself.
    """
    rows = [_letter(kind, one.to, None, one.subject, one.text, by=by, useful_until=None) for one in letters]
    return OutgoingMail.objects.bulk_create(rows)


def store_for_nobody(kind: MailKind, *, subject: str, text: str, useful_until: dt.datetime | None = None) -> None:
    """Do for an address that the portal does not know what is done for one that it knows, and write to nobody.

    Whoever asks cannot tell by the time that it takes. The row says nothing of the address, and is deleted soon.

    Args:
        kind, subject, text, useful_until: as if there were somebody; the text is not kept.
    """
    _letter(kind, "", None, subject, text, by=None, useful_until=useful_until).save(force_insert=True)


def _letter(
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
    return OutgoingMail(
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
