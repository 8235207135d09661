"""What the operator loaded about revoked certificates: the latest list of each authority, and OCSP answers."""

import hashlib
from typing import Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import Truncator

from accounts.models import User
from documents.cms import Certificate
from documents.cms.ocsp import OcspAnswer
from documents.cms.revocation import LoadedSource, loaded_source
from documents.models.authority import TrustedAuthority


class RevocationRefused(Exception):
    """The file tells nothing that the portal can rely on; the message says why, in Russian."""


class RevocationSourceQuerySet(models.QuerySet["RevocationSource"]):
    def of(self, issuer: Certificate) -> Self:
        """Those of an authority.

        Args:
            issuer: its certificate.
        """
        return self.filter(issuer_key=issuer.subject.fingerprint)


class RevocationSource(models.Model):
    """A revocation list or an OCSP answer that an authority of the trust store signed; the next one replaces it."""

    what = models.CharField("вид", max_length=20)
    issuer_name = models.CharField("удостоверяющий центр", max_length=300)
    issuer_key = models.CharField("отпечаток имени центра", max_length=64, db_index=True)
    signer_key = models.CharField("отпечаток ключа центра", max_length=64)
    scope = models.CharField("о каких сертификатах", max_length=64, blank=True)
    content = models.BinaryField("файл")
    sha256 = models.CharField("SHA-256 файла", max_length=64)
    made_at = models.DateTimeField("составлен")
    next_at = models.DateTimeField("следующий ожидается", null=True)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    loaded_by_name = models.CharField("кто загрузил", max_length=150)
    loaded_at = models.DateTimeField("загружен", default=timezone.now)

    objects = RevocationSourceQuerySet.as_manager()

    class Meta:
        verbose_name = "сведения об отзыве"
        verbose_name_plural = "сведения об отзыве"
        ordering = ["issuer_name", "-made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["signer_key", "what", "scope"], name="revocation_source_once"),
            models.CheckConstraint(condition=~models.Q(loaded_by_name=""), name="revocation_source_loaded_by"),
        ]

    def __str__(self) -> str:
        return f"{self.what}, {self.issuer_name}"

    @property
    def is_fresh(self) -> bool:
        """Whether the next one is not due yet."""
        return self.next_at is not None and timezone.now() <= self.next_at


@transaction.atomic
def load_revocation(content: bytes, *, by: User | None, by_name: str) -> RevocationSource:
    """Keep a revocation list or an OCSP answer for the checks to come.

    Args:
        content: the file, DER or PEM.
        by: who loads it; None on the command line.
        by_name: how the record names them.

    Returns:
        The stored record; the same authority's former list of the same certificates is replaced, the same file is not.

    Raises:
        RevocationRefused: it is none, no trusted authority signed it, or a later one is there already.
    """
    trusted = TrustedAuthority.objects.trusted().values_list("certificate", flat=True)
    source = loaded_source(content, [bytes(der) for der in trusted], now=timezone.now())
    if isinstance(source, str):
        raise RevocationRefused(source)
    signer_key = _key_of(source)
    former = RevocationSource.objects.select_for_update().filter(
        signer_key=signer_key, what=source.what, scope=source.scope
    )
    known = former.first()
    if known and known.sha256 == hashlib.sha256(source.der).hexdigest():
        return known
    if known and known.made_at >= source.made_at:
        raise RevocationRefused("Более новый файл этого удостоверяющего центра уже загружен.")
    former.delete()
    RevocationSource.objects.filter(what=OcspAnswer.WHAT, next_at__lt=timezone.now()).delete()  # nobody asks them again
    record = _record(source, by=by, by_name=by_name)
    record.save()
    return record


def _key_of(source: LoadedSource) -> str:
    """An authority may have several keys, and a list for each."""
    return hashlib.sha256(source.issuer.subject.fingerprint.encode() + source.issuer.spki).hexdigest()


def _record(source: LoadedSource, *, by: User | None, by_name: str) -> RevocationSource:
    issuer = source.issuer
    return RevocationSource(
        what=source.what,
        issuer_name=Truncator(issuer.owner).chars(300),
        issuer_key=issuer.subject.fingerprint,
        signer_key=_key_of(source),
        scope=source.scope,
        content=source.der,
        sha256=hashlib.sha256(source.der).hexdigest(),
        made_at=source.made_at,
        next_at=source.next_at,
        loaded_by=by,
        loaded_by_name=by_name,
    )
