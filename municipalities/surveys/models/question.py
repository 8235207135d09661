"""The questions of a round."""

from typing import Any

from django.db import models, transaction
from django.db.models import Q
from simple_history.models import HistoricalRecords

from municipalities.surveys.kinds import QUESTION_KINDS, QuestionKind, question_kind_choices, with_options
from municipalities.surveys.models.round import SurveyRound
from revisions.history import SignedHistory
from revisions.models import VersionedModel
from russian.text import plain_text, tidy

WITH_OPTIONS = Q(kind__in=[kind.code for kind in with_options()])


class Question(VersionedModel):
    """One question of a round; participation is asked in every round and is none of these."""

    round = models.ForeignKey(SurveyRound, on_delete=models.PROTECT, related_name="questions", verbose_name="обмен")
    number = models.PositiveIntegerField("номер", editable=False)
    text = models.CharField("вопрос", max_length=300, validators=[plain_text])
    kind = models.CharField("вид ответа", max_length=10, choices=question_kind_choices)
    choices = models.JSONField("варианты", default=list, blank=True)
    is_required = models.BooleanField("ответ обязателен", default=False)

    history = HistoricalRecords(bases=[SignedHistory], excluded_fields=["version"])

    class Meta:
        verbose_name = "вопрос"
        verbose_name_plural = "вопросы"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="question_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="question_says_something"),
            models.CheckConstraint(condition=Q(kind__in=list(QUESTION_KINDS)), name="question_kind_known"),
            models.CheckConstraint(
                condition=WITH_OPTIONS & ~Q(choices=[]) | ~WITH_OPTIONS & Q(choices=[]),
                name="question_has_choices_exactly_when_it_needs_them",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    @property
    def of_kind(self) -> QuestionKind:
        """What the portal knows of its kind."""
        return QUESTION_KINDS[self.kind]

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the question; a new one becomes the last.

        Raises:
            SurveyRefused: the round's questions are frozen.
        """
        asked_in = SurveyRound.locked_for_questions(self.round_id)
        self.text = tidy(self.text)
        if self._state.adding:
            self.number = (asked_in.questions.aggregate(last=models.Max("number"))["last"] or 0) + 1
        super().save(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the question; those below move up.

        Raises:
            SurveyRefused: the round's questions are frozen.
        """
        asked_in = SurveyRound.locked_for_questions(self.round_id)
        done = super().delete(*args, **kwargs)
        asked_in.questions.update(number=models.F("number") + 10_000)  # numbers are unique at every moment
        for number, pk in enumerate(asked_in.questions.values_list("pk", flat=True), start=1):
            asked_in.questions.filter(pk=pk).update(number=number)
        return done

    @transaction.atomic
    def move_up(self) -> None:
        """Change places with the question above; the first stays where it is.

        Raises:
            SurveyRefused: the round's questions are frozen.
        """
        asked_in = SurveyRound.locked_for_questions(self.round_id)
        number = asked_in.questions.get(pk=self.pk).number
        above = asked_in.questions.filter(number__lt=number).order_by("-number").first()
        if above is None:
            return
        asked_in.questions.filter(pk=self.pk).update(number=number + 10_000)
        asked_in.questions.filter(pk=above.pk).update(number=number)
        asked_in.questions.filter(pk=self.pk).update(number=above.number)
