"""What one municipality answers in one round: its state, its answers, its history, and the mails about it."""

import datetime as dt
import secrets
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from municipalities.models.municipality import Municipality
from municipalities.models.participation import Participation, ParticipationRecord
from municipalities.models.survey import Question, QuestionKind, SurveyRefused, SurveyRound
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet
from revisions.models import VersionedModel
from russian.templatetags.russian import long_date
from russian.text import plain_text, tidy

AnswerValue: TypeAlias = str | Decimal | dt.date | bool


def new_nonce() -> str:
    """What a personal link carries besides the round and the city; another one makes the link another."""
    return secrets.token_urlsafe(12)


class ResponseState(models.TextChoices):
    """How far a municipality has got."""

    NOT_OPENED = "not_opened", "Не открывали"
    DRAFT = "draft", "Черновик"
    SUBMITTED = "submitted", "Отправлен"
    RETURNED = "returned", "Возвращён"
    ACCEPTED = "accepted", "Принят"


class ResponseAction(models.TextChoices):
    """What happens to a response; each leaves an event behind."""

    OPEN = "open", "Форма открыта"
    SAVE = "save", "Сохранён черновик"
    SUBMIT = "submit", "Ответ отправлен"
    RETURN = "return", "Возвращён на доработку"
    ACCEPT = "accept", "Ответ принят"
    WITHDRAW_LINK = "withdraw_link", "Ссылка отозвана"
    RENEW_LINK = "renew_link", "Выдана новая ссылка"


S, A = ResponseState, ResponseAction

# (action, state before) -> state after; what is not here is refused.
RESPONSE_TRANSITIONS: dict[tuple[ResponseAction, ResponseState], ResponseState] = {
    (A.OPEN, S.NOT_OPENED): S.DRAFT,
    (A.SAVE, S.NOT_OPENED): S.DRAFT,
    (A.SAVE, S.DRAFT): S.DRAFT,
    (A.SAVE, S.RETURNED): S.RETURNED,
    (A.SUBMIT, S.NOT_OPENED): S.SUBMITTED,
    (A.SUBMIT, S.DRAFT): S.SUBMITTED,
    (A.SUBMIT, S.RETURNED): S.SUBMITTED,
    (A.RETURN, S.SUBMITTED): S.RETURNED,
    (A.ACCEPT, S.SUBMITTED): S.ACCEPTED,
}
OWING = (S.NOT_OPENED, S.DRAFT, S.RETURNED)  # who has to be reminded
ANSWERED = (S.SUBMITTED, S.ACCEPTED)
NEEDS_OPEN_ROUND = (A.OPEN, A.SAVE, A.SUBMIT, A.RETURN)
REFUSALS = {
    S.SUBMITTED: "Ответ уже отправлен и проверяется. Чтобы исправить его, попросите секретариат вернуть ответ.",
    S.ACCEPTED: "Ответ уже принят. Новые сведения внесите на странице муниципального образования.",
}
NOTHING_SENT = "Ответ ещё не отправлен: принимать или возвращать нечего."


class SurveyResponse(VersionedModel):
    """One municipality in one round. Its state changes through `move` alone, and each change leaves an event."""

    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="responses", verbose_name="обмен")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="survey_responses", verbose_name="муниципалитет"
    )
    state = models.CharField("состояние", max_length=12, choices=S, default=S.NOT_OPENED, editable=False)
    nonce = models.CharField(max_length=32, default=new_nonce, blank=True, editable=False)  # empty: link withdrawn
    participation = models.CharField("статус участия", max_length=20, choices=Participation, blank=True)
    participation_basis = models.CharField("основание", max_length=240, blank=True, validators=[plain_text])
    respondent = models.CharField("кто заполнил", max_length=150, blank=True, validators=[plain_text])
    saved_at = models.DateTimeField("сохранён", null=True, editable=False)
    submitted_at = models.DateTimeField("отправлен", null=True, editable=False)
    record = models.OneToOneField(
        ParticipationRecord, on_delete=models.PROTECT, null=True, editable=False, related_name="survey_response"
    )

    class Meta:
        verbose_name = "ответ муниципалитета"
        verbose_name_plural = "ответы муниципалитетов"
        constraints = [
            models.UniqueConstraint(fields=["round", "municipality"], name="response_once_a_round"),
            models.CheckConstraint(condition=Q(state__in=S.values), name="response_state_known"),
            models.CheckConstraint(
                condition=Q(participation__in=["", *Participation.values]), name="response_participation_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OWING)
                | Q(~Q(participation=""), submitted_at__isnull=False, saved_at__isnull=False),
                name="response_sent_says_where_it_stands",
            ),
            models.CheckConstraint(
                condition=Q(state=S.ACCEPTED, record__isnull=False) | Q(~Q(state=S.ACCEPTED), record__isnull=True),
                name="response_accepted_exactly_when_recorded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        """The response as the Union's staff and its own municipality read it."""
        return reverse("survey_response", args=[self.round_id, self.municipality.slug])

    def refusal(self, action: ResponseAction) -> str | None:
        """Why an action is impossible now, whoever asks; None when it is possible."""
        state = ResponseState(self.state)
        if (action, state) not in RESPONSE_TRANSITIONS:
            return REFUSALS.get(state, NOTHING_SENT)
        return self.round.answers_refusal() if action in NEEDS_OPEN_ROUND else None

    def move(self, action: ResponseAction, *, by: User | None, by_name: str = "", remark: str = "") -> None:
        """The one place where the state changes. The row is locked by the caller, and nothing else is saved with it.

        Args:
            action: what happens.
            by: the user; None for whoever came by the personal link.
            by_name: who it was, when there is no user.
            remark: why; what the municipality should correct.

        Raises:
            SurveyRefused: the action is not possible now.
        """
        refusal = self.refusal(action)
        if refusal:
            raise SurveyRefused(refusal)
        self.state = RESPONSE_TRANSITIONS[action, ResponseState(self.state)]
        self.save()
        self.remember(action, by=by, by_name=by_name, remark=remark)

    def remember(self, action: ResponseAction, *, by: User | None, by_name: str = "", remark: str = "") -> None:
        """Write a line of history: who did what, when and why, and the state after it."""
        self.events.create(
            action=action,
            state=self.state,
            remark=tidy(remark),
            actor=by,
            actor_name=(str(by) if by else by_name)[:200],
        )

    @transaction.atomic
    def mark_opened(self, *, by: User | None) -> None:
        """Remember that the municipality has looked at the form; only the first look counts."""
        current = SurveyResponse.objects.select_for_update().get(pk=self.pk)
        if current.refusal(A.OPEN) is None:
            current.move(A.OPEN, by=by, by_name=BY_LINK)
        self.state = current.state

    @transaction.atomic
    def answer(
        self,
        *,
        participation: str,
        participation_basis: str,
        respondent: str,
        answers: Mapping[int, AnswerValue | None],
        submit: bool,
        version: int,
        by: User | None,
    ) -> None:
        """Store what the municipality says, as a draft or for good.

        Args:
            participation: a code of `Participation`; may be empty in a draft.
            participation_basis: document or link, may be empty.
            respondent: name and position of whoever filled the form in.
            answers: key of the question → value of its type; None for no answer.
            submit: whether it goes to the secretariat.
            version: of the response, as the form was opened with.
            by: the representative; None for whoever came by the personal link.

        Raises:
            EditConflict: somebody else of the municipality saved meanwhile.
            SurveyRefused: the round is closed, or the response is sent already.
        """
        SurveyRound.objects.select_for_update().get(pk=self.round_id)  # questions cannot change in this moment
        current = SurveyResponse.locked(self.pk, version)
        current.participation, current.participation_basis = participation, tidy(participation_basis)
        current.respondent = tidy(respondent)
        current.saved_at = timezone.now()
        if submit:
            current.submitted_at = current.saved_at
        by_name = f"{current.respondent or 'Муниципалитет'} ({BY_LINK.lower()})"
        current.move(A.SUBMIT if submit else A.SAVE, by=by, by_name=by_name)
        current.answers.all().delete()
        for question in current.round.questions.all():
            value = answers.get(question.pk)
            if value is not None and value != "":
                current.answers.create(question=question, **SurveyAnswer.columns(QuestionKind(question.kind), value))
        self.refresh_from_db()

    @transaction.atomic
    def accept(self, *, version: int, by: User) -> ParticipationRecord:
        """Take the response as it is, and record the participation it states.

        Args:
            version: of the response, as it was shown.
            by: the secretariat.

        Returns:
            The record; its basis names the round.

        Raises:
            EditConflict: the response changed meanwhile.
            SurveyRefused: it is not waiting to be accepted.
            ValidationError: the municipality refuses the record; nothing is accepted then.
        """
        current = SurveyResponse.locked(self.pk, version)
        refusal = current.refusal(A.ACCEPT)
        if refusal or current.submitted_at is None:
            raise SurveyRefused(refusal or NOTHING_SENT)
        said_on = timezone.localdate(current.submitted_at)
        basis = f"Информационный обмен «{current.round.title}», ответ от {long_date(said_on)}"
        municipality = Municipality.objects.select_for_update().get(pk=current.municipality_id)
        current.record = municipality.record_participation(
            status=current.participation,
            effective_on=said_on,
            basis=": ".join(filter(None, [basis, current.participation_basis])),
            by=by,
            version=municipality.version,
        )
        current.move(A.ACCEPT, by=by)
        self.refresh_from_db()
        return current.record

    @transaction.atomic
    def send_back(self, *, remark: str, version: int, by: User) -> None:
        """Return the response to the municipality.

        Args:
            remark: what to correct.
            version: of the response, as it was shown.
            by: the secretariat.

        Raises:
            EditConflict: the response changed meanwhile.
            SurveyRefused: it is not waiting, or the round is closed and nobody could correct it.
        """
        SurveyResponse.locked(self.pk, version).move(A.RETURN, by=by, remark=remark)
        self.refresh_from_db()

    @transaction.atomic
    def change_link(self, *, withdraw: bool, by: User) -> None:
        """Make the personal link useless at once, and give a new one unless it is withdrawn for good.

        Args:
            withdraw: whether to leave the municipality without a link.
            by: the secretariat.
        """
        current = SurveyResponse.objects.select_for_update().get(pk=self.pk)
        current.nonce = "" if withdraw else new_nonce()
        current.save(update_fields=["nonce"])
        current.remember(A.WITHDRAW_LINK if withdraw else A.RENEW_LINK, by=by)
        self.nonce = current.nonce


BY_LINK = "По персональной ссылке"


class SurveyAnswer(models.Model):
    """The answer to one question, in the column of its type; no row means no answer."""

    response = models.ForeignKey(SurveyResponse, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField("текст или вариант", blank=True, validators=[plain_text])
    number = models.DecimalField("число", max_digits=20, decimal_places=4, null=True)
    day = models.DateField("дата", null=True)
    is_yes = models.BooleanField("да", null=True)

    class Meta:
        verbose_name = "ответ на вопрос"
        verbose_name_plural = "ответы на вопросы"
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="answer_once_a_question"),
            models.CheckConstraint(
                condition=(~Q(text="") & Q(number__isnull=True, day__isnull=True, is_yes__isnull=True))
                | Q(text="", number__isnull=False, day__isnull=True, is_yes__isnull=True)
                | Q(text="", number__isnull=True, day__isnull=False, is_yes__isnull=True)
                | Q(text="", number__isnull=True, day__isnull=True, is_yes__isnull=False),
                name="answer_has_exactly_one_value",
            ),
        ]

    def __str__(self) -> str:
        return str(self.value)

    @staticmethod
    def columns(kind: QuestionKind, value: AnswerValue) -> dict[str, AnswerValue]:
        """The column in which a kind of question keeps its answer."""
        column = {QuestionKind.NUMBER: "number", QuestionKind.DATE: "day", QuestionKind.YES_NO: "is_yes"}
        return {column.get(kind, "text"): value}

    @property
    def value(self) -> AnswerValue:
        """The answer in its own type."""
        for value in (self.number, self.day, self.is_yes):
            if value is not None:
                return value
        return self.text


class SurveyEventQuerySet(AppendOnlyQuerySet["SurveyEvent"]):
    """Events of responses."""


class SurveyEvent(AppendOnlyModel):
    """One line of a response's history: who, when, what, why, and the state after it."""

    response = models.ForeignKey(SurveyResponse, on_delete=models.PROTECT, related_name="events")
    action = models.CharField("действие", max_length=20, choices=A)
    state = models.CharField("состояние после", max_length=12, choices=S)
    remark = models.CharField("замечание", max_length=1000, blank=True, validators=[plain_text])
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField("кто", max_length=200)
    at = models.DateTimeField("когда", default=timezone.now, editable=False)

    objects = SurveyEventQuerySet.as_manager()

    class Meta:
        verbose_name = "событие ответа"
        verbose_name_plural = "события ответов"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["response", "-at", "-id"], name="survey_event_latest")]
        constraints = [
            models.CheckConstraint(condition=Q(action__in=A.values), name="survey_event_action_known"),
            models.CheckConstraint(condition=Q(state__in=S.values), name="survey_event_state_known"),
            models.CheckConstraint(condition=~Q(actor_name=""), name="survey_event_has_actor"),
            models.CheckConstraint(
                condition=~Q(action=A.RETURN) | ~Q(remark=""), name="survey_event_return_has_remark"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.actor_name}"
