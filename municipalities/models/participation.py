"""The status of participation and its dated, append-only history."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone

from accounts.models import User
from municipalities.links import Piece, pieces
from revisions.append_only import AppendOnlyModel, RecordedQuerySet
from russian.text import plain_text, tidy

EARLIEST = dt.date(2000, 1, 1)


class Participation(models.TextChoices):
    """How a municipality takes part in the ministry's project «Умный город»."""

    ACTIVE = "active", "Участвует"
    PILOT = "pilot", "Пилотный город"
    PLANNED = "planned", "Планирует участие"
    SUSPENDED = "suspended", "Участие приостановлено"
    NONE = "none", "Не участвует"
    UNKNOWN = "unknown", "Сведения не представлены"


def stale_before(day: dt.date | None = None) -> dt.date:
    """The first day that is still recent: a status effective before it is stale.

    Args:
        day: the day from which one looks back, in Moscow; today without it.

    Returns:
        That day less `STATUS_STALE_AFTER_DAYS`: a status of exactly so many days ago is not stale yet.
    """
    return (day or timezone.localdate()) - dt.timedelta(days=settings.STATUS_STALE_AFTER_DAYS)


def is_stale(status: str, effective_on: dt.date | None, day: dt.date | None = None) -> bool:
    """Whether a status is too old to rely on.

    Args:
        status: a code of `Participation`; that nothing is known does not grow old.
        effective_on: the day it was stated for; None when nothing was.
        day: the day from which one looks back, in Moscow; today without it.
    """
    return effective_on is not None and status != Participation.UNKNOWN and effective_on < stale_before(day)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a municipality stood by the end of a day: "unknown", without a date, when nothing was said by then."""

    status: Participation
    since: dt.date | None
    basis: str
    day: dt.date

    @property
    def is_stale(self) -> bool:
        """Whether the status was too old to rely on."""
        return is_stale(self.status, self.since, self.day)


class ParticipationRecordQuerySet(RecordedQuerySet["ParticipationRecord"]):
    """Records of participation; they come, and stay."""

    def held_on(self, day: dt.date) -> "ParticipationRecordQuerySet":
        """What was in force by the end of a day, the record that counts first.

        Of several records with the same date the one entered last counts.

        Args:
            day: a calendar day in Moscow.
        """
        return self.filter(effective_on__lte=day).order_by("-effective_on", "-id")


class ParticipationRecord(AppendOnlyModel):
    """One dated statement about a municipality's participation. Written once; a correction is a later record."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="participation_records",
        verbose_name="муниципальное образование",
    )
    status = models.CharField("статус участия", max_length=20, choices=Participation)
    effective_on = models.DateField(
        "по состоянию на",
        validators=[MinValueValidator(EARLIEST, message="Укажите дату не раньше 1 января 2000 г.")],
        help_text="День, на который статус верен: сегодняшний или прошедший.",
    )
    basis = models.CharField(
        "основание",
        max_length=500,
        validators=[plain_text],
        help_text="Документ или ссылка, например: «Постановление администрации от 12.03.2024 № 345». Публикуется.",
    )
    comment = models.CharField(
        "служебный комментарий",
        max_length=1000,
        blank=True,
        validators=[plain_text],
        help_text="Не публикуется: его видят секретариат, председатель и представители муниципалитета.",
    )
    is_confirmation = models.BooleanField("подтверждено без изменений", default=False, editable=False)
    recorded_at = models.DateTimeField("внесено", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="кто внёс",
    )
    recorded_by_name = models.CharField("кто внёс (имя на тот момент)", max_length=150, editable=False)

    objects = ParticipationRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "запись об участии"
        verbose_name_plural = "записи об участии"
        ordering = ["-effective_on", "-id"]
        indexes = [
            models.Index(fields=["municipality", "-effective_on", "-id"], name="participation_latest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=Participation.values), name="participation_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(effective_on__gte=EARLIEST), name="participation_not_before_2000"
            ),
            models.CheckConstraint(condition=~models.Q(basis=""), name="participation_has_basis"),
            models.CheckConstraint(condition=~models.Q(recorded_by_name=""), name="participation_has_author"),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} на {self.effective_on:%d.%m.%Y}"

    @property
    def basis_pieces(self) -> list[Piece]:
        """The basis with its links, for a template."""
        return pieces(self.basis)


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says about a municipality's participation, before it is written down.

    Attributes:
        municipality_id: whose status it is.
        version: of the municipality, as the form was opened with.
        status: a code of `Participation`.
        effective_on: the day it holds for, in Moscow; today or earlier.
        basis: document or link it rests on; published.
        comment: internal note, not published.
    """

    municipality_id: int
    version: int
    status: str
    effective_on: dt.date
    basis: str
    comment: str = ""

    def as_record(self, *, by: User) -> ParticipationRecord:
        """The record that would be stored.

        Args:
            by: who says so.

        Raises:
            ValidationError: the date lies ahead, or a field does not hold what it should.
        """
        if self.effective_on > timezone.localdate():
            raise ValidationError({"effective_on": "Эта дата ещё не наступила: укажите сегодняшнюю или прошедшую."})
        record = ParticipationRecord(
            municipality_id=self.municipality_id,
            status=self.status,
            effective_on=self.effective_on,
            basis=tidy(self.basis),
            comment=tidy(self.comment),
            recorded_by=by,
            recorded_by_name=str(by)[:150],
        )
        record.clean_fields(exclude={"municipality", "recorded_by"})  # both would be looked up, one by one
        return record
