"""Many letters from one text."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from resolutions.kinds import LETTER_KINDS, letter_kind_choices
from resolutions.models.point import DecisionPoint
from resolutions.models.resolution import Resolution
from russian.text import plain_text


class Mailing(models.Model):
    """What several letters have in common: why they were written, and by whom. The letters keep their own text."""

    kind = models.CharField("вид", max_length=20, choices=letter_kind_choices)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="mailings")
    point = models.ForeignKey(DecisionPoint, on_delete=models.PROTECT, null=True, related_name="mailings")
    title = models.CharField("название", max_length=300, validators=[plain_text])
    created_by_name = models.CharField("кто подготовил", max_length=150)
    created_at = models.DateTimeField("когда", auto_now_add=True)

    class Meta:
        verbose_name = "пакет писем"
        verbose_name_plural = "пакеты писем"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(LETTER_KINDS)), name="mailing_kind_known"),
            models.CheckConstraint(condition=~Q(title=""), name="mailing_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The letters of the mailing, together."""
        return reverse("mailing", args=[self.pk])
