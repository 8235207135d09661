"""Information exchange: a round of questions to the municipalities."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models import User
from listings.badges import ToneChoices
from municipalities import personal_links
from municipalities.models import Municipality
from revisions.history import SignedHistory, sign
from revisions.models import VersionedModel
from russian.text import plain_text, tidy

TITLE_LENGTH = 200
LINKS = "surveys"  # the purpose of the personal links by which responses are filled in


class SurveyRefused(Exception):
    """The step is not possible now; the message tells the user why, in Russian."""


class RoundStatus(ToneChoices):
    """Where a round stands."""

    DRAFT = "draft", "draft", "Готовится"
    OPEN = "open", "doing", "Открыт"
    CLOSED = "closed", "done", "Закрыт"


class RoundAction(models.TextChoices):
    """What is done to a round."""

    OPEN = "open", "Обмен открыт"
    CLOSE = "close", "Обмен закрыт"
    REOPEN = "reopen", "Обмен открыт снова"


# action -> (status before, status after)
ROUND_TRANSITIONS = {
    RoundAction.OPEN: (RoundStatus.DRAFT, RoundStatus.OPEN),
    RoundAction.CLOSE: (RoundStatus.OPEN, RoundStatus.CLOSED),
    RoundAction.REOPEN: (RoundStatus.CLOSED, RoundStatus.OPEN),
}
FROZEN = "На вопросы уже отвечают: менять их нельзя, иначе ответы городов перестанут быть сопоставимы."
FINISHED = "Обмен закрыт: вопросы больше не меняются."
ELSEWHERE = "Этот обмен проведён до появления портала: менять в нём нечего."


class SurveyRound(VersionedModel):
    """One information exchange: what is asked, of whom, until when. Its status changes through `move` alone."""

    title = models.CharField(
        "название",
        max_length=TITLE_LENGTH,
        validators=[plain_text],
        help_text="Например: «Участие в проекте „Умный город“ в 2026 году».",
    )
    assembly = models.CharField(
        "к какому Общему Собранию готовится",
        max_length=200,
        blank=True,
        validators=[plain_text],
        help_text="Например: «Общее Собрание в г. Архангельске».",
    )
    assembly_on = models.DateField("дата Собрания", null=True, blank=True)
    note = models.TextField(
        "пояснение для муниципалитетов",
        max_length=2000,
        blank=True,
        validators=[plain_text],
        help_text="Зачем собираются сведения и к кому обращаться с вопросами. Стоит в письме и над формой.",
    )
    opens_on = models.DateField("приём ответов с", null=True)
    closes_on = models.DateField(
        "приём ответов по", null=True, help_text="Включительно, по московскому времени. С этим днём истекают и ссылки."
    )
    status = models.CharField(
        "состояние", max_length=10, choices=RoundStatus, default=RoundStatus.DRAFT, editable=False
    )
    held_elsewhere = models.BooleanField("проведён до появления портала", default=False, editable=False)

    history = HistoricalRecords(bases=[SignedHistory], excluded_fields=["version"])

    class Meta:
        verbose_name = "информационный обмен"
        verbose_name_plural = "информационные обмены"
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="survey_round_titled"),
            models.CheckConstraint(condition=Q(status__in=RoundStatus.values), name="survey_round_status_known"),
            models.CheckConstraint(
                condition=Q(held_elsewhere=True, status=RoundStatus.CLOSED)
                | Q(held_elsewhere=False, opens_on__isnull=False, closes_on__isnull=False),
                name="survey_round_dated_unless_held_elsewhere",
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(opens_on__isnull=True) | Q(closes_on__gte=models.F("opens_on")),
                name="survey_round_closes_after_it_opens",
                violation_error_message="Последний день приёма ответов раньше первого.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def badge(self) -> RoundStatus:
        """Its status, which says how it looks."""
        return RoundStatus(self.status)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the round with tidy texts."""
        self.title, self.assembly = tidy(self.title), tidy(self.assembly)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The round's page."""
        return reverse("survey", args=[self.pk])

    def answers_refusal(self, day: dt.date | None = None) -> str | None:
        """Why municipalities cannot answer on a day.

        Args:
            day: in Moscow; today without it.

        Returns:
            A sentence; None when the round is open and the day lies between its two dates, both included.
        """
        day = day or timezone.localdate()
        if self.status == RoundStatus.DRAFT:
            return "Информационный обмен ещё не открыт."
        if self.status == RoundStatus.CLOSED or self.opens_on is None or self.closes_on is None:
            return "Информационный обмен закрыт: ответы больше не принимаются."
        if day < self.opens_on:
            return f"Приём ответов начнётся {self.opens_on:%d.%m.%Y}."
        if day > self.closes_on:
            return f"Срок ответа истёк {self.closes_on:%d.%m.%Y}: ответы больше не принимаются."
        return None

    def refusal(self, action: RoundAction) -> str | None:
        """Why a step is impossible now, in Russian; None when it is possible."""
        if self.held_elsewhere:
            return ELSEWHERE
        if self.status != ROUND_TRANSITIONS[action][0]:
            return f"Сейчас обмен в состоянии «{self.get_status_display()}»: этот шаг невозможен."
        if action == RoundAction.CLOSE:
            return None
        if self.closes_on is None or self.closes_on < timezone.localdate():
            return "Последний день приёма ответов уже прошёл: сначала перенесите срок."
        if not self.responses.exists():
            return "Выберите хотя бы одно муниципальное образование."
        return None

    @transaction.atomic
    def move(self, action: RoundAction, *, by: User) -> None:
        """The one place where the status changes; the history is written with it.

        Args:
            action: the step.
            by: who does it.

        Raises:
            SurveyRefused: the step is not possible now.
        """
        current = SurveyRound.objects.select_for_update().get(pk=self.pk)
        refusal = current.refusal(action)
        if refusal:
            raise SurveyRefused(refusal)
        current.status = ROUND_TRANSITIONS[action][1]
        current.version += 1
        sign(current, by=by, reason=str(action.label))
        current.save()
        self.status, self.version = current.status, current.version

    def questions_refusal(self) -> str | None:
        """Why the questions cannot be changed now; None when they can."""
        if self.held_elsewhere:
            return ELSEWHERE
        if self.status == RoundStatus.CLOSED:
            return FINISHED
        return FROZEN if self.responses.filter(saved_at__isnull=False).exists() else None

    @classmethod
    def locked_for_questions(cls, pk: int) -> "SurveyRound":
        """The round, locked against answers that come at this moment. Call it inside a transaction.

        Raises:
            SurveyRefused: the questions are frozen.
        """
        current = cls.objects.select_for_update().get(pk=pk)
        refusal = current.questions_refusal()
        if refusal:
            raise SurveyRefused(refusal)
        return current

    @transaction.atomic
    def ask(self, municipalities: Iterable[Municipality]) -> None:
        """Make these the municipalities of the round: newcomers are added with a personal link, the others leave.

        Args:
            municipalities: all that the round is for.

        Raises:
            SurveyRefused: one that would leave has been written to or has begun to answer.
        """
        SurveyRound.objects.select_for_update().get(pk=self.pk)
        asked = {one.pk: one for one in municipalities}
        leaving = self.responses.exclude(municipality__in=asked)
        begun = leaving.filter(Q(events__isnull=False) | Q(deliveries__isnull=False))
        names = sorted(set(begun.values_list("municipality__name", flat=True)))
        if names:
            raise SurveyRefused(f"Убрать нельзя: письмо уже отправлено или ответ начат – {', '.join(names)}.")
        personal_links.forget(LINKS, leaving)
        leaving.delete()
        known = set(self.responses.values_list("municipality", flat=True))
        added = self.responses.bulk_create(
            self.responses.model(round=self, municipality=one) for pk, one in asked.items() if pk not in known
        )
        if not self.held_elsewhere:
            personal_links.give(LINKS, added)
