"""Letters that carry out a decision."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.access import Visitor, is_union_staff
from accounts.models import User
from resolutions.models.point import DecisionPoint
from resolutions.models.resolution import Resolution
from revisions.history import SignedHistory
from revisions.models import VersionedModel
from russian.text import plain_text


class LetterKind(models.TextChoices):
    """What a letter is for."""

    APPEAL = "appeal", "Обращение"
    GRATITUDE = "gratitude", "Благодарность"
    CIRCULAR = "circular", "Рассылка"


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters as different people see them."""

    def visible_to(self, user: Visitor) -> Self:
        """Staff see all; municipal users, what was registered under a decision they may read; strangers, none."""
        if is_union_staff(user):
            return self
        if isinstance(user, User) and user.is_active and user.role:
            return self.filter(resolution__in=Resolution.objects.visible_to(user)).exclude(number="")
        return self.none()


class Letter(VersionedModel):
    """A letter on the Union's letterhead. Registered once it has its outgoing number and date."""

    kind = models.CharField("вид", max_length=20, choices=LetterKind)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="letters")
    point = models.ForeignKey(DecisionPoint, on_delete=models.PROTECT, null=True, related_name="letters")
    number = models.CharField("исходящий номер", max_length=30, blank=True, validators=[plain_text])
    date = models.DateField("дата письма", null=True, blank=True)
    year = models.PositiveSmallIntegerField("год регистрации", null=True, editable=False)
    addressee = models.TextField(
        "адресат",
        max_length=500,
        validators=[plain_text],
        help_text="Как на письме: каждая строка с новой строки, в нужном падеже",
    )
    heading = models.CharField("заголовок", max_length=300, blank=True, validators=[plain_text])
    salutation = models.CharField("обращение к адресату", max_length=150, blank=True, validators=[plain_text])
    body = models.TextField(
        "текст письма", max_length=20_000, validators=[plain_text], help_text="Каждый абзац с новой строки"
    )
    signatory_position = models.CharField("должность подписывающего", max_length=250, validators=[plain_text])
    signatory_name = models.CharField("подписывающий", max_length=150, validators=[plain_text])
    executor = models.CharField(
        "исполнитель", max_length=150, blank=True, validators=[plain_text], help_text="Имя и телефон внизу письма"
    )
    created_at = models.DateTimeField("создано", auto_now_add=True)

    history = HistoricalRecords(bases=[SignedHistory])
    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        ordering = ["-date", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_kind_known"),
            models.CheckConstraint(
                condition=Q(number="", date__isnull=True, year__isnull=True)
                | Q(~Q(number=""), date__isnull=False, year__isnull=False),
                name="letter_number_comes_with_date",
                violation_error_message="Исходящий номер и дата письма указываются вместе.",
            ),
            models.UniqueConstraint(
                fields=["year", "number"],
                condition=~Q(number=""),
                name="letter_number_once_a_year",
                violation_error_message="Письмо с таким исходящим номером в этом году уже есть.",
            ),
            models.UniqueConstraint(
                fields=["point"],
                condition=Q(kind=LetterKind.APPEAL),
                name="letter_one_appeal_per_point",
                violation_error_message="Обращение по этому пункту уже подготовлено.",
            ),
        ]

    def __str__(self) -> str:
        return self.heading or f"{self.get_kind_display()}: {self.addressee.splitlines()[0]}"

    def get_absolute_url(self) -> str:
        """The letter as a page."""
        return reverse("letter", args=[self.pk])

    @property
    def is_registered(self) -> bool:
        """Whether the letter has its outgoing number and date."""
        return bool(self.number)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text, paragraph by paragraph."""
        return tuple(self.body.splitlines())

    @property
    def union_name(self) -> str:
        """The name on the letterhead."""
        return self.resolution.union_name

    def clean(self) -> None:
        """Derive the year before the constraints are checked."""
        self.year = self.date.year if self.date else None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the letter with the year its number belongs to."""
        self.clean()
        super().save(*args, **kwargs)
