"""The editions of the Standard of «Умный город»: what the ministry laid down in a year, and the scale of its index."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.formats import localize
from simple_history.models import HistoricalRecords

from revisions.history import SignedHistory
from revisions.models import VersionedModel
from russian.templatetags.russian import quoted
from russian.text import plain_text

FIRST_YEAR, LAST_YEAR = 2018, 2100
OTHER_MAXIMUM = "По редакции {edition} максимум – {maximum}: баллы другой шкалы относятся к другой редакции."
OTHER_INDICATORS = "По редакции {edition} показателей – {indicators}: другое число бывает у другой редакции."
TOO_MANY_POINTS = "По редакции {edition} больше {maximum} баллов не бывает."
YEARS = f"Укажите год от {FIRST_YEAR} до {LAST_YEAR}."


class StandardEdition(VersionedModel):
    """What the ministry laid down in a year. What is counted by the directions of one is never added to another's."""

    name = models.CharField(
        "название",
        max_length=200,
        validators=[plain_text],
        help_text="Например: «Базовые и дополнительные требования, 2018».",
        error_messages={"unique": "Редакция с таким названием уже внесена."},
        unique=True,
    )
    year = models.PositiveSmallIntegerField(
        "год",
        unique=True,
        validators=[MinValueValidator(FIRST_YEAR, message=YEARS), MaxValueValidator(LAST_YEAR, message=YEARS)],
        help_text="По нему редакцию узнают рядом с названиями её направлений.",
        error_messages={"unique": "Редакция этого года уже внесена."},
    )

    indicators = models.PositiveSmallIntegerField(
        "показателей",
        null=True,
        blank=True,
        validators=[MinValueValidator(1, message="Число не меньше 1.")],
        help_text="Сколько показателей у индекса «IQ городов» по этой редакции. Неизвестное оставьте пустым.",
    )
    maximum = models.DecimalField(
        "максимум баллов",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"), message="Максимум – число больше нуля.")],
        help_text="Сколько баллов индекса «IQ городов» можно набрать по этой редакции. Неизвестное оставьте пустым.",
    )

    history = HistoricalRecords(bases=[SignedHistory], excluded_fields=["version"])

    class Meta:
        verbose_name = "редакция Стандарта"
        verbose_name_plural = "редакции Стандарта"
        ordering = ["-year"]
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="edition_named"),
            models.CheckConstraint(condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="edition_year_is_possible"),
            models.CheckConstraint(
                condition=Q(indicators__isnull=True) | Q(indicators__gte=1), name="edition_indicators_from_one"
            ),
            models.CheckConstraint(
                condition=Q(maximum__isnull=True) | Q(maximum__gt=0), name="edition_maximum_positive"
            ),
        )

    def __str__(self) -> str:
        return quoted(self.name)

    @property
    def scale_text(self) -> str:
        """«показателей – 47, баллов – не больше 120»; what is unknown is left out."""
        told = []
        if self.indicators is not None:
            told.append(f"показателей – {localize(self.indicators)}")
        if self.maximum is not None:
            told.append(f"баллов – не больше {_number(self.maximum)}")
        return ", ".join(told)

    def refusals(self, *, score: Decimal | None, maximum: Decimal | None, indicators: int | None) -> dict[str, str]:
        """Why a result is none by this edition, by its fields. What is unknown of either contradicts nothing.

        Args:
            score: the points of the result.
            maximum, indicators: the scale by which it was reckoned.
        """
        found = {}
        if self.maximum is not None:
            most = _number(self.maximum)
            if score is not None and score > self.maximum:
                found["score"] = TOO_MANY_POINTS.format(edition=self, maximum=most)
            if maximum not in (None, self.maximum):
                found["maximum"] = OTHER_MAXIMUM.format(edition=self, maximum=most)
        if self.indicators is not None and indicators not in (None, self.indicators):
            found["indicators"] = OTHER_INDICATORS.format(edition=self, indicators=localize(self.indicators))
        return found


def _number(value: Decimal) -> str:
    return localize(value.normalize())
