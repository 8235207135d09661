"""Files that are made outside requests: which was asked for, how far it is, and where it lies."""

import hashlib
import secrets
from contextlib import ExitStack
from typing import Self

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from background import queue
from background.models import LiveWorker

KEY_BYTES = 24
GAVE_UP = "Помешала ошибка портала. Попробуйте ещё раз; если не получится, скажите администратору."


class PreparedState(models.TextChoices):
    """How far a file is."""

    WAITING = "waiting", "Ждёт очереди"
    MAKING = "making", "Составляется"
    READY = "ready", "Готов"
    FAILED = "failed", "Не составлен"
    STALE = "stale", "Устарел"


UNDER_WAY = (PreparedState.WAITING, PreparedState.MAKING)


def prepared_storage() -> Storage:
    """The storage that settings name for files that were made and can be made again."""
    return storages["prepared"]


def new_key() -> str:
    """What nobody guesses: 192 random bits in 32 characters."""
    return secrets.token_urlsafe(KEY_BYTES)


class PreparedFileQuerySet(models.QuerySet["PreparedFile"]):
    """Files."""

    def with_prospects(self) -> Self:
        """With what the page that waits has to know besides: one query together."""
        task = DBTaskResult.objects.filter(pk=models.OuterRef("task"), status__in=queue.UNDER_WAY)
        lives = models.Exists(LiveWorker.objects.seen_lately())
        return self.annotate(is_cared_for=models.Exists(task), worker_lives=lives)

    def under_way(self) -> Self:
        """Those that are still to come, with their prospects."""
        return self.with_prospects().filter(state__in=UNDER_WAY, is_cared_for=True)


class PreparedFile(models.Model):
    """A file for everybody who asks for the same content on the same day. Made by `documents.preparing` alone.

    Attributes:
        kind: code of a registered maker.
        arguments: plain values from which the maker reads the content.
        digest: SHA-256 of kind, day and content: whoever may see a content finds its file by it, and nobody else.
        key: of the page that tells how far it is.
        task: the task of the queue that makes it.
        for_staff: whether somebody who is logged in asked for it; strangers alone wait behind them.
        network: digest of the network of the stranger who asked; empty for others.
        done, total: how far it is; a total of 0 is not known.
        error: why it failed, for people.
        sha256, size: of the file.
        lacks: what is missing in a file that is ready, for people; empty when it is whole.
    """

    kind = models.CharField("вид", max_length=40)
    arguments = models.JSONField("по чему составлен", default=dict)
    day = models.DateField("день")
    digest = models.CharField("SHA-256 содержания", max_length=64)
    key = models.CharField("ключ", max_length=32, unique=True, default=new_key, editable=False)
    task = models.UUIDField("задача", null=True, editable=False)
    for_staff = models.BooleanField("запрошен сотрудником", default=False)
    network = models.CharField("сеть запросившего, в виде хеша", max_length=64, blank=True)
    state = models.CharField("состояние", max_length=10, choices=PreparedState, default=PreparedState.WAITING)
    done = models.PositiveIntegerField("сделано", default=0)
    total = models.PositiveIntegerField("всего", default=0)
    error = models.TextField("почему не составлен", blank=True)
    file = models.FileField("файл", storage=prepared_storage, max_length=200, blank=True)
    sha256 = models.CharField("SHA-256 файла", max_length=64, blank=True)
    size = models.PositiveBigIntegerField("размер, байт", default=0)
    lacks = models.TextField("чего в нём не хватает", blank=True)
    requested_at = models.DateTimeField("запрошен", default=timezone.now)
    ready_at = models.DateTimeField("готов", null=True)

    objects = PreparedFileQuerySet.as_manager()

    # What `with_prospects` adds; without it nothing is known against the file.
    is_cared_for = True
    worker_lives = True

    class Meta:
        verbose_name = "составляемый файл"
        verbose_name_plural = "составляемые файлы"
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "digest"], name="prepared_once"),
            models.CheckConstraint(condition=models.Q(state__in=PreparedState.values), name="prepared_state_known"),
            models.CheckConstraint(condition=~models.Q(kind=""), name="prepared_has_kind"),
            models.CheckConstraint(condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="prepared_digest_is_hex"),
            models.CheckConstraint(condition=~models.Q(key=""), name="prepared_has_key"),
            models.CheckConstraint(
                condition=models.Q(total=0) | models.Q(done__lte=models.F("total")), name="prepared_done_of_total"
            ),
            models.CheckConstraint(
                condition=models.Q(state="failed") & ~models.Q(error="")
                | ~models.Q(state="failed") & models.Q(error=""),
                name="prepared_failed_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(state="ready", sha256__regex=r"^[0-9a-f]{64}$", ready_at__isnull=False, size__gt=0)
                & ~models.Q(file="")
                | ~models.Q(state="ready") & models.Q(file="", sha256="", size=0, ready_at__isnull=True),
                name="prepared_ready_has_file",
            ),
            models.CheckConstraint(
                condition=models.Q(state="ready") | models.Q(lacks=""), name="prepared_lacks_when_ready"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.requested_at:%d.%m.%Y %H:%M}"

    def get_absolute_url(self) -> str:
        """The page that tells how far it is."""
        return reverse("prepared_file", args=[self.key])

    @property
    def is_under_way(self) -> bool:
        """Whether it is still to come."""
        return self.state in UNDER_WAY and self.is_cared_for

    @property
    def is_lost(self) -> bool:
        """Whether nobody will make it any more: its task failed for good, the last time perhaps with its worker."""
        return self.state in UNDER_WAY and not self.is_cared_for

    @property
    def has_failed(self) -> bool:
        """Whether somebody has to ask for it again."""
        return self.state == PreparedState.FAILED or self.is_lost

    @property
    def reason(self) -> str:
        """Why it failed, in Russian."""
        return self.error or GAVE_UP

    def open_checked(self) -> "File[bytes] | None":
        """The file, which was read through once, piece by piece: it may be larger than the memory of a web server.

        Returns:
            Open at its beginning, for the caller to close; None when it is not there any more or not what was stored:
            then it can be made again.
        """
        with ExitStack() as closing:
            try:
                stream: File[bytes] = closing.enter_context(self.file.storage.open(self.file.name))
            except FileNotFoundError:
                return None
            if hashlib.file_digest(stream, "sha256").hexdigest() != self.sha256:
                return None
            stream.seek(0)
            closing.pop_all()
            return stream
