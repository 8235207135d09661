"""Letters that carry out a decision, and the one method that moves them on their way."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.access import Visitor, is_union_staff
from accounts.models import User
from documents.models import IssuedDocument, Signature, SignatureKind
from municipalities.models import Municipality
from resolutions.deadlines import REPLY_DAYS, TermUnit, Urgency, last_day, urgency_of
from resolutions.models.correspondence import (
    ARRIVED,
    LEFT,
    LETTER_STEPS,
    NUMBERED,
    WAITING,
    LetterAction,
    LetterKind,
    LetterState,
    letter_step_refusal,
)
from resolutions.models.letter_step import LetterStep
from resolutions.models.letter_wording import LetterWording
from resolutions.models.mailing import Mailing
from resolutions.models.numbering import NumberSeries
from resolutions.models.point import DecisionPoint
from resolutions.models.reply import Reply
from resolutions.models.resolution import Resolution, ResolutionStatus
from resolutions.models.steps import StepRefused
from resolutions.uploads import Upload
from revisions.history import SignedHistory
from russian.templatetags.russian import long_date
from russian.text import plain_text, search_form

NUMBER_TAKEN = "Письмо с таким исходящим номером в этом году уже есть."


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters as different people see them."""

    def visible_to(self, user: Visitor) -> Self:
        """Staff see all; municipal users, what was registered under a decision they may read; strangers, none."""
        if is_union_staff(user):
            return self
        if isinstance(user, User) and user.is_active and user.role:
            return self.filter(resolution__in=Resolution.objects.visible_to(user), state__in=NUMBERED)
        return self.none()

    def with_documents(self) -> Self:
        """With everything that a letter's page, steps and paper ask for."""
        return self.select_related("resolution", "point", "issued_document__withdrawal")

    def waiting(self) -> Self:
        """Letters that left and whose answer is waited for until a day."""
        return self.filter(state__in=WAITING, due_on__isnull=False)

    def overdue(self, today: dt.date) -> Self:
        """Letters whose answer should have come before a day."""
        return self.waiting().filter(due_on__lt=today)


class Letter(LetterWording):
    """A letter on the Union's letterhead. Its text is edited until it leaves; its state moves through `take_step`."""

    kind = models.CharField("вид", max_length=20, choices=LetterKind)
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
    number = models.CharField("исходящий номер", max_length=30, blank=True, editable=False, validators=[plain_text])
    sequence = models.PositiveIntegerField("порядковый номер", null=True, editable=False)
    date = models.DateField("дата письма", null=True, editable=False)
    year = models.PositiveSmallIntegerField("год регистрации", null=True, editable=False)
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
            models.CheckConstraint(condition=Q(kind__in=LetterKind.values), name="letter_kind_known"),
            models.CheckConstraint(
                condition=Q(number="", date__isnull=True, year__isnull=True, sequence__isnull=True)
                | Q(~Q(number=""), date__isnull=False, year__isnull=False),
                name="letter_number_comes_with_date",
            ),
            models.CheckConstraint(
                condition=Q(state=LetterState.ANNULLED)
                | Q(state=LetterState.DRAFT, number="")
                | Q(~Q(number=""), state__in=NUMBERED),
                name="letter_numbered_exactly_when_registered",
            ),
            models.UniqueConstraint(
                fields=["year", "number"],
                condition=~Q(number=""),
                name="letter_number_once_a_year",
                violation_error_message=NUMBER_TAKEN,
            ),
            models.UniqueConstraint(fields=["year", "sequence"], name="letter_sequence_once_a_year"),
            models.UniqueConstraint(
                fields=["point"],
                condition=Q(kind=LetterKind.APPEAL, repeats__isnull=True) & ~Q(state=LetterState.ANNULLED),
                name="letter_one_appeal_per_point",
                violation_error_message="Обращение по этому пункту уже подготовлено.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(state__in=LEFT), name="letter_answer_is_due_after_sending"
            ),
            models.CheckConstraint(
                condition=Q(issued_document__isnull=True) | ~Q(number=""), name="letter_issued_has_number"
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
    def has_left(self) -> bool:
        """Whether the letter was sent."""
        return self.state in LEFT

    @property
    def has_arrived(self) -> bool:
        """Whether the addressee has it."""
        return self.state in ARRIVED

    @property
    def urgency(self) -> Urgency:
        """How near the deadline of the answer is today; NONE when nothing is waited for."""
        return urgency_of(self.due_on if self.state in WAITING else None, timezone.localdate())

    @property
    def union_name(self) -> str:
        """The name on the letterhead."""
        return self.resolution.union_name

    @property
    def document_in_force(self) -> IssuedDocument | None:
        """The issued paper, while it was not withdrawn: a withdrawn one leaves the letter as if it was not signed."""
        document = self.issued_document
        return None if document is None or document.withdrawn else document

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
        refusal = letter_step_refusal(action, self.state)
        if refusal:
            return refusal
        if action == LetterAction.REGISTER and self.resolution.status == ResolutionStatus.DRAFT:
            return "Решение ещё не принято: письма по нему не регистрируют."
        if action == LetterAction.SIGN and self.document_in_force:
            return "Письмо уже подписано."
        if action == LetterAction.ANNUL and self.document_in_force:
            return "Письмо подписано: сначала отзовите выпущенный документ."
        if action == LetterAction.SEND and self.issued_document and not self.document_in_force:
            return "Подписанный документ отозван: подпишите письмо заново."
        if action == LetterAction.REVOKE_REPLY and not self.replies.filter(is_revoked=False).exists():
            return LETTER_STEPS[action].otherwise
        return None

    def repeat_refusal(self) -> str | None:
        """Why no repeated letter can be drafted now, in Russian; None when it can."""
        if self.state not in WAITING:
            return "Повторное письмо готовят, пока ответа на отправленное ждут."
        if self.repeated_by.exclude(state=LetterState.ANNULLED).exists():
            return "Повторное письмо уже подготовлено."
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
    ) -> LetterStep:
        """Do something about the letter. Nothing else changes its state, number or deadline.

        Args:
            action: what.
            happened_on: the day, in Moscow; not in the future, and, but for notes, not before the last step.
            version: the version of the letter that was shown.
            by: who does it; the name is kept as it is now.
            text: note or reason.
            number: of `REGISTER`: the number of a letter registered outside the portal; the next of the series without.
            channel: of `SEND`: a code of `Channel`.
            due_on: of `EXTEND`: the new deadline of the answer.
            reply: of `ANSWER`: the answer, not stored yet; of `REVOKE_REPLY`: the stored one.
            files: what proves it.

        Returns:
            The stored step.

        Raises:
            EditConflict: somebody did something about the letter meanwhile.
            StepRefused: the step is not open, the day is impossible, or the number is taken.
        """
        current = type(self).locked(self.pk, version)
        refusal = current.step_refusal(action) or current._day_refusal(action, happened_on)
        if refusal:
            raise StepRefused(refusal)
        before = current.state
        current.state = LETTER_STEPS[action].after or current.state
        current._apply(action, happened_on, number=number, due_on=due_on, reply=reply)
        current.save()
        facts = {"action": action, "happened_on": happened_on, "text": text, "channel": channel, "reply": reply}
        return current._write_down(facts, before=before, by=by, files=files)

    def _write_down(self, facts: dict[str, Any], *, before: str, by: User, files: Sequence[Upload]) -> LetterStep:
        """Store the step that led to the present state, with what proves it."""
        step = self.steps.create(
            **facts,
            state_before=before,
            state_after=self.state,
            due_on=self.due_on,
            author=by,
            author_name=str(by),
        )
        for upload in files:
            step.files.create(**upload.facts(), added_by_name=str(by))
        return step

    def _day_refusal(self, action: LetterAction, day: dt.date) -> str | None:
        if day > timezone.localdate():
            return "Эта дата ещё не наступила."
        if action == LetterAction.NOTE:
            return None
        last = self.steps.exclude(action=LetterAction.NOTE).first()
        if last and day < last.happened_on:
            return (
                f"Предыдущий шаг ({last.get_action_display().lower()}) датирован {long_date(last.happened_on)} "
                "Укажите тот же или более поздний день."
            )
        return None

    def _apply(
        self, action: LetterAction, day: dt.date, *, number: str, due_on: dt.date | None, reply: Reply | None
    ) -> None:
        """Change what the step changes besides the state the table names."""
        if action == LetterAction.REGISTER:
            self._number(day, number)
        elif action == LetterAction.SEND and self.reply_days:
            self.due_on = last_day(day, self.reply_days, TermUnit.CALENDAR)
        elif action == LetterAction.EXTEND:
            if due_on in (None, self.due_on):
                raise StepRefused("Это прежний срок: укажите другой день.")
            self.due_on = due_on
        elif action in (LetterAction.ANSWER, LetterAction.REVOKE_REPLY) and reply is not None:
            self._take_reply(action, reply)

    def _number(self, day: dt.date, typed: str) -> None:
        series = NumberSeries.queue_for(day.year)
        taken = type(self)._default_manager.filter(year=day.year).values_list("number", flat=True)
        if not typed:
            self.sequence, self.number = series.take_number(lambda number: taken.filter(number=number).exists())
        elif taken.filter(number=typed).exists():
            raise StepRefused(NUMBER_TAKEN)
        else:
            self.number = typed
        self.date = day

    def _take_reply(self, action: LetterAction, reply: Reply) -> None:
        """The answers in force decide where the letter stands: answered by a final one, waiting without."""
        reply.letter = self
        reply.is_revoked = action == LetterAction.REVOKE_REPLY
        reply.save()
        if any(one.is_final for one in self.replies.filter(is_revoked=False)):
            self.state = LetterState.ANSWERED
        elif self.state == LetterState.ANSWERED:
            arrived = self.steps.filter(action=LetterAction.DELIVER).exists()
            self.state = LetterState.DELIVERED if arrived else LetterState.SENT
