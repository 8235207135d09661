"""What one municipality answers to one question."""

import datetime as dt
from decimal import Decimal
from typing import TypeAlias

from django.db import models
from django.db.models import Q

from municipalities.surveys.models.question import Question
from russian.text import plain_text

AnswerValue: TypeAlias = str | Decimal | dt.date | bool


class SurveyAnswer(models.Model):
    """The answer to one question, in the column of its type; no row means no answer."""

    response = models.ForeignKey("surveys.SurveyResponse", on_delete=models.CASCADE, related_name="answers")
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

    @property
    def value(self) -> AnswerValue:
        """The answer in its own type."""
        for value in (self.number, self.day, self.is_yes):
            if value is not None:
                return value
        return self.text
