"""The solutions that a municipality has, plans or introduces, by the directions of the Standard."""

from collections.abc import Iterable
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from listings.badges import ToneChoices
from municipalities.practices.models.publication import Publication
from municipalities.practices.models.standard import Direction
from revisions.days import EARLIEST
from revisions.history import SignedHistory
from russian.templatetags.russian import quoted
from russian.text import plain_text, tidy


class SolutionStage(ToneChoices):
    """How far a solution has come."""

    PLANNED = "planned", "todo", "Планируется"
    INTRODUCING = "introducing", "doing", "Внедряется"
    WORKS = "works", "done", "Работает"


class Solution(Publication):
    """One solution of «Умный город» in one municipality, and its stage."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="solutions",
        verbose_name="муниципальное образование",
    )
    direction = models.ForeignKey(
        Direction, on_delete=models.PROTECT, to_field="code", related_name="solutions", verbose_name="направление"
    )
    title = models.CharField(
        "название", max_length=200, validators=[plain_text], help_text="Например: «Интеллектуальное освещение»."
    )
    stage = models.CharField("стадия", max_length=20, choices=SolutionStage)
    since = models.DateField(
        "на этой стадии с",
        null=True,
        blank=True,
        validators=[MinValueValidator(EARLIEST, message="Укажите дату не раньше 1 января 2000 г.")],
        help_text="День, с которого решение на этой стадии; для планируемого – с какого дня запланировано.",
    )
    note = models.CharField("примечание", max_length=500, blank=True, validators=[plain_text], help_text="Публикуется.")

    history = HistoricalRecords(bases=[SignedHistory], excluded_fields=["version"])

    class Meta(Publication.Meta):
        verbose_name = "решение «умного города»"
        verbose_name_plural = "решения «умного города»"
        constraints = [
            *Publication.Meta.constraints,
            models.CheckConstraint(condition=Q(stage__in=SolutionStage.values), name="solution_stage_known"),
            models.CheckConstraint(condition=~Q(title=""), name="solution_named"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__gte=EARLIEST), name="solution_not_before_2000"
            ),
            models.UniqueConstraint(
                fields=["municipality", "direction", "title"],
                name="solution_once",
                violation_error_message="Такое решение в этом направлении уже внесено, быть может, и снято.",
            ),
        ]

    def __str__(self) -> str:
        return quoted(self.title)

    @property
    def badge(self) -> SolutionStage:
        """Its stage, which says how it looks."""
        return SolutionStage(self.stage)

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Store the solution tidied."""
        self.title, self.note = tidy(self.title), tidy(self.note)
        super().save(*args, update_fields=update_fields, **kwargs)
