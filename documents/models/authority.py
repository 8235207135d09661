"""The trust store: certification authorities that the operator of the portal trusts."""

import hashlib
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import User
from documents.cms import SignatureRefused, read_certificate


class AuthorityPurpose(models.TextChoices):
    """What an authority is trusted with."""

    SIGNATURES = "signatures", "Подписи людей и метки времени"
    TIME = "time", "Только метки времени"


class TrustedAuthorityQuerySet(models.QuerySet["TrustedAuthority"]):
    """Authorities, past and present."""

    def trusted(self) -> Self:
        """Those that count now; a removed one stays in the table, for history."""
        return self.filter(removed_at__isnull=True)


class TrustedAuthority(models.Model):
    """A root or intermediate certificate that the administrator put into the store; removed, never deleted."""

    name = models.CharField("название", max_length=300)
    purpose = models.CharField(
        "чему доверяем", max_length=20, choices=AuthorityPurpose, default=AuthorityPurpose.SIGNATURES
    )
    certificate = models.BinaryField("сертификат")
    sha256 = models.CharField("отпечаток SHA-256", max_length=64)
    not_before = models.DateTimeField("действует с")
    not_after = models.DateTimeField("действует по")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_by_name = models.CharField("кто добавил", max_length=150)
    added_at = models.DateTimeField("добавлен", default=timezone.now)
    removed_by_name = models.CharField("кто исключил", max_length=150, blank=True)
    removed_at = models.DateTimeField("исключён", null=True)

    objects = TrustedAuthorityQuerySet.as_manager()

    class Meta:
        verbose_name = "доверенный удостоверяющий центр"
        verbose_name_plural = "доверенные удостоверяющие центры"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"],
                condition=Q(removed_at__isnull=True),
                name="authority_once",
                violation_error_message="Этот сертификат уже есть в списке доверенных.",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="authority_has_name"),
            models.CheckConstraint(condition=Q(purpose__in=AuthorityPurpose.values), name="authority_purpose_known"),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | ~Q(removed_by_name=""), name="authority_removed_by"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, der: bytes, *, by: User, purpose: str = AuthorityPurpose.SIGNATURES) -> Self:
        """A trusted authority, not stored yet.

        Args:
            der: its certificate.
            by: the administrator who trusts it.
            purpose: what it is trusted with.

        Returns:
            The record.

        Raises:
            ValueError: it is no certificate.
            SignatureRefused: it is no authority's, is weak, or has no name to show; the message says why, in Russian.
        """
        certificate = read_certificate(der)
        refusal = certificate.flaw
        if not refusal and not certificate.is_authority:
            refusal = "Это не сертификат удостоверяющего центра: он не вправе выдавать сертификаты другим."
        if not refusal and not certificate.owner:
            refusal = "В сертификате нет названия удостоверяющего центра: его нельзя показать."
        if refusal:
            raise SignatureRefused(refusal)
        return cls(
            name=Truncator(certificate.owner).chars(300),
            purpose=purpose,
            certificate=der,
            sha256=hashlib.sha256(der).hexdigest(),
            not_before=certificate.not_before,
            not_after=certificate.not_after,
            added_by=by,
            added_by_name=str(by),
        )

    @property
    def is_valid(self) -> bool:
        """Whether the certificate itself is within its validity."""
        return self.not_before <= timezone.now() <= self.not_after

    def remove(self, *, by: User) -> None:
        """Trust it no longer; what was verified by it before stays as it was recorded."""
        self.removed_at, self.removed_by_name = timezone.now(), str(by)
        self.save(update_fields=["removed_at", "removed_by_name"])
