"""Who takes up whose practice: the present status, and its dated, append-only history."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import User
from municipalities.models.municipality import Municipality
from municipalities.models.participation import EARLIEST
from municipalities.practices.models.practice import Practice
from revisions.append_only import AppendOnlyModel, RecordedQuerySet
from revisions.models import EditConflict, VersionedModel
from russian.templatetags.russian import long_date
from russian.text import paragraphs, plain_text

OWN_PRACTICE = "Это собственная практика муниципального образования: перенимают её другие."
WITHDRAWN = "Практика снята с публикации: отметить её нельзя."


class AdoptionStatus(models.TextChoices):
    """How far a municipality has taken up a practice of another one."""

    STUDIED = "studied", "Изучена"
    INTRODUCING = "introducing", "Внедряется"
    INTRODUCED = "introduced", "Внедрена"
    DECLINED = "declined", "Отказались"


# status -> statuses that may follow; an empty one is a practice that the municipality has not marked yet.
# What was marked as introduced too early goes back to being introduced.
NEXT_STATUSES: dict[str, tuple[AdoptionStatus, ...]] = {
    "": (AdoptionStatus.STUDIED, AdoptionStatus.INTRODUCING, AdoptionStatus.INTRODUCED),
    AdoptionStatus.STUDIED: (AdoptionStatus.INTRODUCING, AdoptionStatus.INTRODUCED, AdoptionStatus.DECLINED),
    AdoptionStatus.INTRODUCING: (AdoptionStatus.INTRODUCED, AdoptionStatus.DECLINED),
    AdoptionStatus.INTRODUCED: (AdoptionStatus.INTRODUCING, AdoptionStatus.DECLINED),
    AdoptionStatus.DECLINED: (AdoptionStatus.STUDIED, AdoptionStatus.INTRODUCING),
}
# Whoever is introducing a practice, or has introduced it, uses the experience.
IN_USE = (AdoptionStatus.INTRODUCING, AdoptionStatus.INTRODUCED)


class PracticeAdoptionQuerySet(models.QuerySet["PracticeAdoption"]):
    """Who has marked whose practice."""

    def with_mark(self, as_of: dt.date | None = None, *, known_on: dt.date | None = None) -> "PracticeAdoptionQuerySet":
        """Annotate `mark`: a code of `AdoptionStatus`, None where nothing was marked yet.

        Args:
            as_of: the day whose end is meant, in Moscow; today without it.
            known_on: count only what was recorded by the end of this day.
        """
        if as_of is None and known_on is None:
            return self.annotate(mark=F("status"))
        records = PracticeAdoptionRecord.objects.held_on(as_of or timezone.localdate()).known_on(known_on)
        return self.annotate(mark=Subquery(records.filter(adoption=OuterRef("pk")).values("status_after")[:1]))


class PracticeAdoption(VersionedModel):
    """Where a municipality stands with a practice of another one. Moves through `record` alone."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="adoptions", verbose_name="практика")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="adoptions", verbose_name="муниципальное образование"
    )
    status = models.CharField("отметка", max_length=20, choices=AdoptionStatus)
    since = models.DateField("с какого дня")

    objects = PracticeAdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = "отметка о практике"
        verbose_name_plural = "отметки о практиках"
        constraints = [
            models.UniqueConstraint(fields=["practice", "municipality"], name="adoption_once"),
            models.CheckConstraint(condition=Q(status__in=AdoptionStatus.values), name="adoption_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.get_status_display().lower()}"

    @classmethod
    @transaction.atomic
    def record(
        cls,
        practice: Practice,
        municipality: Municipality,
        *,
        status: str,
        effective_on: dt.date,
        note: str = "",
        by: User | None,
        by_name: str = "",
        version: int,
    ) -> "PracticeAdoption":
        """Mark how far a municipality has taken up a practice. Nothing else moves the status.

        Args:
            practice: of another municipality, published.
            municipality: who takes it up.
            status: a code of `AdoptionStatus` that may follow the present one.
            effective_on: the day it holds from, in Moscow; today or earlier, not before the last mark.
            note: remark, published.
            by: who says so; None for a command, which gives `by_name`.
            by_name: who says so, when it is not a user.
            version: of the adoption as the form was opened with; 0 when there was none.

        Returns:
            The adoption as it stands now.

        Raises:
            EditConflict: somebody marked it meanwhile.
            ValidationError: the mark is refused; by field.
        """
        adoption = cls._locked_for(practice, municipality, version)
        before = adoption.status
        adoption._check(status, effective_on)
        adoption.status, adoption.since, adoption.version = status, effective_on, adoption.version + 1
        adoption.save()
        adoption.records.create(
            status_before=before,
            status_after=status,
            effective_on=effective_on,
            note="\n".join(paragraphs(note)),
            recorded_by=by,
            recorded_by_name=(by_name or str(by))[:150],
        )
        return adoption

    @classmethod
    def _locked_for(cls, practice: Practice, municipality: Municipality, version: int) -> "PracticeAdoption":
        """The stored adoption, or a new one; two first marks wait for one another."""
        practice = Practice.objects.select_for_update().get(pk=practice.pk)
        stored = cls._default_manager.select_for_update().filter(practice=practice, municipality=municipality).first()
        if stored and stored.version != version:
            raise EditConflict(stored)
        return stored or cls(practice=practice, municipality=municipality, version=0)

    def _check(self, status: str, effective_on: dt.date) -> None:
        """Refuse what may not follow."""
        if self.practice.municipality_id == self.municipality_id:
            raise ValidationError(OWN_PRACTICE)
        if not self.practice.is_published:
            raise ValidationError(WITHDRAWN)
        if status not in NEXT_STATUSES[self.status]:
            raise ValidationError({"status": "Такая отметка не может следовать за нынешней."})
        if effective_on > timezone.localdate():
            raise ValidationError({"effective_on": "Эта дата ещё не наступила: укажите сегодняшнюю или прошедшую."})
        if self.since and effective_on < self.since:
            raise ValidationError(
                {"effective_on": f"Прежняя отметка сделана на {long_date(self.since)}: укажите день не раньше."}
            )


class PracticeAdoptionRecordQuerySet(RecordedQuerySet["PracticeAdoptionRecord"]):
    """Marks; they come, and stay."""

    def held_on(self, day: dt.date) -> "PracticeAdoptionRecordQuerySet":
        """What was in force by the end of a day in Moscow, the mark that counts first."""
        return self.filter(effective_on__lte=day).order_by("-effective_on", "-id")


class PracticeAdoptionRecord(AppendOnlyModel):
    """One dated mark: what it was before, what it became, who says so. Written once."""

    adoption = models.ForeignKey(
        PracticeAdoption, on_delete=models.PROTECT, related_name="records", verbose_name="отметка о практике"
    )
    status_before = models.CharField("прежняя отметка", max_length=20, choices=AdoptionStatus, blank=True)
    status_after = models.CharField("отметка", max_length=20, choices=AdoptionStatus)
    effective_on = models.DateField(
        "с какого дня",
        validators=[MinValueValidator(EARLIEST, message="Укажите дату не раньше 1 января 2000 г.")],
        help_text="День, с которого отметка верна: сегодняшний или прошедший.",
    )
    note = models.TextField(
        "примечание",
        max_length=1000,
        blank=True,
        validators=[plain_text],
        help_text="Что именно изучено или внедрено, почему отказались. Публикуется.",
    )
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

    objects = PracticeAdoptionRecordQuerySet.as_manager()

    class Meta:
        verbose_name = "запись об отметке"
        verbose_name_plural = "записи об отметках"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status_before__in=["", *AdoptionStatus.values], status_after__in=AdoptionStatus.values),
                name="adoption_record_statuses_known",
            ),
            models.CheckConstraint(condition=~Q(status_before=models.F("status_after")), name="adoption_record_moves"),
            models.CheckConstraint(condition=Q(effective_on__gte=EARLIEST), name="adoption_record_not_before_2000"),
            models.CheckConstraint(condition=~Q(recorded_by_name=""), name="adoption_record_has_author"),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_after_display()} с {self.effective_on:%d.%m.%Y}"
