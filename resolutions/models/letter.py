"""Letters that carry out a decision, and the one method that moves them on their way."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from simple_history.models import HistoricalRecords

from accounts.models import UnionProfile, User
from documents.models import IssuedDocument, Signature, SignatureKind
from municipalities.models import Municipality
from resolutions.deadlines import REPLY_DAYS, Urgency, urgency_of
from resolutions.kinds import LETTER_KINDS, LetterKind, letter_kind_choices, once_a_point
from resolutions.models.correspondence import LEFT, NUMBERED, WAITING, LetterAction, LetterState, letter_step_refusal
from resolutions.models.deeds import tells_of_a_deed
from resolutions.models.letter_queryset import LetterQueries
from resolutions.models.letter_registration import RegisteredWording
from resolutions.models.letter_step import LETTER_RULES, NOT_VOIDED, LetterStanding, LetterStep, NewStep
from resolutions.models.mailing import Mailing
from resolutions.models.point import DecisionPoint
from resolutions.models.releasing import Releasable
from resolutions.models.reply import Reply
from resolutions.models.resolution import Resolution, ResolutionStatus
from resolutions.models.steps import StepRefused
from resolutions.uploads import Upload
from revisions.history import SignedHistory
from revisions.replay import void_refusal
from russian.text import search_form

ONE_APPEAL = "Обращение по этому пункту уже подготовлено."
NOTHING_TO_SHOW = "Обнародуют письмо, которое подписано или отправлено: до этого его текст ещё может измениться."
REPEATED = "Повторное письмо уже подготовлено."


class LetterQuerySet(LetterQueries["Letter"]):
    """Letters."""


class Letter(RegisteredWording, Releasable):
    """A letter on the Union's letterhead. Its text is edited until it leaves; its state moves through `take_step`."""

    kind = models.CharField("вид", max_length=20, choices=letter_kind_choices)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="letters")
    point = models.ForeignKey(DecisionPoint, on_delete=models.PROTECT, null=True, related_name="letters")
    mailing = models.ForeignKey(Mailing, on_delete=models.PROTECT, null=True, editable=False, related_name="letters")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, editable=False, related_name="letters"
    )
    repeats = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="repeated_by", verbose_name="повторно"
    )
    state = models.CharField("состояние", max_length=20, choices=LetterState, default=LetterState.DRAFT, editable=False)
    reply_days = models.PositiveSmallIntegerField(
        "ждать ответа, календарных дней",
        null=True,
        blank=True,
        default=REPLY_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="Срок считается со дня отправки. Оставьте пустым, если ответ не нужен",
    )
    due_on = models.DateField("срок ответа", null=True, editable=False)
    issued_document = models.OneToOneField(
        IssuedDocument, on_delete=models.PROTECT, null=True, editable=False, related_name="letter"
    )
    search_text = models.TextField(editable=False)
    created_at = models.DateTimeField("создано", auto_now_add=True)

    history = HistoricalRecords(bases=[SignedHistory], excluded_fields=["search_text"])
    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        ordering = ["-date", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(LETTER_KINDS)), name="letter_kind_known"),
            *RegisteredWording.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state=LetterState.ANNULLED)
                | Q(state=LetterState.DRAFT, number="")
                | Q(~Q(number=""), state__in=NUMBERED),
                name="letter_numbered_exactly_when_registered",
            ),
            models.UniqueConstraint(
                fields=["point"],
                condition=Q(kind__in=once_a_point(), repeats__isnull=True) & ~Q(state=LetterState.ANNULLED),
                name="letter_one_appeal_per_point",
                violation_error_message=ONE_APPEAL,
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(state__in=LEFT), name="letter_answer_is_due_after_sending"
            ),
            models.CheckConstraint(
                condition=Q(issued_document__isnull=True) | ~Q(number=""), name="letter_issued_has_number"
            ),
        ]

    def __str__(self) -> str:
        first, _, _ = self.addressee.partition("\n")
        return self.heading or f"{self.get_kind_display()}: {first or 'адресат не указан'}"

    @property
    def badge(self) -> LetterState:
        """Its state, which says how it looks."""
        return LetterState(self.state)

    def get_absolute_url(self) -> str:
        """The letter as a page."""
        return reverse("letter", args=[self.pk])

    @property
    def of_kind(self) -> LetterKind:
        """What the portal knows of its kind."""
        return LETTER_KINDS[self.kind]

    @property
    def has_left(self) -> bool:
        """Whether the letter was sent."""
        return self.state in LEFT

    @cached_property
    def is_carried_on(self) -> bool:
        """Whether a repetition has left: it waits for the answer from then on. `with_repetitions` asks for many."""
        return self.repeated_by.filter(state__in=LEFT).exists()

    @property
    def urgency(self) -> Urgency:
        """How near the deadline of the answer is today; NONE when nothing is waited for by this letter."""
        is_over = self.is_carried_on or (self.point is not None and not self.point.is_under_control)
        return urgency_of(self.due_on if self.state in WAITING and not is_over else None, timezone.localdate())

    @property
    def union_name(self) -> str:
        """The name on the letterhead: of the letter's own day, of today while it has none."""
        return UnionProfile.on(self.date).full_name

    @property
    def document_in_force(self) -> IssuedDocument | None:
        """The issued paper, while it was not withdrawn: a withdrawn one leaves the letter as if it was not signed."""
        document = self.issued_document
        return None if document is None or document.withdrawn else document

    @property
    def papers(self) -> Sequence[IssuedDocument]:
        """What was issued of it, the present document first."""
        return self.issued_document.papers if self.issued_document else []

    def showing_refusal(self) -> str | None:
        """Why there is nothing that the public could be shown, in Russian: its text may change. None when there is."""
        return None if self.has_left or self.document_in_force else NOTHING_TO_SHOW

    def attaching_refusal(self, kind: SignatureKind) -> str | None:
        """Why no signature can be attached to the issued paper, in Russian; None when one can."""
        if self.issued_document is None:
            return "Письмо не подписано в портале: прилагать подпись пока не к чему."
        if not self.document_in_force:
            return "Документ отозван: подпись прилагают к новому, когда он выпущен."
        return None

    def remember_attached(self, signature: Signature, *, by: User) -> None:
        """Leave a note on the letter's way that a signature was attached."""
        what = f"{signature.get_kind_display()} приложена к документу. Подписал: {signature.signer_name}"
        version = type(self).objects.values_list("version", flat=True).get(pk=self.pk)
        self.take_step(LetterAction.NOTE, happened_on=timezone.localdate(), version=version, by=by, text=what)

    def edit_refusal(self) -> str | None:
        """Why the text cannot be edited any more, whoever asks, in Russian; None while it can."""
        if self.state == LetterState.ANNULLED:
            return "Письмо аннулировано: его текст больше не меняется."
        if self.has_left:
            return "Письмо отправлено: его текст больше не меняется."
        if self.document_in_force:
            return "Письмо подписано: его текст больше не меняется."
        return None

    def step_refusal(self, action: LetterAction) -> str | None:
        """Why a step is not open now, whoever asks, in Russian; None when it is."""
        return letter_step_refusal(action, self.state) or self._paper_refusal(action)

    def _paper_refusal(self, action: LetterAction) -> str | None:
        """Why the decision or the issued paper stands against a step now, whatever the day of the step is."""
        if action == LetterAction.REGISTER and self.resolution.status == ResolutionStatus.DRAFT:
            return "Решение ещё не принято: письма по нему не регистрируют."
        if action == LetterAction.SIGN and self.document_in_force:
            return "Письмо уже подписано."
        if action == LetterAction.ANNUL and self.document_in_force:
            return "Письмо подписано: сначала отзовите выпущенный документ."
        if action == LetterAction.SEND and self.issued_document and not self.document_in_force:
            return "Подписанный документ отозван: подпишите письмо заново."
        return None

    def repeat_refusal(self) -> str | None:
        """Why no repeated letter can be drafted now, in Russian; None when it can."""
        if self.state not in WAITING:
            return "Повторное письмо готовят, пока ответа на отправленное ждут."
        if self.repeated_by.exclude(state=LetterState.ANNULLED).exists():
            return REPEATED
        return None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the letter with the year its number belongs to, and with what people search by."""
        self.year = self.date.year if self.date else None
        self.search_text = search_form(f"{self.number} {self.addressee} {self.heading}")
        super().save(*args, **kwargs)

    @transaction.atomic
    def take_step(
        self,
        action: LetterAction,
        *,
        happened_on: dt.date,
        version: int,
        by: User,
        text: str = "",
        number: str = "",
        channel: str = "",
        due_on: dt.date | None = None,
        reply: Reply | None = None,
        files: Sequence[Upload] = (),
        before: LetterStep | None = None,
    ) -> LetterStep:
        """Do something about the letter. Nothing but this and `void` changes its state, number or deadline.

        Args:
            action: what.
            happened_on: the day, in Moscow; not in the future. Later steps, written down already, must stay possible.
            version: the version of the letter that was shown.
            by: who does it; the name is kept as it is now.
            text: note or reason.
            number: of `REGISTER`: the number of a letter registered outside the portal; the next of the series without.
            channel: of `SEND`: a code of `Channel`.
            due_on: of `EXTEND`: the new deadline of the answer.
            reply: of `ANSWER`: the answer, not stored yet.
            files: what proves it.
            before: a step of the same day that this one came before; without it, it came after all of them.

        Returns:
            The stored step.

        Raises:
            EditConflict: somebody did something about the letter meanwhile.
            StepRefused: the step is impossible on its day, a later one would become impossible, or the number is taken.
        """
        current = type(self).locked(self.pk, version)
        if refusal := current._paper_refusal(action):
            raise StepRefused(refusal)
        new = NewStep(action, happened_on, text, channel, due_on, reply=reply, before=before)
        step = new.as_row(reply_days=current.reply_days, by=by, letter=current)
        current._write([step], number=number)
        step.attach(files, by=by)
        return step

    @transaction.atomic
    def void(
        self, row: LetterStep, *, reason: str, version: int, by: User, replacement: NewStep | None = None
    ) -> LetterStep:
        """Say that a step is wrong; what it changed is as if it had never been written. Its answer is revoked.

        Args:
            row: the wrong step, of this letter.
            reason: why it is wrong.
            version: the version of the letter that was shown.
            by: who says so.
            replacement: the right step, written together; on the same day it takes the place of the wrong one.

        Returns:
            The stored voiding.

        Raises:
            EditConflict: somebody did something about the letter meanwhile.
            StepRefused: the step is voided already, is of a kind that is not voided, or a later one, or another
                letter, rests on it.
        """
        current = type(self).locked(self.pk, version)
        wrong = current.steps.select_related("voided_by", "reply").get(pk=row.pk)
        if refusal := current.voiding_refusal(wrong) or (None if replacement else current._alone_refusal(wrong)):
            raise StepRefused(refusal)
        rows = [LetterStep.voiding_of(wrong, reason=reason, by=by, letter=current)]
        if replacement:
            rows.append(replacement.as_row(reply_days=current.reply_days, by=by, letter=current))
            rows[-1].take_place_of(wrong)
        if wrong.reply:  # first: its number is free for the right one
            wrong.reply.is_revoked = True
            wrong.reply.save()
        current._write(rows)
        if replacement:
            rows[-1].attach(replacement.files, by=by)
        return rows[0]

    def voiding_refusal(self, row: LetterStep) -> str | None:
        """Why a step of the letter cannot be voided, whoever asks, in Russian; None when nothing is known against it.

        What rests on it, a later step or another letter, is looked for when the voiding is written.
        """
        return void_refusal(row) or NOT_VOIDED.get(row.action)

    def _alone_refusal(self, row: LetterStep) -> str | None:
        """Why a step cannot be voided without a right one in its place: what rests on it would hang in the air."""
        repetitions = self.repeated_by.exclude(state=LetterState.ANNULLED)
        if row.action == LetterAction.SEND and repetitions.exists():
            return "К письму составлено повторное: сначала аннулируйте его."
        if row.action == LetterAction.ANNUL:
            return self._place_refusal()
        return None

    def _place_refusal(self) -> str | None:
        """Why an annulled letter cannot come back: another one has taken its place."""
        others = type(self)._default_manager.exclude(pk=self.pk).exclude(state=LetterState.ANNULLED)
        if self.repeats_id and others.filter(repeats=self.repeats_id).exists():
            return REPEATED
        is_alone = self.of_kind.once_a_point and self.repeats_id is None
        if is_alone and others.filter(point=self.point_id, kind=self.kind, repeats=None).exists():
            return ONE_APPEAL
        return None

    def _write(self, new: Sequence[LetterStep], *, number: str = "") -> None:
        """Store steps that belong together, and the letter as it stands with them.

        Raises:
            StepRefused: the way of the letter would not be legal, or the number is taken.
        """
        stored = list(self.steps.select_related("reply"))
        if refusal := LETTER_RULES.replay(stored, new):
            raise StepRefused(refusal)
        for step in new:
            if step.action == LetterAction.REGISTER:
                self.take_number(step.happened_on, number)
            if step.reply:
                step.reply.letter = self
                step.reply.save()
                step.reply = step.reply  # its key is known now
            step.save()
        standing = LETTER_RULES.fold([*stored, *new], timezone.localdate())
        self.state, self.due_on = standing.state, standing.due_on
        self.save()
        if self.point_id and any(tells_of_a_deed(step) for step in new):
            DecisionPoint.take_note_of_deeds(self.point_id)

    def standing(self) -> LetterStanding:
        """What the steps say of the letter today. One query; the columns of the letter keep the same."""
        return LETTER_RULES.fold(self.steps.select_related("reply"), timezone.localdate())
