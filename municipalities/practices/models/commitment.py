"""What a municipality promises: to take up a practice or to do something of its own, by a day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.acting import Behalf
from accounts.models import User
from municipalities.models.municipality import Municipality
from municipalities.models.succession import Succession
from municipalities.practices import naming_points
from municipalities.practices.models.commitment_step import (
    COMMITMENT_RULES,
    LIVE,
    WHO_LENGTH,
    CommitmentAction,
    CommitmentStanding,
    CommitmentState,
    CommitmentStep,
    NewCommitmentStep,
)
from municipalities.practices.models.practice import Practice
from revisions.models import VersionedModel
from revisions.replay import void_refusal
from russian.templatetags.russian import long_date
from russian.text import plain_text, tidy

OWN_PRACTICE = "Это собственная практика муниципального образования: обязательства берут о практиках других."
WITHDRAWN = "Практика снята с публикации: взять обязательство о ней нельзя."
TWICE = "У муниципального образования уже есть невыполненное обязательство об этой практике."
ONE_OF_TWO = "Укажите либо практику, либо мероприятие: обязательство берут об одном."
NEITHER = "Укажите практику или мероприятие, о котором обязательство."
WITHDRAWN_SINCE = "практика, с тех пор снятая с публикации"
NO_MEMBER = "Обязательства берут члены Союза, а {name} на {day} в него не входит."
NO_SUCCESSOR = "Передать обязательство можно только правопреемнику: объединения в портале нет."


@dataclass(frozen=True)
class NewCommitment:
    """A promise that is to be made.

    Attributes:
        municipality: who promises.
        due_on: by which day, not before `happened_on`.
        who: who answers for it, not empty.
        happened_on: the day of the making, today or earlier.
        practice, measure: what is promised: one of the two.
        text: remark, published.
        by_link: whether it came by a personal link, so that it waits to be accepted.
        point: the key of the point that it names, as `naming_points.choices_for` offers them; empty for none.
        behalf: where somebody promises for the municipality who does not speak for it: on what ground.
    """

    municipality: Municipality
    due_on: dt.date
    who: str
    happened_on: dt.date
    practice: Practice | None = None
    measure: str = ""
    text: str = ""
    by_link: bool = False
    point: str = ""
    behalf: Behalf | None = None

    def step(self) -> NewCommitmentStep:
        """Its first step."""
        names = ("text", "due_on", "who", "municipality", "by_link", "behalf")
        said = {name: getattr(self, name) for name in names}
        return NewCommitmentStep(CommitmentAction.MADE, self.happened_on, **said)

    def check(self) -> None:
        """Refuse what nobody may promise. Five queries at most.

        Raises:
            ValidationError: by field.
        """
        measure = tidy(self.measure)
        if self.practice and measure:
            raise ValidationError({"measure": ONE_OF_TWO})
        if not self.practice and not measure:
            raise ValidationError({"practice": NEITHER})
        check_member(self.municipality, self.happened_on)
        if self.practice:
            self._check_practice(self.practice)

    def _check_practice(self, practice: Practice) -> None:
        if practice.municipality_id == self.municipality.pk:
            raise ValidationError({"practice": OWN_PRACTICE})
        if not practice.is_published or not practice.municipality.is_listed:
            raise ValidationError({"practice": WITHDRAWN})
        own = Q(municipality=self.municipality) | Q(maker=self.municipality)
        if Commitment.objects.live().filter(own, practice=practice).exists():
            raise ValidationError({"practice": TWICE})


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Promises, as they stand today."""

    def public(self) -> "CommitmentQuerySet":
        """What everybody reads: accepted, and of a municipality that the portal shows."""
        return self.filter(accepted_on__isnull=False, municipality__is_listed=True)

    def live(self) -> "CommitmentQuerySet":
        """Those that wait to be accepted or to be kept."""
        return self.filter(state__in=LIVE)

    def told(self) -> "CommitmentQuerySet":
        """With what their labels need, in one query."""
        return self.select_related("practice__municipality", "municipality", "maker")


class Commitment(VersionedModel):
    """A promise. What it is about never changes; all else is read from its steps, and moves through them alone.

    Attributes:
        maker: who made it.
        municipality: who owes it now: the maker, or a successor to whom it was passed.
        state: empty when the making was voided.
    """

    maker = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="commitments_made", verbose_name="кто взял"
    )
    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, null=True, related_name="commitments", verbose_name="практика"
    )
    measure = models.CharField(
        "мероприятие",
        max_length=300,
        blank=True,
        validators=[plain_text],
        help_text="Если обязательство не о практике другого города. Публикуется.",
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="commitments", verbose_name="чьё"
    )
    state = models.CharField("состояние", max_length=10, choices=CommitmentState, blank=True)
    due_on = models.DateField("срок", null=True)
    who = models.CharField("кто отвечает", max_length=WHO_LENGTH, blank=True)
    made_on = models.DateField("взято", null=True)
    accepted_on = models.DateField("принято", null=True)
    ended_on = models.DateField("исполнено или снято", null=True)
    by_link = models.BooleanField("по личной ссылке", default=False)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = "обязательство"
        verbose_name_plural = "обязательства"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(practice__isnull=False, measure="") | Q(Q(practice__isnull=True), ~Q(measure="")),
                name="commitment_to_a_practice_or_a_measure",
            ),
            models.CheckConstraint(
                condition=Q(~Q(who=""), state__in=CommitmentState.values, due_on__isnull=False, made_on__isnull=False)
                | Q(state="", who="", due_on__isnull=True, made_on__isnull=True, by_link=False),
                name="commitment_stands_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "kept"), accepted_on__isnull=False)
                | Q(state__in=("waiting", ""), accepted_on__isnull=True)
                | ~Q(state__in=("open", "kept", "waiting", "")),
                name="commitment_accepted_or_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("kept", "dropped"), ended_on__isnull=False)
                | Q(~Q(state__in=("kept", "dropped")), ended_on__isnull=True),
                name="commitment_ended_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["maker", "practice"], condition=Q(state__in=LIVE), name="commitment_to_a_practice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.label}"

    def get_absolute_url(self) -> str:
        """The promise's card."""
        return reverse("commitment", args=[self.pk])

    @property
    def label(self) -> str:
        """What was promised: «перенять практику «Единое окно» (Кострома)», or the measure in its own words."""
        if self.practice is None:
            return self.measure
        if not self.practice.is_published or not self.practice.municipality.is_listed:
            return WITHDRAWN_SINCE
        return f"перенять практику {self.practice} ({self.practice.municipality.name_then})"

    @property
    def state_in_words(self) -> str:
        """«обязательство исполнено»."""
        return f"обязательство {self.get_state_display().lower() or 'отменено'}"

    @classmethod
    @transaction.atomic
    def make(cls, new: NewCommitment, *, by: User | None, by_name: str = "") -> "Commitment":
        """Make a promise. What is made on a page is accepted at once, what comes by a link waits.

        Args:
            new: what is promised.
            by: who writes it down; None for a link or a command, which gives `by_name`.
            by_name: who does, when it is not a user.

        Raises:
            ValidationError: it cannot be promised; by field.
        """
        row = new.step().as_row(by=by, by_name=by_name)
        maker = Municipality.objects.select_for_update().get(pk=new.municipality.pk)
        new.check()
        made = cls(maker=maker, municipality=maker, practice=new.practice, measure=tidy(new.measure))
        made._write([row])
        naming_points.tie(made, new.point)
        naming_points.changed(made)
        return made

    @transaction.atomic
    def take(self, new: NewCommitmentStep, *, by: User | None, version: int, by_name: str = "") -> CommitmentStep:
        """Write a step down. Nothing but this, `make` and `void` moves a promise.

        Args:
            new: the step, of any day from the making to today; steps of later days must stay possible.
            by: who takes it; None for a command, which gives `by_name`.
            version: of this promise, as the form was opened with.
            by_name: who takes it, when it is not a user.

        Raises:
            EditConflict: somebody wrote a step meanwhile.
            ValidationError: it is impossible; by field, or as a whole.
        """
        current = type(self).locked(self.pk, version)
        row = new.as_row(by=by, by_name=by_name)
        current._write([row])
        naming_points.changed(current)
        return row

    @transaction.atomic
    def void(
        self,
        step: CommitmentStep,
        *,
        reason: str,
        by: User,
        version: int,
        replacement: NewCommitmentStep | None = None,
    ) -> CommitmentStep:
        """Say that a step is wrong: the promise stands as if it had never been taken.

        Args:
            step: the wrong one, of this promise.
            reason: why it is wrong.
            by: who says so.
            version: of this promise, as the page was opened with.
            replacement: the right step, written together; on the same day it takes the place of the wrong one.

        Returns:
            The stored voiding.

        Raises:
            EditConflict: somebody wrote a step meanwhile.
            ValidationError: the step is voided already, or a later one would become impossible.
        """
        current = type(self).locked(self.pk, version)
        wrong = current.steps.select_related("voided_by").get(pk=step.pk)
        if refusal := void_refusal(wrong):
            raise ValidationError(refusal)
        rows = [CommitmentStep.voiding_of(wrong, reason=reason, by=by)]
        if replacement:
            rows.append(replacement.as_row(by=by))
            rows[-1].take_place_of(wrong)
        current._write(rows)
        naming_points.changed(current)
        return rows[0]

    def standing_on(self, day: dt.date | None = None, *, known_on: dt.date | None = None) -> CommitmentStanding:
        """The reading of a day, of today without one; one query unless the steps are prefetched."""
        return COMMITMENT_RULES.fold(self.steps.all(), day or timezone.localdate(), known_on=known_on)

    def _write(self, new: Sequence[CommitmentStep]) -> None:
        """Store steps that belong together, and where the promise stands with them.

        Raises:
            ValidationError: the steps would not follow one another, or the practice would be promised twice.
        """
        rows = [*(self.steps.all() if self.pk else ()), *new]
        if refusal := COMMITMENT_RULES.replay(rows[: -len(new)], new):
            raise ValidationError(refusal)
        self._check_whose(rows, new)
        self.keep(COMMITMENT_RULES.fold(rows, timezone.localdate()))
        self._check_once()
        self.save()
        for step in new:
            step.commitment = self
            step.save()

    def keep(self, standing: CommitmentStanding) -> None:
        """Let the columns say what a standing says; one without a making is the maker's."""
        for name, value in told_by(self, standing).items():
            setattr(self, name, value)

    def _check_whose(self, rows: Sequence[CommitmentStep], new: Sequence[CommitmentStep]) -> None:
        """Refuse a new making on a day on which its maker was no member, and what is passed to no successor."""
        for step, before, _ in COMMITMENT_RULES.walk(rows):
            if step.action == CommitmentAction.MADE and step in new:
                check_member(self.maker, step.happened_on)
            elif step.action == CommitmentAction.PASSED:
                mergers = Succession.objects.in_force().filter(predecessor=before.municipality_id)
                merged = mergers.filter(successor=step.municipality_id).first()
                if merged is None:
                    raise ValidationError(NO_SUCCESSOR)
                if step.happened_on < merged.happened_on:
                    day = long_date(merged.happened_on)
                    raise ValidationError(f"День объединения – {day} Раньше этого дня обязательство передать нельзя.")

    def _check_once(self) -> None:
        """Refuse a promise that lives again while its maker has made another one to the same practice."""
        if self.practice_id and self.state in LIVE:
            maker = Municipality.objects.select_for_update().get(pk=self.maker_id)
            if Commitment.objects.live().filter(maker=maker, practice=self.practice_id).exclude(pk=self.pk).exists():
                raise ValidationError(TWICE)


def check_member(municipality: Municipality, day: dt.date) -> None:
    """Refuse a promise of a municipality that is no member of the Union at the end of a day.

    Raises:
        ValidationError: it is none.
    """
    if not municipality.belonging_on(day).is_member:
        raise ValidationError(NO_MEMBER.format(name=municipality.name, day=long_date(day)))


def told_by(commitment: Commitment, standing: CommitmentStanding) -> dict[str, object]:
    """What the columns of a promise hold in a standing."""
    told = asdict(standing)
    return told | {"municipality_id": standing.municipality_id or commitment.maker_id}
