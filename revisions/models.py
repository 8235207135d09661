"""Records that two people may edit without overwriting each other."""

from typing import Protocol, Self

from django.db import models


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
