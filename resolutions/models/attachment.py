"""Files that prove something: added to an entry of progress, to a step of a letter, or to what came in."""

import uuid
from pathlib import PurePath

from django.db import models
from django.db.models import Q
from django.urls import reverse

from resolutions.models.incoming import IncomingEntry
from resolutions.models.letter_step import LetterStep
from resolutions.models.member_report_row import MemberReportRow
from resolutions.models.progress import ProgressEntry
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet


def stored_name(attachment: "Attachment", filename: str) -> str:
    """Where a file is stored: under a name that cannot be guessed, whatever the upload was called."""
    return f"attachments/{uuid.uuid4().hex}{PurePath(attachment.name).suffix.lower()}"


OWNERS = ("entry", "step", "incoming", "member_report")


def _is_of(owner: str) -> Q:
    """Of this one, and of no other."""
    return Q(**{f"{one}__isnull": one != owner for one in OWNERS})


class AttachmentQuerySet(AppendOnlyQuerySet["Attachment"]):
    """Attached files."""


class Attachment(AppendOnlyModel):
    """A file as it was uploaded, with what it proves. Written once; `resolutions.access` says for whom."""

    file = models.FileField("файл", upload_to=stored_name)
    name = models.CharField("название", max_length=150)
    size = models.PositiveIntegerField("размер, байт")
    sha256 = models.CharField("SHA-256", max_length=64)
    entry = models.ForeignKey(ProgressEntry, on_delete=models.PROTECT, null=True, related_name="files")
    step = models.ForeignKey(LetterStep, on_delete=models.PROTECT, null=True, related_name="files")
    incoming = models.ForeignKey(IncomingEntry, on_delete=models.PROTECT, null=True, related_name="files")
    member_report = models.ForeignKey(MemberReportRow, on_delete=models.PROTECT, null=True, related_name="files")
    added_by_name = models.CharField("кто приложил", max_length=150)
    added_at = models.DateTimeField("когда", auto_now_add=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "приложенный файл"
        verbose_name_plural = "приложенные файлы"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(*(_is_of(owner) for owner in OWNERS), _connector=Q.OR),
                name="attachment_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(name="") & Q(size__gt=0), name="attachment_is_a_file"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where those who may see it download the file."""
        return reverse("attachment", args=[self.pk])
