"""Signatures on issued documents. Rows are written once."""

import datetime as dt
import secrets
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone

from documents.models.issued import IssuedDocument
from documents.scans import scan_name, validate_scan
from documents.signatories import is_somebody_else
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet
from russian.text import plain_text

ROOM_FOR_NAME = 150


class SignatureKind(models.TextChoices):
    """How a document was signed."""

    HANDWRITTEN = "handwritten", "Собственноручная подпись"
    CMS = "cms", "Электронная подпись"


def container_name(signature: "Signature", filename: str) -> str:
    """Where a .sig file is stored: under a name that cannot be guessed, whatever the upload was called."""
    return f"signatures/{secrets.token_hex(16)}.sig"


class SignatureQuerySet(AppendOnlyQuerySet["Signature"]):
    def standing(self) -> Self:
        """Without the first record of a signature that could not be verified then, and was verified later."""
        verified = Signature.objects.filter(
            document=models.OuterRef("document"), identity=models.OuterRef("identity"), is_verified=True
        )
        return self.filter(~models.Q(is_verified=False) | ~models.Exists(verified))

    def to_show(self) -> Self:
        """Those that stand, with what a page or a protocol asks of their document."""
        return self.standing().select_related("document")


class Signature(AppendOnlyModel):
    """A signature on an issued document: who signed, when, and who in the Union confirmed it."""

    document = models.ForeignKey(
        IssuedDocument, on_delete=models.PROTECT, related_name="signatures", verbose_name="документ"
    )
    kind = models.CharField(
        "вид подписи", max_length=20, choices=SignatureKind, default=SignatureKind.HANDWRITTEN, editable=False
    )
    scan = models.FileField(
        "скан подписанного документа",
        upload_to=scan_name,
        blank=True,
        validators=[validate_scan],
        help_text="PDF, PNG или JPEG, не больше 20 МБ",
    )
    container = models.FileField("файл подписи", upload_to=container_name, blank=True, editable=False)
    container_sha256 = models.CharField("SHA-256 файла подписи", max_length=64, blank=True, editable=False)
    identity = models.CharField("отпечаток подписи", max_length=64, blank=True, editable=False)
    is_verified = models.BooleanField("проверена", null=True, editable=False)
    evidence = models.JSONField("что установила проверка", default=dict, blank=True, editable=False)
    signer_name = models.CharField(
        "кто подписал", max_length=ROOM_FOR_NAME, validators=[plain_text], help_text="Как в документе: «Н.В. Корягина»"
    )
    signed_on = models.DateField("дата подписания")
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="кем подтверждена",
    )
    confirmed_by_name = models.CharField("имя подтвердившего", max_length=150, editable=False)
    added_at = models.DateTimeField("внесена", default=timezone.now, editable=False)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = "подпись"
        verbose_name_plural = "подписи"
        ordering = ["signed_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=SignatureKind.values), name="signature_kind_known"),
            models.CheckConstraint(
                condition=~models.Q(kind=SignatureKind.HANDWRITTEN) | ~models.Q(scan=""),
                name="signature_by_hand_has_scan",
                violation_error_message="Приложите скан подписанного документа.",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=SignatureKind.CMS)
                | ~models.Q(container="")
                & ~models.Q(container_sha256="")
                & ~models.Q(identity="")
                & models.Q(is_verified__isnull=False),
                name="signature_cms_has_checked_container",
            ),
            models.UniqueConstraint(
                fields=["document", "identity", "is_verified"],
                condition=~models.Q(identity=""),
                name="signature_once",
                violation_error_message="Эта подпись уже приложена.",
            ),
            models.CheckConstraint(condition=~models.Q(signer_name=""), name="signature_has_signer"),
            models.CheckConstraint(condition=~models.Q(confirmed_by_name=""), name="signature_confirmed_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.signer_name}, {self.get_kind_display().lower()}"

    def clean(self) -> None:
        """The pen leaves a paper to scan, and nobody signs tomorrow."""
        if self.kind == SignatureKind.HANDWRITTEN and not self.scan:
            raise ValidationError({"scan": "Приложите скан подписанного документа."})
        if self.signed_on and self.signed_on > timezone.localdate():
            raise ValidationError({"signed_on": "Дата подписания ещё не наступила."})

    @property
    def differs_from_signatory(self) -> bool:
        """Whether somebody else signed than the document names: a reason to look, not to refuse."""
        return is_somebody_else(self.signer_name, self.document.signatory)

    @property
    def masked_snils(self) -> str:
        """СНИЛС as the public may read it: its last two digits; empty when the certificate has none."""
        return _masked(str(self.evidence.get("snils", "")))

    @property
    def masked_inn(self) -> str:
        """ИНН as the public may read it."""
        return _masked(str(self.evidence.get("inn", "")))

    @property
    def certificate_validity(self) -> tuple[dt.datetime, dt.datetime]:
        """Beginning and end of the certificate's validity; of an electronic signature alone."""
        begins, ends = (dt.datetime.fromisoformat(self.evidence[key]) for key in ("not_before", "not_after"))
        return begins, ends

    @property
    def checked_at(self) -> dt.datetime | None:
        """When the portal checked an electronic signature: the verdict is of that day and does not change later."""
        return self._moment("checked_at")

    @property
    def claimed_at(self) -> dt.datetime | None:
        """When it was made, in the words of the signer."""
        return self._moment("signed_at")

    @property
    def stamped_at(self) -> dt.datetime | None:
        """When it existed, by a trusted time stamp."""
        return self._moment("stamped_at")

    def _moment(self, key: str) -> dt.datetime | None:
        written = self.evidence.get(key)
        return dt.datetime.fromisoformat(written) if written else None

    @property
    def container_url(self) -> str:
        """Where everybody who may see the document downloads the .sig file."""
        return reverse("signature_file", args=[self.document.verification_code, self.pk])


def _masked(number: str) -> str:
    """All digits but the last two are hidden: personal data (Федеральный закон от 27.07.2006 № 152-ФЗ)."""
    return "*" * (len(number) - 2) + number[-2:] if number else ""
