"""What one municipality answers in one round: its state, its answers, its history, and the mails about it."""

from collections.abc import Mapping

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality, Participation, ParticipationRecord
from municipalities.surveys.models.answer import AnswerValue
from municipalities.surveys.models.round import SurveyRefused, SurveyRound
from municipalities.surveys.models.steps import (
    NEEDS_OPEN_ROUND,
    NOTHING_SENT,
    OPENED_ALREADY,
    OWING,
    REFUSALS,
    RESPONSE_TRANSITIONS,
    ResponseAction,
    ResponseState,
)
from revisions.models import VersionedModel
from russian.templatetags.russian import long_date, quoted
from russian.text import plain_text, tidy

S, A = ResponseState, ResponseAction


class SurveyResponse(VersionedModel):
    """One municipality in one round. Its state changes through `move` alone, and each change leaves an event."""

    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="responses", verbose_name="обмен")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="survey_responses", verbose_name="муниципалитет"
    )
    state = models.CharField("состояние", max_length=12, choices=S, default=S.NOT_OPENED, editable=False)
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
            models.CheckConstraint(condition=Q(state__in=ResponseState.values), name="response_state_known"),
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

    @property
    def badge(self) -> ResponseState:
        """Its state, which says how it looks."""
        return ResponseState(self.state)

    def get_absolute_url(self) -> str:
        """The response as the Union's staff and its own municipality read it."""
        return reverse("survey_response", args=[self.round_id, self.municipality.slug])

    def refusal(self, action: ResponseAction) -> str | None:
        """Why an action is impossible now, whoever asks; None when it is possible."""
        state = ResponseState(self.state)
        if (action, state) not in RESPONSE_TRANSITIONS:
            return REFUSALS.get(state, OPENED_ALREADY if action == A.OPEN else NOTHING_SENT)
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

    def _whoever_has_the_link(self) -> str:
        return f"{self.respondent or 'Муниципалитет'} (по личной ссылке)"

    @transaction.atomic
    def open(self, *, by: User | None) -> None:
        """Remember that a person opened the form. The first does; for others, and too late, nothing happens.

        Args:
            by: the representative; None for whoever came by the personal link.
        """
        SurveyRound.objects.select_for_update().get(pk=self.round_id)  # nobody closes it in this moment
        current = SurveyResponse.objects.select_for_update().get(pk=self.pk)
        if current.refusal(A.OPEN) is None:
            current.move(A.OPEN, by=by, by_name=current._whoever_has_the_link())
        self.refresh_from_db()

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
        current.move(A.SUBMIT if submit else A.SAVE, by=by, by_name=current._whoever_has_the_link())
        current.answers.all().delete()
        for question in current.round.questions.all():
            value = answers.get(question.pk)
            if value is not None and value != "":
                current.answers.create(question=question, **{question.of_kind.column: value})
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
        basis = f"Информационный обмен {quoted(current.round.title)}, ответ от {long_date(said_on)}"
        municipality = Municipality.objects.select_for_update().get(pk=current.municipality_id)
        current.record = municipality.record_participation(
            status=current.participation,
            happened_on=said_on,
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
