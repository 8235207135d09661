"""What every log of uploaded workbooks keeps: who, when, what would change, what became of it, and the file itself."""

import datetime as dt
import hashlib
import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django_tasks.base import Task

from accounts.models import User
from background.queue import is_at_work
from listings.badges import ToneChoices


class ImportState(ToneChoices):
    """What became of an upload."""

    READING = "reading", "doing", "Читается"
    PREVIEW = "preview", "doing", "Предпросмотр"
    REFUSED = "refused", "todo", "Есть ошибки"
    APPLYING = "applying", "doing", "Загружается"
    APPLIED = "applied", "done", "Загружено"
    DISCARDED = "discarded", "off", "Отменено"


UNDER_WAY = frozenset({ImportState.READING, ImportState.APPLYING})  # the worker is at it, or will be
OPEN = frozenset({ImportState.PREVIEW, ImportState.REFUSED, *UNDER_WAY})
_READ = frozenset({ImportState.PREVIEW, ImportState.REFUSED, ImportState.DISCARDED})
TRANSITIONS = {
    ImportState.READING: _READ | {ImportState.READING},
    ImportState.PREVIEW: _READ | {ImportState.READING, ImportState.APPLYING, ImportState.APPLIED},
    ImportState.REFUSED: frozenset({ImportState.DISCARDED}),
    ImportState.APPLYING: _READ | {ImportState.READING, ImportState.APPLIED},
    ImportState.APPLIED: frozenset[ImportState](),
    ImportState.DISCARDED: frozenset[ImportState](),
}


class WorkbookUpload(models.Model):
    """An upload in a log. Never deleted: the history of what it changed names it.

    Attributes:
        address: the name of its page's address.
        task: of the worker, while it is under way.
        plan: what was found, as JSON: the errors, and what would change.
    """

    address: ClassVar[str]

    state = models.CharField(
        "состояние", max_length=20, choices=ImportState, default=ImportState.PREVIEW, editable=False
    )
    uploaded_at = models.DateTimeField("загружено на портал", default=timezone.now, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name="кто загрузил",
    )
    uploaded_by_name = models.CharField("кто загрузил (имя на тот момент)", max_length=150, editable=False)
    decided_at = models.DateTimeField("решено", null=True, editable=False)
    decided_by_name = models.CharField("кто решил (имя на тот момент)", max_length=150, blank=True, editable=False)
    task = models.UUIDField("задача обработчика", null=True, editable=False)
    rows = models.PositiveIntegerField("строк прочитано", default=0, editable=False)
    errors = models.PositiveIntegerField("ошибок", default=0, editable=False)
    plan = models.JSONField("что найдено", default=dict, editable=False)

    class Meta:
        abstract = True
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ImportState.values), name="%(class)s_state_known"),
            models.CheckConstraint(condition=~models.Q(uploaded_by_name=""), name="%(class)s_has_author"),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(OPEN), decided_at__isnull=True, decided_by_name="")
                | (
                    models.Q(decided_at__isnull=False)
                    & ~models.Q(state__in=sorted(OPEN))
                    & ~models.Q(decided_by_name="")
                ),
                name="%(class)s_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ImportState.APPLIED) | models.Q(errors=0),
                name="%(class)s_applied_without_errors",
            ),
        ]

    def __str__(self) -> str:
        return f"Загрузка № {self.pk}"

    def get_absolute_url(self) -> str:
        """The preview, and later what became of it."""
        return reverse(self.address, args=[self.pk])

    @property
    def badge(self) -> ImportState:
        """Its state, which says how it looks."""
        return ImportState(self.state)

    @property
    def is_under_way(self) -> bool:
        """Whether the worker reads or writes it, or will."""
        return self.state in UNDER_WAY

    @property
    def has_stopped(self) -> bool:
        """Whether the worker gave up on it: its task failed for good. One query."""
        return self.is_under_way and not is_at_work(self.task)

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision."""
        return self.state in OPEN

    def move(self, state: ImportState, *, by: User | None = None, at: dt.datetime | None = None) -> None:
        """Change the state; nothing else does. The caller saves in the transaction of what it does.

        Args:
            state: the next one.
            by: who decides; needed when the next state is a final one.
            at: when that is decided; now when left out.

        Raises:
            ValidationError: the import was decided already, or nobody decides.
        """
        if state not in TRANSITIONS[ImportState(self.state)]:
            raise ValidationError(
                f"{self}: {self.get_state_display().lower()}. Загрузите файл ещё раз.", code="decided"
            )
        self.state = state
        if state not in OPEN:
            if by is None:
                raise ValueError("a final state needs somebody who decides")
            self.decided_at, self.decided_by_name = at or timezone.now(), str(by)[:150]

    def begin(self, state: ImportState, task: Task[..., None], *arguments: str | int) -> None:
        """Let the worker go on, in the transaction of the caller.

        Args:
            state: what it is at from now on.
            task: what it does; takes the key of the upload, then the arguments.
            *arguments: the others.

        Raises:
            ValidationError: it was decided already.
        """
        self.move(state)
        self.task = uuid.UUID(task.enqueue(self.pk, *arguments).id)
        self.save()


def import_path(file: Any, filename: str) -> str:
    """Where a workbook is stored: under a name that cannot be guessed, whatever the upload was called."""
    return f"imports/{uuid.uuid4().hex}.xlsx"


class KeptWorkbook(models.Model):
    """A workbook, kept as it came."""

    name = models.CharField("имя файла", max_length=150, editable=False)
    file = models.FileField("файл", upload_to=import_path, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    size = models.PositiveIntegerField("размер, байт", editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="%(class)s_sha256_hex"),
        ]

    def keep(self, file: "File[bytes]", name: str) -> None:
        """Keep a file as it came, beside its SHA-256, and save the row.

        Args:
            file: the workbook; its position is put back to the beginning.
            name: how it is called.
        """
        checksum = hashlib.sha256()
        for piece in file.chunks():
            checksum.update(piece)
        file.seek(0)
        self.name, self.sha256, self.size = name, checksum.hexdigest(), file.size
        self.file.save(name, file, save=False)
        self.save()
