"""What the workers keep beside their queue: that they live, and which periodic jobs were begun."""

import datetime as dt

from django.db import models
from django.utils import timezone

SEEN_LATELY = dt.timedelta(seconds=30)


class LiveWorkerQuerySet(models.QuerySet["LiveWorker"]):
    """Workers."""

    def seen_lately(self) -> "LiveWorkerQuerySet":
        """Those that said so within half a minute by the clock: a remark for people, nothing is decided by it."""
        return self.filter(seen_at__gt=timezone.now() - SEEN_LATELY)


class LiveWorker(models.Model):
    """A process that runs tasks, as long as it lives. A thread of it moves `beats`.

    Whether one lives is judged by others from whether it moves, never from a clock.
    """

    key = models.CharField("ключ", max_length=32, unique=True, editable=False)
    beats = models.PositiveBigIntegerField("ударов", default=0, editable=False)
    started_at = models.DateTimeField("запущен", default=timezone.now, editable=False)
    seen_at = models.DateTimeField("последний удар", default=timezone.now, editable=False)  # for people, as a remark

    objects = LiveWorkerQuerySet.as_manager()

    class Meta:
        verbose_name = "обработчик очереди"
        verbose_name_plural = "обработчики очереди"
        ordering = ["started_at", "pk"]

    def __str__(self) -> str:
        return self.key


class PeriodicJob(models.Model):
    """How far a job has got that is begun again and again: the beginning of the last slot for which it was."""

    name = models.CharField("название", max_length=60, unique=True, editable=False)
    slot = models.DateTimeField("последний запуск", editable=False)

    class Meta:
        verbose_name = "периодическая работа"
        verbose_name_plural = "периодические работы"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
