"""What the workers keep beside their queue: that they live, and which periodic jobs were begun."""

from django.db import models
from django.utils import timezone


class LiveWorker(models.Model):
    """A process that runs tasks, as long as it lives. A thread of it moves `beats`.

    Whether one lives is judged by others from whether it moves, never from a clock.
    """

    key = models.CharField("ключ", max_length=32, unique=True, editable=False)
    beats = models.PositiveBigIntegerField("ударов", default=0, editable=False)
    started_at = models.DateTimeField("запущен", default=timezone.now, editable=False)
    seen_at = models.DateTimeField("последний удар", default=timezone.now, editable=False)  # for people, as a remark

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
