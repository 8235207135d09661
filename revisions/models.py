"""Records that two people may edit without overwriting each other, and forms that are sent once."""

from typing import Protocol, Self

from django.db import models
from django.utils import timezone


class Versioned(Protocol):
    """What has a version: a record, or a ledger as it was read."""

    @property
    def version(self) -> int:
        """Higher with every change."""


class EditConflict(Exception):
    """Somebody else saved the record after the form was opened.

    Attributes:
        current: the record as it is stored now, locked in the surrounding transaction; or the ledger as it is now.
    """

    def __init__(self, current: Versioned) -> None:
        super().__init__(f"{current!r} is at version {current.version}")
        self.current = current


class VersionedModel(models.Model):
    """A record whose edit forms carry the version they were opened with."""

    version = models.PositiveIntegerField("версия записи", default=1, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def locked(cls, pk: object, version: int) -> Self:
        """The record, locked for the rest of the transaction, at its next version.

        Call it inside `transaction.atomic()`; whoever saves the result stores the next version.

        Args:
            pk: primary key.
            version: the version that the form was opened with.

        Returns:
            The record with `version` already raised by one (not saved).

        Raises:
            EditConflict: somebody saved a later version meanwhile.
            cls.DoesNotExist: there is no such record any more.
        """
        current = cls._default_manager.select_for_update().get(pk=pk)
        if current.version != version:
            raise EditConflict(current)
        current.version += 1
        return current


class SentForm(models.Model):
    """A form that was sent and did something: sent again, it does nothing more.

    The row is written in the transaction of what the form did, so there is one exactly when there is the other.
    """

    key = models.CharField(
        "ключ", max_length=64, help_text="Отпечаток ключа формы, адреса и отправителя: из него ничего не узнать."
    )
    digest = models.CharField(
        "отпечаток присланного", max_length=64, db_index=True, help_text="С адресом и отправителем."
    )
    answer = models.CharField("куда привела", max_length=500, help_text="Пусто, пока ответа нет.")
    at = models.DateTimeField("когда", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "отправленная форма"
        verbose_name_plural = "отправленные формы"
        constraints = (models.UniqueConstraint(fields=["key"], name="form_sent_once"),)

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y %H:%M}"
