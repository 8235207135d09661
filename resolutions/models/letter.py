"""Letters that carry out a decision, and the one method that moves them on their way."""

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.acting import Behalf
from accounts.models import UnionProfile, User
from documents.checklist import unprintable_refusal
from documents.models import IssuedDocument, Signature, SignatureKind
from municipalities.models import Municipality
from resolutions.deadlines import Urgency, late_by, urgency_of
from resolutions.kinds import LETTER_KINDS, LetterKind
from resolutions.models.asking_letter import AskingLetter
from resolutions.models.correspondence import LEFT, NUMBERED, LetterAction, LetterState, letter_step_refusal
from resolutions.models.decision_way import ResolutionStatus
from resolutions.models.deeds import tells_of_a_deed
from resolutions.models.letter_queryset import LetterQueries
from resolutions.models.letter_step import LETTER_RULES, NOT_VOIDED, LetterStanding, LetterStep, NewStep
from resolutions.models.mailing import Mailing
from resolutions.models.point import DecisionPoint
from resolutions.models.releasing import Releasable
from resolutions.models.resolution import Resolution
from resolutions.models.steps import StepRefused
from resolutions.uploads import Upload
from revisions.history import SignedHistory
from revisions.replay import void_refusal
from russian.text import search_form

NOTHING_WAITED_FOR = "Ответа на такое письмо не ждут: срока у него нет."
NOTHING_TO_SHOW = "Обнародуют письмо, которое подписано или отправлено: до этого его текст ещё может измениться."


class LetterQuerySet(LetterQueries["Letter"]):
    """Letters."""


class Letter(AskingLetter, Releasable):
    """A letter on the Union's letterhead. Its text is edited until it leaves; its state moves through `take_step`."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="letters")
    mailing = models.ForeignKey(Mailing, on_delete=models.PROTECT, null=True, editable=False, related_name="letters")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, editable=False, related_name="letters"
    )
    repeats = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="repeated_by", verbose_name="повторно"
    )
    state = models.CharField("состояние", max_length=20, choices=LetterState, default=LetterState.DRAFT, editable=False)
    due_on = models.DateField("срок ответа", null=True, editable=False)
    issued_document = models.OneToOneField(
        IssuedDocument, on_delete=models.PROTECT, null=True, editable=False, related_name="letter"
    )
    search_text = models.TextField(editable=False)
    created_at = models.DateTimeField("создано", auto_now_add=True)

    history = HistoricalRecords(bases=[SignedHistory], excluded_fields=["search_text", "is_awaited", "awaited_until"])
    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "письмо"
        verbose_name_plural = "письма"
        ordering = ["-date", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(LETTER_KINDS)), name="letter_kind_known"),
            *AskingLetter.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state=LetterState.ANNULLED)
                | Q(state=LetterState.DRAFT, number="")
                | Q(~Q(number=""), state__in=NUMBERED),
                name="letter_numbered_exactly_when_registered",
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

    @property
    def waits(self) -> bool:
        """Whether an answer is waited for by this letter: of a point that is off control none is."""
        return self.is_awaited and (self.point is None or self.point.is_under_control)

    @property
    def urgency(self) -> Urgency:
        """How near the first day is until which an answer is waited for; NONE when none is."""
        return self.urgency_on(timezone.localdate())

    def urgency_on(self, today: dt.date) -> Urgency:
        """As `urgency`, on the day that is today for whoever asks."""
        until = self.awaited_until if self.waits else None
        anew_on = self.point.watched_anew_on if self.point else None
        urgency = urgency_of(until, today)
        is_late = late_by(until, today, since=anew_on) > 0
        return Urgency.IN_TIME if urgency == Urgency.OVERDUE and not is_late else urgency

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
    def is_shown_to_public(self) -> bool:
        """Whether everybody may read it today, as `LetterQueries.readable_by` says of many."""
        return self.showing_refusal() is None and self.publicity_on().is_released

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
        if action == LetterAction.SEND and not self.issued_document:
            return unprintable_refusal(self.places(partial(getattr, self)))
        return None

    def repeat_refusal(self) -> str | None:
        """Why no repeated letter can be drafted now, in Russian; None when it can."""
        return None if self.waits else "Повторное письмо готовят, пока ответа на отправленное ждут."

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the letter with what follows from the rest."""
        self.keep_what_follows()
        super().save(*args, **kwargs)

    def keep_what_follows(self) -> None:
        """Say to which year its number belongs, and what people search by, past saving."""
        self.year = self.date.year if self.date else None
        self.search_text = search_form(f"{self.number} {self.addressee} {self.heading}")

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
        files: Sequence[Upload] = (),
        before: LetterStep | None = None,
        behalf: Behalf | None = None,
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
            files: what proves it.
            before: a step of the same day that this one came before; without it, it came after all of them.
            behalf: for whom it is done and on what ground, if not in one's own name.

        Returns:
            The stored step.

        Raises:
            EditConflict: somebody did something about the letter meanwhile.
            StepRefused: the step is impossible on its day, a later one would become impossible, or the number is taken.
        """
        current = type(self).locked(self.pk, version)
        if refusal := current._paper_refusal(action) or current._asks_refusal(action):
            raise StepRefused(refusal)
        new, stead = NewStep(action, happened_on, text, channel, due_on, before=before), behalf.fields if behalf else {}
        step = new.as_row(reply_days=current.reply_days, by=by, letter=current, **stead)
        current._write([step], number=number)
        step.attach(files, by=by)
        return step

    @transaction.atomic
    def void(
        self, row: LetterStep, *, reason: str, version: int, by: User, replacement: NewStep | None = None
    ) -> LetterStep:
        """Say that a step is wrong; what it changed is as if it had never been written.

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
        wrong = current.steps.select_related("voided_by").get(pk=row.pk)
        if refusal := current.voiding_refusal(wrong) or (None if replacement else current._alone_refusal(wrong)):
            raise StepRefused(refusal)
        rows = [LetterStep.voiding_of(wrong, reason=reason, by=by, letter=current)]
        if replacement:
            rows.append(replacement.as_row(reply_days=current.reply_days, by=by, letter=current))
            rows[-1].take_place_of(wrong)
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
            return self._returning_refusal()
        return None

    def _asks_refusal(self, action: LetterAction) -> str | None:
        """Why the asks of the letter, or that it has none, stand against a step."""
        if action == LetterAction.EXTEND and not self.of_kind.waits:
            return NOTHING_WAITED_FOR
        return self._annulling_refusal() if action == LetterAction.ANNUL else None

    def _write(self, new: Sequence[LetterStep], *, number: str = "") -> None:
        """Store steps that belong together, and the letter as it stands with them.

        Raises:
            StepRefused: the way of the letter would not be legal, the number is taken, or it asks for nothing.
        """
        stored = list(self.steps.all())
        if refusal := LETTER_RULES.replay(stored, new):
            raise StepRefused(refusal)
        for step in new:
            if step.action == LetterAction.REGISTER:
                self.take_number(step.happened_on, number)
                self._bear_asks(str(self))
            step.save()
            if step.action == LetterAction.SEND:
                self._carry_asks(step)
        standing = LETTER_RULES.fold([*stored, *new], timezone.localdate())
        self.state, self.due_on = standing.state, standing.due_on
        self.save()
        type(self).settle(self.touched_asks(), new)
        if self.point_id and any(tells_of_a_deed(step) for step in new):
            DecisionPoint.take_note_of_deeds(self.point_id)

    def standing(self) -> LetterStanding:
        """What the steps say of the letter today. One query; the columns of the letter keep the same."""
        return LETTER_RULES.fold(self.steps.all(), timezone.localdate())
