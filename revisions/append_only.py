"""Records that are written once: history, issued documents, signatures."""

from typing import Any, NoReturn, TypeVar

from django.db import models


class AppendOnlyViolation(Exception):
    """Somebody tried to change or delete a row that is written once."""


ModelT = TypeVar("ModelT", bound=models.Model, covariant=True)


class AppendOnlyQuerySet(models.QuerySet[ModelT]):
    """A query set that reads and adds, and nothing else."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise `AppendOnlyViolation`: there is no other answer."""
        raise AppendOnlyViolation(f"{self.model._meta.label} is written once")

    update = bulk_update = delete = update_or_create = _refuse


class AppendOnlyModel(models.Model):
    """A record that can be added, and neither changed nor deleted."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new row.

        Raises:
            AppendOnlyViolation: the row is stored already.
        """
        if not self._state.adding:
            raise AppendOnlyViolation(f"{self._meta.label} {self.pk} is written once")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse.

        Raises:
            AppendOnlyViolation: always.
        """
        raise AppendOnlyViolation(f"{self._meta.label} {self.pk} stays")
