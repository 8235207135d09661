"""The directions of «Умный город»: each edition of the Standard has its own."""

from typing import Any

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from municipalities.models import StandardEdition
from revisions.history import SignedHistory
from russian.text import plain_text, search_form

NAME_LENGTH = 150


class DirectionManager(models.Manager["Direction"]):
    """Directions come with their edition, without which they are not named: in relations too."""

    def get_queryset(self) -> "models.QuerySet[Direction]":
        """All of them, in the order in which people choose: the latest edition first."""
        return super().get_queryset().select_related("edition")


class Direction(models.Model):
    """A direction of an edition. It may be called otherwise; the code by which it is referred to stays."""

    edition = models.ForeignKey(
        StandardEdition, on_delete=models.PROTECT, related_name="directions", verbose_name="редакция"
    )
    code = models.SlugField("код", max_length=80, unique=True, editable=False)
    name = models.CharField("название", max_length=NAME_LENGTH, validators=[plain_text])
    order = models.PositiveSmallIntegerField("порядок", editable=False)
    search_text = models.TextField(editable=False)

    history = HistoricalRecords(bases=[SignedHistory], excluded_fields=["search_text"])
    objects = DirectionManager()

    class Meta:
        verbose_name = "направление Стандарта"
        verbose_name_plural = "направления Стандарта"
        ordering = ["-edition__year", "order"]
        base_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=["edition", "order"], name="direction_place_once"),
            models.UniqueConstraint(fields=["edition", "name"], name="direction_named_once"),
            models.CheckConstraint(condition=~Q(name=""), name="direction_named"),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.edition.year})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the direction with what people search it by."""
        self.search_text = search_form(self.name)
        super().save(*args, **kwargs)
