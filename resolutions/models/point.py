"""A point of a decision: what was decided, who answers for it, and the one method that moves it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from resolutions.kinds import POINT_KINDS, PointKind, point_kind_choices
from resolutions.models.card import ControlCard
from resolutions.models.control import PointAction, PointState, point_step_refusal
from resolutions.models.decision_way import ResolutionStatus
from resolutions.models.deeds import deeds_of
from resolutions.models.measures import Measure, MeasureCode, measured_by
from resolutions.models.new_entry import Correction, NewEntry, together_refusal
from resolutions.models.point_standing import (
    Deed,
    PointStanding,
    deadline_refusal,
    point_on,
    rules_with,
)
from resolutions.models.progress import ProgressEntry
from resolutions.models.resolution import Resolution
from resolutions.models.results import BY_ANSWERS, PointResult
from resolutions.models.steps import StepRefused
from resolutions.text import KEY_LENGTH, PointText, new_key
from revisions.replay import void_refusal
from russian.text import plain_text

UNDER_DRAFT = "Решение ещё не принято: исполнять пока нечего."


class DecisionPoint(ControlCard):
    """A numbered point; its text is the decision's. Everything else about it changes through `take_step` alone."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="points")
    key = models.CharField("ключ", max_length=KEY_LENGTH, default=new_key, editable=False)
    number = models.PositiveIntegerField("номер")
    kind = models.CharField("вид", max_length=20, choices=point_kind_choices)
    text = models.TextField("текст", validators=[plain_text])
    # Whose experience a recommendation names; the seed sets it, the text's editor keeps it.
    experience_of = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="чей опыт использовать",
    )
    # What the answers come to, whatever is waited for still; `Letter.settle` keeps it.
    answered = models.CharField(
        "что следует из ответов", max_length=20, choices=PointResult, blank=True, editable=False, default=""
    )

    class Meta(ControlCard.Meta):
        verbose_name = "пункт решения"
        verbose_name_plural = "пункты решения"
        ordering = ["number"]
        constraints = [
            *ControlCard.Meta.constraints,
            models.UniqueConstraint(fields=["resolution", "number"], name="point_number_once"),
            models.UniqueConstraint(fields=["resolution", "key"], name="point_key_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="point_number_from_one"),
            models.CheckConstraint(condition=~Q(key=""), name="point_has_key"),
            models.CheckConstraint(condition=Q(kind__in=list(POINT_KINDS)), name="point_kind_known"),
            models.CheckConstraint(condition=Q(answered__in=["", *BY_ANSWERS]), name="point_answered_is_of_answers"),
        ]

    def __str__(self) -> str:
        return f"Пункт {self.number}"

    @property
    def in_full(self) -> str:
        """«Пункт 2 решения от 27 июня 2024 г.»: where points of several decisions stand together."""
        return f"{self} решения от {self.resolution.day_and_number}"

    def get_absolute_url(self) -> str:
        """The control card of the point."""
        return reverse("point", args=[self.resolution.slug, self.number])

    @property
    def of_kind(self) -> PointKind:
        """What the portal knows of its kind."""
        return POINT_KINDS[self.kind]

    @property
    def measure(self) -> Measure:
        """By what it is measured today."""
        return self.measure_in(self)

    def measure_in(self, stood: PointStanding | ControlCard) -> Measure:
        """By what it is measured as its card stood: as somebody chose, or by what its text names.

        Args:
            stood: how the card stood.
        """
        if stood.measures:
            return measured_by(stood.measures, stood.measured_owner_id, stood.measured_question_id)
        if not self.of_kind.is_measured or self.experience_of_id is None:
            return Measure()
        return Measure((MeasureCode.PARTICIPATION, MeasureCode.EXPERIENCE), self.experience_of_id)

    def as_text(self) -> PointText:
        """The point with its sub-points as it stands on the paper; prefetch `subpoints` when there are many."""
        subpoints = tuple(one.as_text() for one in self.subpoints.all())
        return PointText(self.number, self.kind, self.text, subpoints, self.key)

    @property
    def whole_text(self) -> str:
        """The text of the point and, each on a line of its own with its number, of its sub-points."""
        return self.as_text().whole

    def become(self, text: PointText) -> None:
        """Store the point with its number, kind and text in a draft.

        Raises:
            StepRefused: the kind is another one, and what was done or answered rests on it.
        """
        if self.pk and self.kind != text.kind and (self.letters.exists() or self.progress.exists()):
            raise StepRefused(
                f"Вид пункта {text.number} не меняют: по нему уже есть письма или записи о ходе исполнения."
            )
        self.number, self.kind, self.text = text.number, text.kind, text.text
        self.save()

    def remove(self) -> None:
        """Take the point out of a draft.

        Raises:
            StepRefused: something rests on the point already.
        """
        if self.letters.exists():
            raise StepRefused(f"К пункту {self.number} относится письмо: удалить пункт нельзя.")
        if self.progress.exists():
            raise StepRefused(f"По пункту {self.number} уже записан ход исполнения: удалить пункт нельзя.")
        self.delete()

    def step_refusal(self, action: PointAction) -> str | None:
        """Why a step of an adopted decision is not open now, whoever asks, in Russian; None when it is."""
        state = PointState.PLANNED if action == PointAction.START and self.begun_by_deed else self.state
        return point_step_refusal(action, state) or deadline_refusal(self, action)

    def take_step(self, new: NewEntry, *, version: int, by: User) -> ProgressEntry:
        """Do something about the point. Nothing but `take_steps` and `correct` changes its state, deadline or parties.

        Args:
            new: what, on which day, and what it says.
            version: the version of the point that was shown.
            by: who does it; the name is kept as it is now. `access` knows whose step it is.

        Returns:
            The stored entry of the progress.

        Raises:
            EditConflict: somebody did something about the point meanwhile.
            StepRefused: the step is impossible on its day, a later one would become impossible, or nothing changes.
        """
        return self.take_steps([new], version=version, by=by)[0]

    @transaction.atomic
    def take_steps(self, new: Sequence[NewEntry], *, version: int, by: User) -> list[ProgressEntry]:
        """Take steps that belong together: replayed as one, so that each need not be possible without the others.

        Args:
            new: in their order; those of one day stand side by side.
            version, by: as of `take_step`.

        Returns:
            The stored entries.

        Raises:
            EditConflict, StepRefused: as of `take_step`; the refusal knows of which step it speaks.
        """
        current = type(self).locked(self.pk, version)
        entries = current._rows_of(new, by)
        current._write(entries)
        for entry, said in zip(entries, new, strict=True):
            entry.attach(said.files, by=by)
        return entries

    def void(
        self, row: ProgressEntry, *, reason: str, version: int, by: User, replacement: NewEntry | None = None
    ) -> ProgressEntry:
        """Say that an entry of the progress is wrong; what it changed is as if it had never been written.

        Args:
            row: the wrong entry, of this point.
            reason: why it is wrong.
            version: the version of the point that was shown.
            by: who says so.
            replacement: the right entry, written together; on the same day it takes the place of the wrong one.

        Returns:
            The stored voiding.

        Raises:
            EditConflict: somebody did something about the point meanwhile.
            StepRefused: the entry is voided already, or a later one would become impossible.
        """
        return self.correct([Correction(row, replacement)], reason=reason, version=version, by=by)[0]

    @transaction.atomic
    def correct(self, corrections: Sequence[Correction], *, reason: str, version: int, by: User) -> list[ProgressEntry]:
        """Void entries that stand on one another, each with the right one or without: replayed as one.

        Args:
            corrections: the wrong entries of this point, and what is right.
            reason, version, by: as of `void`.

        Returns:
            The stored voidings.

        Raises:
            EditConflict, StepRefused: as of `void`.
        """
        if refusal := together_refusal(corrections):
            raise StepRefused(refusal)
        current = type(self).locked(self.pk, version)
        stored = current.progress.select_related("voided_by").in_bulk([one.row.pk for one in corrections])
        voidings, right = list[ProgressEntry](), list[tuple[ProgressEntry, NewEntry]]()
        for one in corrections:
            wrong = stored[one.row.pk]
            if refusal := void_refusal(wrong):
                raise StepRefused(refusal)
            voidings.append(ProgressEntry.voiding_of(wrong, reason=reason, by=by, point=current))
            if one.right:
                entry = one.right.as_row(by=by, decided_on=current.resolution.adopted_on, point=current)
                entry.take_place_of(wrong)
                right.append((entry, one.right))
        current._write([*voidings, *(entry for entry, _ in right)])
        for entry, said in right:
            entry.attach(said.files, by=by)
        return voidings

    def _rows_of(self, new: Sequence[NewEntry], by: User) -> list[ProgressEntry]:
        """The rows that steps become, not stored yet: one that is of the day of the step before it stands beside that.

        Raises:
            StepRefused: the day of a step is impossible, or it does not say enough.
        """
        rows: list[ProgressEntry] = []
        for place, said in enumerate(new):
            try:
                row = said.as_row(by=by, decided_on=self.resolution.adopted_on, point=self)
            except StepRefused as refusal:
                raise StepRefused(str(refusal), place=place) from refusal
            if rows and rows[-1].happened_on == row.happened_on:
                row.placed_before_id = rows[-1].placed_before_id
            rows.append(row)
        return rows

    def _write(self, new: Sequence[ProgressEntry]) -> None:
        """Store entries that belong together, and the card as it stands with them.

        Raises:
            StepRefused: the progress would not be legal.
        """
        if self.resolution.status == ResolutionStatus.DRAFT:
            raise StepRefused(UNDER_DRAFT)
        stored, deeds = list(self.progress.all()), self.deeds()
        if fault := rules_with(deeds).fault(stored, new):
            place = next((place for place, row in enumerate(new) if row is fault.because), None)
            raise StepRefused(fault.sentence, place=place, why=fault.why)
        for entry in new:
            entry.text = entry.text or entry.own_words
            entry.keep_parties()
        for entry in new:
            entry.save()
        for name, value in asdict(point_on([*stored, *new], deeds, timezone.localdate())).items():
            setattr(self, name, value)
        self.save()

    def deeds(self, known_on: dt.date | None = None) -> list[Deed]:
        """What was done about the point besides the entries of its progress. Six queries.

        Args:
            known_on: only what was recorded by the end of this day counts.
        """
        letters = self.letters.defer("body", "search_text").prefetch_related("steps")
        promises = self.promises.select_related("commitment").prefetch_related("commitment__steps")
        return deeds_of(
            (one.steps.all() for one in letters),
            (one.rows.all() for one in self.member_reports.prefetch_related("rows")),
            (one.commitment.steps.all() for one in promises),
            known_on=known_on,
        )

    def standing(self) -> PointStanding:
        """What progress and deeds say of the card today. Seven queries; the columns of the point keep the same."""
        return point_on(self.progress.all(), self.deeds(), timezone.localdate())

    @classmethod
    def queue_for(cls, keys: Iterable[int | None]) -> None:
        """Lock points, by their keys, for the rest of the transaction: who writes about their asks takes turns."""
        list(cls.objects.filter(pk__in=[key for key in keys if key]).select_for_update().order_by("pk"))

    @classmethod
    def take_note_of_deeds(cls, pk: int) -> None:
        """Bring a point into line after one of its letters was registered or annulled, in the caller's transaction.

        Args:
            pk: of the point; its version stays, for nobody's text is overwritten.

        Raises:
            StepRefused: what the progress tells would become impossible.
        """
        point = cls.objects.select_for_update().get(pk=pk)
        stored, deeds = list(point.progress.all()), point.deeds()
        if refusal := rules_with(deeds).replay(stored):
            raise StepRefused(refusal)
        cls.objects.filter(pk=pk).update(**asdict(point_on(stored, deeds, timezone.localdate())))
