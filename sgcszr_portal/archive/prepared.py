"""The archive, made by the worker for one person who asked, and kept for an hour after that."""

import secrets
import tempfile
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from documents.models import PreparedFile, PreparedState
from documents.preparing.asking import ask, wanted
from documents.preparing.makers import Arguments, CannotBeMade, Incomplete, Maker, Progress
from documents.preparing.tasks import LONG_KEPT
from sgcszr_portal import access
from sgcszr_portal.archive.format import ArchiveRefused
from sgcszr_portal.archive.writing import write_archive

KIND = "archive"


@dataclass(frozen=True)
class Asked:
    """Somebody asked for an archive. Each time is another one: it shows the portal as it is when it is made.

    Attributes:
        by: primary key of who asked.
        nonce: of this time.
    """

    by: int
    nonce: str


@transaction.atomic
def ask_for_archive(user: User) -> PreparedFile:
    """Have an archive made for somebody who may take it; while theirs is under way, that one."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # who clicks in two tabs asks once
    coming = PreparedFile.objects.under_way().filter(kind=KIND, arguments__by=user.pk).first()
    return coming or ask(wanted(KIND, {"by": user.pk, "nonce": secrets.token_hex(16)}), for_staff=True)


def archive_of(user: User, key: str) -> PreparedFile | None:
    """The archive with a key, for whoever asked for it; None for everybody else, and when its hour is over."""
    since = timezone.now() - LONG_KEPT
    ready = PreparedFile.objects.filter(kind=KIND, state=PreparedState.READY, ready_at__gt=since)
    return ready.filter(key=key, arguments__by=user.pk).first()


def _read(arguments: Arguments) -> Asked:
    """What was asked.

    Raises:
        User.DoesNotExist: who asked is gone, or may take no archive any more.
    """
    asker = User.objects.get(pk=arguments["by"])
    if access.archive_refusal(asker):
        raise User.DoesNotExist
    return Asked(asker.pk, arguments["nonce"])


def last_lacking(user: User) -> PreparedFile | None:
    """The last archive that somebody got within the hour, if something is missing in it."""
    since = timezone.now() - LONG_KEPT
    theirs = PreparedFile.objects.filter(kind=KIND, state=PreparedState.READY, ready_at__gt=since)
    last = theirs.filter(arguments__by=user.pk).order_by("-ready_at", "-pk").first()
    return last if last and last.lacks else None


def _make(asked: Asked, progress: Progress) -> Incomplete:
    """Write the archive; the file is closed, and so gone, when it was stored."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 - handed on
    try:
        written = write_archive(target, told=progress)
    except BaseException as error:
        target.close()
        if isinstance(error, ArchiveRefused):
            raise CannotBeMade(str(error)) from error
        raise
    return Incomplete(target, written.lacks)


def _address(arguments: Arguments) -> str:
    """Where the archive of these arguments lies; the page of the archives when it is not there yet."""
    found = PreparedFile.objects.filter(kind=KIND, arguments__nonce=arguments["nonce"])
    return reverse("archive_file", args=[found.values_list("key", flat=True).get()])


def _page(arguments: Arguments) -> str:
    return reverse("archive")


MAKER = Maker(KIND, "Архив портала", _read, _make, _address, _page, is_long=True)
