"""Which point of a decision a promise names."""

from django.db import models

from municipalities.practices.models import Commitment
from resolutions.models.point import DecisionPoint
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet


class PointPromiseQuerySet(AppendOnlyQuerySet["PointPromise"]):
    """Ties of promises to points; they come, and stay."""


class PointPromise(AppendOnlyModel):
    """A promise that names a point, and therefore counts for it. Written once, with the promise itself."""

    commitment = models.OneToOneField(
        Commitment, on_delete=models.PROTECT, related_name="named_point", verbose_name="обязательство"
    )
    point = models.ForeignKey(
        DecisionPoint, on_delete=models.PROTECT, related_name="promises", verbose_name="пункт решения"
    )

    objects = PointPromiseQuerySet.as_manager()

    class Meta:
        verbose_name = "обязательство по пункту"
        verbose_name_plural = "обязательства по пунктам"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.point}: {self.commitment}"
