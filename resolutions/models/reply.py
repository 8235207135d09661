"""An answer to a letter."""

from typing import Any

from django.db import models
from django.db.models import Q

from resolutions.models.correspondence import NOT_FINAL, Outcome
from russian.templatetags.russian import long_date
from russian.text import plain_text


class Reply(models.Model):
    """What came back: its numbers and dates, and what it says. A wrong entry is revoked, never edited."""

    letter = models.ForeignKey("resolutions.Letter", on_delete=models.PROTECT, related_name="replies", editable=False)
    number = models.CharField("входящий номер", max_length=30, validators=[plain_text])
    received_on = models.DateField("дата поступления")
    year = models.PositiveSmallIntegerField("год поступления", editable=False)
    their_number = models.CharField("исходящий номер адресата", max_length=50, blank=True, validators=[plain_text])
    their_date = models.DateField("дата письма адресата", null=True, blank=True)
    outcome = models.CharField("что в ответе", max_length=20, choices=Outcome)
    summary = models.TextField("содержание", max_length=5000, blank=True, validators=[plain_text])
    is_revoked = models.BooleanField("запись отменена", default=False, editable=False)

    class Meta:
        verbose_name = "ответ"
        verbose_name_plural = "ответы"
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="reply_outcome_known"),
            models.CheckConstraint(condition=~Q(number=""), name="reply_has_number"),
            models.UniqueConstraint(
                fields=["year", "number"],
                condition=Q(is_revoked=False),
                name="reply_number_once_a_year",
                violation_error_message="Ответ с таким входящим номером в этом году уже внесён.",
            ),
        ]

    def __str__(self) -> str:
        return f"вх. № {self.number} от {long_date(self.received_on)}"

    def clean(self) -> None:
        """Derive the year before the constraints are checked."""
        if self.received_on:
            self.year = self.received_on.year

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the answer with the year its number belongs to."""
        self.clean()
        super().save(*args, **kwargs)

    @property
    def is_final(self) -> bool:
        """Whether nothing more is waited for after it."""
        return self.outcome not in NOT_FINAL
