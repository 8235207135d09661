"""Withdrawal of an issued document: the bytes stay, the paper counts no longer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from documents.models.issued import IssuedDocument
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet
from russian.text import plain_text


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
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_reason"),
            models.CheckConstraint(condition=~Q(withdrawn_by_name=""), name="withdrawn_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.reason}"
