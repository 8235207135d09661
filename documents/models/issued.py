"""Documents that left the portal, and how they were withdrawn. Rows are written once."""

import hashlib
import logging
from typing import NoReturn, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.access import Visitor, has_permission
from accounts.roles import Permission
from documents.storage import issued_storage
from documents.verification import CODE_LENGTH, CODE_PATTERN, Verification
from listings.badges import ToneChoices
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet
from russian.text import plain_text

logger = logging.getLogger(__name__)


class DamagedDocument(Exception):
    """The stored bytes are not those that were issued."""


class DocumentKind(models.TextChoices):
    """What an issued document is."""

    DECISION = "decision", "Решение"
    LETTER = "letter", "Письмо"


class DocumentState(ToneChoices):
    """Whether a paper counts. What was withdrawn stays withdrawn, superseded or not."""

    IN_FORCE = "in_force", "done", "Действует"
    SUPERSEDED = "superseded", "stale", "Заменён"
    WITHDRAWN = "withdrawn", "suspended", "Отозван"


class IssuedDocumentQuerySet(AppendOnlyQuerySet["IssuedDocument"]):
    def visible_to(self, user: Visitor) -> Self:
        """Public ones are for everybody, the others for the Union's staff."""
        return self if has_permission(user, Permission.READ_INTERNAL) else self.filter(is_public=True)

    def with_state(self) -> Self:
        """With everything that `IssuedDocument.state` asks for."""
        return self.select_related("supersedes", "withdrawal").prefetch_related("successors")

    def show_to_everybody(self, is_public: bool) -> int:
        """Say whether everybody may see them: the one thing that changes about what was issued; its bytes never do.

        Called by `documents.publishing` alone.
        """
        return models.QuerySet.update(self, is_public=is_public)


def content_address(document: "IssuedDocument", filename: str) -> str:
    """Where the bytes lie: their own SHA-256, so the name says what must be inside."""
    return f"{document.sha256[:2]}/{document.sha256}.pdf"


class IssuedDocument(AppendOnlyModel):
    """A PDF as it left the portal: frozen bytes, their SHA-256 and the code to verify them by.

    `content` is what was printed, as JSON values: copies with the marks of signatures are printed from it.
    Made by `documents.issuing.issue` alone.
    """

    kind = models.CharField("вид", max_length=20, choices=DocumentKind)
    title = models.CharField("название", max_length=500, validators=[plain_text])
    file = models.FileField("файл", storage=issued_storage, upload_to=content_address)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveIntegerField("размер, байт")
    content = models.JSONField("содержание", default=dict, blank=True)
    verification_code = models.CharField("код проверки", max_length=CODE_LENGTH)
    issued_at = models.DateTimeField("выпущен", default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="кем выпущен"
    )
    issued_by_name = models.CharField("имя выпустившего", max_length=150)
    is_public = models.BooleanField("доступен всем")
    prints_code = models.BooleanField("код проверки напечатан")
    supersedes = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name="взамен документа",
    )

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "выпущенный документ"
        verbose_name_plural = "выпущенные документы"
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=DocumentKind.values), name="issued_kind_known"),
            models.CheckConstraint(condition=~models.Q(title=""), name="issued_has_title"),
            models.CheckConstraint(condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="issued_sha256_is_hex"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="issued_is_not_empty"),
            models.CheckConstraint(
                condition=models.Q(verification_code__regex=f"^{CODE_PATTERN}$"), name="issued_code_well_formed"
            ),
            models.CheckConstraint(condition=~models.Q(issued_by_name=""), name="issued_by_somebody"),
            models.UniqueConstraint(fields=["sha256"], name="issued_bytes_once"),
            models.UniqueConstraint(fields=["verification_code"], name="issued_code_once"),
            models.UniqueConstraint(
                fields=["supersedes"],
                name="issued_superseded_once",
                violation_error_message="Этот документ уже заменён другим.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page that tells what this document is."""
        return reverse("verify_code", args=[self.verification_code])

    @property
    def verification(self) -> Verification:
        """Code and address, as the paper prints them."""
        return Verification.of(self.verification_code)

    @property
    def signatory(self) -> str:
        """Whom the paper names as its signatory; empty when nobody told."""
        return str(self.content.get("signatory_name", ""))

    @property
    def successor(self) -> "IssuedDocument | None":
        """The document that superseded this one."""
        return next(iter(self.successors.all()), None)

    @property
    def papers(self) -> "list[IssuedDocument]":
        """This document and those that it replaced, itself first. A query for each of them."""
        return [self, *(self.supersedes.papers if self.supersedes else [])]

    @property
    def withdrawn(self) -> "DocumentWithdrawal | None":
        """How this document was withdrawn; None while it was not."""
        found: DocumentWithdrawal | None = getattr(self, "withdrawal", None)
        return found

    @property
    def state(self) -> DocumentState:
        """Whether the paper counts: the one place that decides it."""
        if self.withdrawn:
            return DocumentState.WITHDRAWN
        return DocumentState.SUPERSEDED if self.successor else DocumentState.IN_FORCE

    @property
    def withdrawal_refusal(self) -> str | None:
        """Why the document cannot be withdrawn in its state, in Russian; None when it can."""
        return {
            DocumentState.WITHDRAWN: "Документ уже отозван.",
            DocumentState.SUPERSEDED: "Документ уже заменён другим: отзывать его не нужно.",
        }.get(self.state)

    def clean(self) -> None:
        """A document is superseded by its own kind."""
        if self.supersedes is not None and self.supersedes.kind != self.kind:
            raise ValidationError({"supersedes": "Заменить документ может только документ того же вида."})

    def read(self) -> bytes:
        """The issued bytes.

        Returns:
            Exactly what was issued.

        Raises:
            DamagedDocument: the file is missing or differs; an alarm is logged, and nobody gets the file.
        """
        try:
            with self.file.storage.open(self.file.name) as stream:
                content: bytes = stream.read()
        except FileNotFoundError as error:
            self._raise_alarm("the file is missing", error)
        if len(content) != self.size or hashlib.sha256(content).hexdigest() != self.sha256:
            self._raise_alarm("the bytes differ from those issued")
        return content

    def _raise_alarm(self, what: str, cause: Exception | None = None) -> NoReturn:
        """Log for whoever watches the server, and stop."""
        logger.critical("Issued document %s (%s) is damaged: %s", self.pk, self.file.name, what)
        raise DamagedDocument(f"Issued document {self.pk} is damaged: {what}") from cause


class WithdrawalQuerySet(AppendOnlyQuerySet["DocumentWithdrawal"]):
    """Withdrawals."""


class DocumentWithdrawal(AppendOnlyModel):
    """An issued document was withdrawn: by whom, when and why. Cannot be taken back: a new document is issued instead.

    Made by `documents.withdrawing.withdraw` alone.
    """

    document = models.OneToOneField(
        IssuedDocument, on_delete=models.PROTECT, related_name="withdrawal", verbose_name="документ"
    )
    reason = models.CharField(
        "причина отзыва",
        max_length=500,
        validators=[plain_text],
        help_text="Её прочитает каждый, кто проверит документ",
    )
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_by_name = models.CharField("кто отозвал", max_length=150)
    withdrawn_at = models.DateTimeField("отозван", default=timezone.now)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = "отзыв документа"
        verbose_name_plural = "отзывы документов"
        ordering = ["-withdrawn_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="withdrawal_has_reason"),
            models.CheckConstraint(condition=~models.Q(withdrawn_by_name=""), name="withdrawn_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.reason}"
