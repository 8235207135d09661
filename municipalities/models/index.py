"""The index «IQ городов»: what a municipality reached in a year."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from simple_history.models import HistoricalRecords

from municipalities.links import TextPiece, pieces
from municipalities.models.groups import IndexGroup
from municipalities.models.municipality import Municipality
from municipalities.models.standard import StandardEdition
from revisions.history import SignedHistory
from revisions.models import VersionedModel
from russian.text import plain_text, tidy

FIRST_YEAR, LAST_YEAR = 2018, 2100  # the index is reckoned since 2018


def _at_least(lowest: int) -> list[MinValueValidator]:
    return [MinValueValidator(lowest, message=f"Число не меньше {lowest}.")]


class IndexScore(VersionedModel):
    """A municipality's result of one year. The scale changed over the years: a score means nothing without its maximum.

    The scale is that of an edition of the Standard, where the source says of which. What was reckoned by two editions
    is never added up, and no place by the one stands beside a place by the other.

    Every part may be unknown, but something must be said: a score, a rank, or a bound of the rank.
    """

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="index_scores",
        verbose_name="муниципальное образование",
        editable=False,
    )
    year = models.PositiveSmallIntegerField(
        "год",
        validators=[
            MinValueValidator(FIRST_YEAR, message=f"Индекс рассчитывают с {FIRST_YEAR} года."),
            MaxValueValidator(LAST_YEAR, message="Проверьте год."),
        ],
        help_text="За который рассчитан индекс.",
    )
    group = models.CharField(
        "группа", max_length=20, choices=IndexGroup, help_text="В которой город сравнивали в том году."
    )
    edition = models.ForeignKey(
        StandardEdition,
        on_delete=models.PROTECT,
        related_name="index_scores",
        verbose_name="редакция Стандарта",
        null=True,
        blank=True,
        help_text="По которой рассчитан индекс: её шкалу портал подставит сам. Неизвестное оставьте пустым.",
    )
    score = models.DecimalField(
        "баллы",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0, message="Баллы – число не меньше нуля.")],
    )
    maximum = models.DecimalField(
        "максимум баллов",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"), message="Максимум – число больше нуля.")],
        help_text="Шкала индекса менялась: без максимума баллы ничего не значат.",
    )
    indicators = models.PositiveSmallIntegerField("показателей", null=True, blank=True, validators=_at_least(1))
    rank = models.PositiveSmallIntegerField("место в группе", null=True, blank=True, validators=_at_least(1))
    rank_at_most = models.PositiveSmallIntegerField(
        "место не ниже",
        null=True,
        blank=True,
        validators=_at_least(1),
        help_text="Если известно не место, а предел: «в десятке лучших» – 10.",
    )
    group_size = models.PositiveSmallIntegerField("городов в группе", null=True, blank=True, validators=_at_least(1))
    source = models.CharField(
        "источник", max_length=500, validators=[plain_text], help_text="Документ или ссылка. Публикуется."
    )

    history = HistoricalRecords(bases=[SignedHistory], excluded_fields=["version"])

    class Meta:
        verbose_name = "результат индекса"
        verbose_name_plural = "результаты индекса"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year"],
                name="index_score_once_a_year",
                violation_error_message="Результат за этот год уже внесён: исправьте его.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="index_score_year_possible"
            ),
            models.CheckConstraint(condition=Q(group__in=IndexGroup.values), name="index_score_group_known"),
            models.CheckConstraint(
                condition=Q(score__isnull=True)
                # a missing maximum would make the comparison NULL, which a check lets pass
                | Q(score__gte=0, maximum__isnull=False, score__lte=F("maximum")),
                name="index_score_within_maximum",
                violation_error_message="Баллы указывают вместе с максимумом, и больше максимума их не бывает.",
            ),
            models.CheckConstraint(
                condition=Q(maximum__isnull=True) | Q(maximum__gt=0), name="index_score_maximum_positive"
            ),
            models.CheckConstraint(
                condition=(Q(rank__isnull=True) | Q(rank__gte=1))
                & (Q(rank_at_most__isnull=True) | Q(rank_at_most__gte=1))
                & (Q(group_size__isnull=True) | Q(group_size__gte=1))
                & (Q(indicators__isnull=True) | Q(indicators__gte=1)),
                name="index_score_counts_from_one",
            ),
            models.CheckConstraint(
                condition=Q(group_size__isnull=True)
                | (
                    (Q(rank__isnull=True) | Q(rank__lte=F("group_size")))
                    & (Q(rank_at_most__isnull=True) | Q(rank_at_most__lte=F("group_size")))
                ),
                name="index_score_rank_within_group",
                violation_error_message="Место не может быть больше числа городов в группе.",
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | Q(rank_at_most__isnull=True),
                name="index_score_rank_or_its_bound",
                violation_error_message="Укажите место или предел места, а не то и другое.",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=False) | Q(rank__isnull=False) | Q(rank_at_most__isnull=False),
                name="index_score_says_something",
                violation_error_message="Укажите баллы, место или предел места.",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="index_score_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.year}"

    def get_absolute_url(self) -> str:
        """Where it is shown: on the municipality's page."""
        return f"{reverse('municipality', args=[self.municipality.slug])}#index-title"

    def clean(self) -> None:
        """Refuse a year that has not come, in Moscow, and another scale than the edition's; fill in the latter."""
        refused: dict[str, str] = {}
        if self.year and self.year > timezone.localdate().year:
            refused["year"] = "Этот год ещё не наступил."
        if self.edition:
            refused |= self.edition.refusals(score=self.score, maximum=self.maximum, indicators=self.indicators)
            self.maximum = self.edition.maximum if self.maximum is None else self.maximum
            self.indicators = self.edition.indicators if self.indicators is None else self.indicators
        if refused:
            raise ValidationError(refused)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the result with a tidy source."""
        self.source = tidy(self.source)
        super().save(*args, **kwargs)

    @property
    def share(self) -> Decimal | None:
        """The score as a part of its maximum, from 0 to 1: the only form in which two years are set side by side."""
        return None if self.score is None or self.maximum is None else self.score / self.maximum

    @property
    def score_text(self) -> str:
        """«142,5 из 260»; empty without a score."""
        if self.score is None or self.maximum is None:
            return ""
        return f"{localize(self.score.normalize())} из {localize(self.maximum.normalize())}"

    @property
    def scale(self) -> tuple[int | None, Decimal | None, int | None]:
        """What a score is measured by; scores of different scales, or by different editions, are not compared."""
        return self.edition_id, self.maximum, self.indicators

    @property
    def group_name(self) -> str:
        """The group without its bounds, for a narrow column."""
        return str(IndexGroup(self.group).label).partition(" (")[0]

    @property
    def source_pieces(self) -> list[TextPiece]:
        """The source with its links, for a template."""
        return pieces(self.source)
