"""The versions of a decision's text."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet


class VersionAction(models.TextChoices):
    """What was done to a decision; each leaves a version behind."""

    CREATED = "created", "Создан проект"
    REVISED = "revised", "Исправлен текст"
    ADOPTED = "adopted", "Решение принято"
    LOADED = "loaded", "Внесено как решение прошлых лет"
    REOPENED = "reopened", "Отметка о принятии отменена"
    SIGNED = "signed", "Решение подписано"
    SCAN_ADDED = "scan_added", "Приложен скан подписанного документа"
    SIGNATURE_ADDED = "signature_added", "Приложена электронная подпись"


# With these a decision is no draft any more.
DECIDED = (VersionAction.ADOPTED, VersionAction.LOADED)


class VersionQuerySet(AppendOnlyQuerySet["ResolutionVersion"]):
    """Versions of decisions."""


class ResolutionVersion(AppendOnlyModel):
    """The whole text at a moment: who made it so, when, by which action and why. Never edited."""

    resolution = models.ForeignKey("resolutions.Resolution", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("номер")
    action = models.CharField("действие", max_length=20, choices=VersionAction)
    text = models.JSONField("текст")
    reason = models.CharField("причина", max_length=500, blank=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField("кто", max_length=150)
    at = models.DateTimeField("когда", auto_now_add=True)

    actor_id: int | None

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "версия решения"
        verbose_name_plural = "версии решения"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["resolution", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(action__in=VersionAction.values), name="version_action_known"),
        ]

    def __str__(self) -> str:
        return f"{self.resolution}, версия {self.number}"
