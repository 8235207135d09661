"""What letters ask for: numbered asks, and which letters carry them."""

from django.db import models
from django.db.models import Q

from revisions.append_only import AppendOnlyModel
from russian.text import plain_text


class Ask(AppendOnlyModel):
    """Something that a body is asked for. Born when its letter is registered, and falls when that is annulled."""

    letter = models.ForeignKey("resolutions.Letter", on_delete=models.PROTECT, related_name="asks")
    number = models.PositiveSmallIntegerField("номер")
    text = models.TextField("о чём просят", max_length=2000, validators=[plain_text])

    class Meta:
        verbose_name = "просьба"
        verbose_name_plural = "просьбы"
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="ask_number_once_a_letter"),
            models.CheckConstraint(condition=~Q(text="") & Q(number__gte=1), name="ask_says_something"),
        ]

    def __str__(self) -> str:
        return f"просьба {self.number}"


class CarriedAsk(models.Model):
    """A letter carries an ask: with its sending, and before that as it is planned.

    What was sent is kept with the step: voided, it takes its asks along, and the right step brings its own.
    """

    letter = models.ForeignKey("resolutions.Letter", on_delete=models.CASCADE, related_name="carried")
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="carried")
    renews = models.BooleanField("заново, хотя ответ уже был", default=False)
    step = models.ForeignKey("resolutions.LetterStep", on_delete=models.PROTECT, null=True, related_name="carried")

    class Meta:
        verbose_name = "просьба в письме"
        verbose_name_plural = "просьбы в письмах"
        ordering = ["ask__number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "ask"], condition=Q(step__isnull=True), name="ask_planned_once_a_letter"
            ),
            models.UniqueConstraint(fields=["step", "ask"], name="ask_sent_once_a_step"),
        ]

    def __str__(self) -> str:
        return f"{self.letter}: {self.ask}"
