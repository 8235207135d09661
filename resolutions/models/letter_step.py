"""What was done about a letter: the dated ledger from which the register can be read as of any day."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from resolutions.models.correspondence import Channel, LetterAction, LetterState
from resolutions.models.reply import Reply
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet
from russian.text import plain_text


class LetterStepQuerySet(AppendOnlyQuerySet["LetterStep"]):
    """Steps of letters."""


class LetterStep(AppendOnlyModel):
    """One step: what was done, on which day, by whom, and how the letter stood after it. Append-only."""

    letter = models.ForeignKey("resolutions.Letter", on_delete=models.PROTECT, related_name="steps")
    action = models.CharField("шаг", max_length=20, choices=LetterAction)
    happened_on = models.DateField("когда")
    text = models.TextField("примечание", blank=True, validators=[plain_text])
    state_before = models.CharField("состояние до", max_length=20, choices=LetterState)
    state_after = models.CharField("состояние после", max_length=20, choices=LetterState)
    due_on = models.DateField("срок ответа после", null=True)
    channel = models.CharField("способ отправки", max_length=20, choices=Channel, blank=True)
    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, null=True, related_name="steps")
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    author_name = models.CharField("кто записал", max_length=150)
    recorded_at = models.DateTimeField("записано", auto_now_add=True)

    objects = LetterStepQuerySet.as_manager()

    class Meta:
        verbose_name = "шаг письма"
        verbose_name_plural = "шаги писем"
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(action__in=LetterAction.values), name="letter_step_action_known"),
            models.CheckConstraint(
                condition=Q(state_before__in=LetterState.values, state_after__in=LetterState.values),
                name="letter_step_states_known",
            ),
            models.CheckConstraint(
                condition=~Q(action=LetterAction.SEND) | Q(channel__in=Channel.values), name="letter_sent_by_a_channel"
            ),
            models.CheckConstraint(
                condition=Q(action__in=[LetterAction.ANSWER, LetterAction.REVOKE_REPLY], reply__isnull=False)
                | Q(~Q(action__in=[LetterAction.ANSWER, LetterAction.REVOKE_REPLY]), reply__isnull=True),
                name="letter_step_about_an_answer_names_it",
            ),
            models.CheckConstraint(condition=~Q(author_name=""), name="letter_step_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}, {self.happened_on:%d.%m.%Y}"
