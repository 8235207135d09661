"""Files that prove something: added to an entry of progress, or to a step of a letter, its answer included."""

import hashlib
import uuid
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from documents.downloads import safe_name
from resolutions.models.letter_step import LetterStep
from resolutions.models.progress import ProgressEntry
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet

MAX_BYTES = 20 * 1024 * 1024

# Ending → what a file with it begins with. What people attach: papers, scans, office files, letters.
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BEGINNINGS = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "zip"), (_ZIP,)),
    **dict.fromkeys(("doc", "xls", "msg"), (_OLE,)),
    **dict.fromkeys(("eml", "txt", "sig"), (b"",)),
}


@dataclass(frozen=True)
class Upload:
    """A file that was let in, not stored yet."""

    file: "File[Any]"
    name: str

    @classmethod
    def of(cls, file: "File[Any]") -> "Upload":
        """Let a file in.

        Args:
            file: what was sent, open or reopenable.

        Raises:
            ValidationError: empty, over 20 MB, of a kind nobody needs, or not what its ending says.
        """
        name = safe_name(str(file.name or ""))
        ending = PurePath(name).suffix.lstrip(".").lower()
        if not file.size:
            raise ValidationError("Файл «%(name)s» пуст.", params={"name": name})
        if file.size > MAX_BYTES:
            raise ValidationError("Файл «%(name)s» больше 20 МБ.", params={"name": name})
        file.seek(0)
        beginning = file.read(8)
        file.seek(0)
        if not any(beginning.startswith(one) for one in BEGINNINGS.get(ending, ())):
            raise ValidationError(
                "Файл «%(name)s» не подходит: приложите PDF, изображение, файл Word или Excel, письмо или архив ZIP.",
                params={"name": name},
            )
        return cls(file, name)

    def attach(
        self,
        *,
        by: User,
        entry: ProgressEntry | None = None,
        step: LetterStep | None = None,
    ) -> "Attachment":
        """Store the file with what it proves: an entry or a step."""
        digest = hashlib.sha256()
        for piece in self.file.chunks():
            digest.update(piece)
        return Attachment.objects.create(
            file=self.file,
            name=self.name,
            size=self.file.size,
            sha256=digest.hexdigest(),
            entry=entry,
            step=step,
            added_by_name=str(by),
        )


def stored_name(attachment: "Attachment", filename: str) -> str:
    """Where a file is stored: under a name that cannot be guessed, whatever the upload was called."""
    return f"attachments/{uuid.uuid4().hex}{PurePath(attachment.name).suffix.lower()}"


class AttachmentQuerySet(AppendOnlyQuerySet["Attachment"]):
    """Attached files."""


class Attachment(AppendOnlyModel):
    """A file as it was uploaded, with what it proves. Written once, for the Union's staff alone."""

    file = models.FileField("файл", upload_to=stored_name)
    name = models.CharField("название", max_length=150)
    size = models.PositiveIntegerField("размер, байт")
    sha256 = models.CharField("SHA-256", max_length=64)
    entry = models.ForeignKey(ProgressEntry, on_delete=models.PROTECT, null=True, related_name="files")
    step = models.ForeignKey(LetterStep, on_delete=models.PROTECT, null=True, related_name="files")
    added_by_name = models.CharField("кто приложил", max_length=150)
    added_at = models.DateTimeField("когда", auto_now_add=True)

    objects: ClassVar[AttachmentQuerySet] = AttachmentQuerySet.as_manager()  # type: ignore[assignment]  # a manager of it

    class Meta:
        verbose_name = "приложенный файл"
        verbose_name_plural = "приложенные файлы"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False, step__isnull=True) | Q(entry__isnull=True, step__isnull=False),
                name="attachment_of_one_thing",
            ),
            models.CheckConstraint(condition=~Q(name="") & Q(size__gt=0), name="attachment_is_a_file"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where the Union's staff download the file."""
        return reverse("attachment", args=[self.pk])
