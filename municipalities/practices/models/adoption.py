"""Who takes up whose practice: the present status, and its dated, append-only history."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import User
from listings.badges import ToneChoices
from municipalities.models.municipality import Municipality
from municipalities.practices.models.practice import Practice
from revisions.days import EARLIEST
from revisions.ledger import LedgerQuerySet, LedgerRow
from revisions.models import EditConflict, VersionedModel
from revisions.replay import Rules, void_refusal
from russian.text import paragraphs, plain_text

OWN_PRACTICE = "Это собственная практика муниципального образования: перенимают её другие."
WITHDRAWN = "Практика снята с публикации: отметить её нельзя."


class AdoptionStatus(ToneChoices):
    """How far a municipality has taken up a practice of another one."""

    STUDIED = "studied", "todo", "Изучена"
    INTRODUCING = "introducing", "doing", "Внедряется"
    INTRODUCED = "introduced", "done", "Внедрена"
    DECLINED = "declined", "off", "Отказались"


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


CANNOT_FOLLOW = "Такая отметка не может следовать за нынешней."


class PracticeAdoptionQuerySet(models.QuerySet["PracticeAdoption"]):
    """Who has marked whose practice."""

    def with_mark(self, as_of: dt.date | None = None, *, known_on: dt.date | None = None) -> "PracticeAdoptionQuerySet":
        """Annotate `mark`: a code of `AdoptionStatus`, None or empty where nothing was marked; `mark_since`, its day.

        Args:
            as_of: the day whose end is meant, in Moscow; today without it.
            known_on: count only what was recorded by the end of this day.
        """
        if as_of is None and known_on is None:
            return self.annotate(mark=F("status"), mark_since=F("since"))
        records = PracticeAdoptionRecord.objects.held_on(as_of or timezone.localdate(), known_on=known_on)
        records = records.filter(adoption=OuterRef("pk"))
        return self.annotate(
            mark=Subquery(records.values("status")[:1]), mark_since=Subquery(records.values("happened_on")[:1])
        )


@dataclass(frozen=True)
class NewMark:
    """A mark that is to be made. Fields as of `PracticeAdoption.record`."""

    status: str
    happened_on: dt.date
    text: str = ""

    def as_record(self, *, by: User | None, by_name: str = "") -> "PracticeAdoptionRecord":
        """The record that would be stored.

        Args:
            by: who says so; None for a command, which gives `by_name`.
            by_name: who says so, when it is not a user.

        Raises:
            ValidationError: the day lies ahead; by field.
        """
        if self.happened_on > timezone.localdate():
            raise ValidationError({"happened_on": "Эта дата ещё не наступила: укажите сегодняшнюю или прошедшую."})
        return PracticeAdoptionRecord(
            status=self.status,
            happened_on=self.happened_on,
            text="\n".join(paragraphs(self.text)),
            actor=by,
            actor_name=(by_name or str(by))[:150],
        )


class PracticeAdoption(VersionedModel):
    """Where a municipality stands with a practice of another one. Moves through `record` and `void` alone."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="adoptions", verbose_name="практика")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="adoptions", verbose_name="муниципальное образование"
    )
    status = models.CharField("отметка", max_length=20, choices=AdoptionStatus, blank=True)
    since = models.DateField("с какого дня", null=True)

    objects = PracticeAdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = "отметка о практике"
        verbose_name_plural = "отметки о практиках"
        constraints = [
            models.UniqueConstraint(fields=["practice", "municipality"], name="adoption_once"),
            models.CheckConstraint(
                condition=Q(status__in=AdoptionStatus.values, since__isnull=False) | Q(status="", since__isnull=True),
                name="adoption_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.get_status_display().lower()}"

    @property
    def badge(self) -> AdoptionStatus:
        """Its status, which says how it looks."""
        return AdoptionStatus(self.status)

    @property
    def marked(self) -> AdoptionStatus:
        """The same for a row of `with_mark`: as of its day."""
        row: Any = self  # the query set annotates it, mypy does not know
        return AdoptionStatus(row.mark)

    @classmethod
    @transaction.atomic
    def record(
        cls,
        practice: Practice,
        municipality: Municipality,
        *,
        status: str,
        happened_on: dt.date,
        text: str = "",
        by: User | None,
        by_name: str = "",
        version: int,
    ) -> "PracticeAdoption":
        """Mark how far a municipality has taken up a practice. Nothing but this and `void` moves the status.

        Args:
            practice: of another municipality, published.
            municipality: who takes it up.
            status: a code of `AdoptionStatus` that may follow what was marked by its day.
            happened_on: the day it holds from, in Moscow; today or earlier. Marks of later days must stay possible.
            text: remark, published.
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
        adoption._check()
        mark = NewMark(status, happened_on, text).as_record(by=by, by_name=by_name)
        adoption.version += 1
        adoption._write([mark], field="status")
        return adoption

    @transaction.atomic
    def void(
        self,
        mark: "PracticeAdoptionRecord",
        *,
        reason: str,
        by: User,
        version: int,
        replacement: NewMark | None = None,
    ) -> "PracticeAdoptionRecord":
        """Say that a mark is wrong: the municipality stands as if it had never been made.

        Args:
            mark: the wrong one, of this adoption.
            reason: why it is wrong.
            by: who says so.
            version: of the adoption as the page was opened with.
            replacement: the right mark, written together; on the same day it takes the place of the wrong one. It
                corrects what was told, so that it may be made of a practice that was withdrawn since.

        Returns:
            The stored voiding.

        Raises:
            EditConflict: somebody marked it meanwhile.
            ValidationError: the mark is voided already, or a later one would become impossible.
        """
        current = type(self).locked(self.pk, version)
        wrong = current.records.select_related("voided_by").get(pk=mark.pk)
        if refusal := void_refusal(wrong):
            raise ValidationError(refusal)
        marks = [PracticeAdoptionRecord.voiding_of(wrong, reason=reason, by=by)]
        if replacement:
            marks.append(replacement.as_record(by=by))
            marks[-1].take_place_of(wrong)
        current._write(marks)
        return marks[0]

    def _write(self, new: Sequence["PracticeAdoptionRecord"], *, field: str = "") -> None:
        """Store marks that belong together, and where the municipality stands with them.

        Raises:
            ValidationError: the marks would not follow one another; about `field`, if one is named.
        """
        stored = list(self.records.all()) if self.pk else []
        if refusal := ADOPTION_RULES.replay(stored, new):
            raise ValidationError({field: refusal} if field else refusal)
        standing = ADOPTION_RULES.fold([*stored, *new], timezone.localdate())
        self.status, self.since = standing.status, standing.since
        self.save()
        for mark in new:
            mark.adoption = self
            mark.save()

    @classmethod
    def _locked_for(cls, practice: Practice, municipality: Municipality, version: int) -> "PracticeAdoption":
        """The stored adoption, or a new one; two first marks wait for one another."""
        practice = Practice.objects.select_for_update().get(pk=practice.pk)
        stored = cls._default_manager.select_for_update().filter(practice=practice, municipality=municipality).first()
        if stored and stored.version != version:
            raise EditConflict(stored)
        return stored or cls(practice=practice, municipality=municipality, version=0)

    def _check(self) -> None:
        """Refuse what no mark may be about."""
        if self.practice.municipality_id == self.municipality_id:
            raise ValidationError(OWN_PRACTICE)
        if not self.practice.is_published:
            raise ValidationError(WITHDRAWN)


class PracticeAdoptionRecordQuerySet(LedgerQuerySet["PracticeAdoptionRecord"]):
    """Marks; they come, and stay."""


class PracticeAdoptionRecord(LedgerRow):
    """One dated mark: what it became, who says so. Written once."""

    adoption = models.ForeignKey(
        PracticeAdoption, on_delete=models.PROTECT, related_name="records", verbose_name="отметка о практике"
    )
    status = models.CharField("отметка", max_length=20, choices=AdoptionStatus, blank=True)
    happened_on = models.DateField(
        "с какого дня",
        validators=[MinValueValidator(EARLIEST, message="Укажите дату не раньше 1 января 2000 г.")],
        help_text="День, с которого отметка верна: сегодняшний или прошедший.",
    )
    text = models.TextField(
        "примечание",
        max_length=1000,
        blank=True,
        validators=[plain_text],
        help_text="Что именно изучено или внедрено, почему отказались. Публикуется.",
    )

    objects = PracticeAdoptionRecordQuerySet.as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "запись об отметке"
        verbose_name_plural = "записи об отметках"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(voids__isnull=True, status__in=AdoptionStatus.values) | Q(voids__isnull=False, status=""),
                name="adoption_record_is_a_mark_or_a_voiding",
            ),
            models.CheckConstraint(condition=Q(happened_on__gte=EARLIEST), name="adoption_record_not_before_2000"),
        ]

    def __str__(self) -> str:
        return f"{self.name} с {self.happened_on:%d.%m.%Y}"

    @property
    def name(self) -> str:
        """«Внедряется»."""
        return str(self.get_status_display())


@dataclass(frozen=True)
class AdoptionStanding:
    """Where a municipality stands with a practice; an empty status without a day while nothing is marked."""

    status: str = ""
    since: dt.date | None = None


def _refusal(standing: AdoptionStanding, mark: PracticeAdoptionRecord) -> str | None:
    return None if mark.status in NEXT_STATUSES[standing.status] else CANNOT_FOLLOW


def _after(standing: AdoptionStanding, mark: PracticeAdoptionRecord) -> AdoptionStanding:
    return AdoptionStanding(mark.status, mark.happened_on)


ADOPTION_RULES: Rules[PracticeAdoptionRecord, AdoptionStanding] = Rules(AdoptionStanding(), _refusal, _after)
