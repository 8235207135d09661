"""What happened to a response."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from municipalities.surveys.models.steps import ResponseAction, ResponseState
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet
from russian.text import plain_text

S, A = ResponseState, ResponseAction


class SurveyEventQuerySet(AppendOnlyQuerySet["SurveyEvent"]):
    """Events of responses."""


class SurveyEvent(AppendOnlyModel):
    """One line of a response's history: who, when, what, why, and the state after it."""

    response = models.ForeignKey("surveys.SurveyResponse", on_delete=models.PROTECT, related_name="events")
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
            models.CheckConstraint(condition=Q(state__in=ResponseState.values), name="survey_event_state_known"),
            models.CheckConstraint(condition=~Q(actor_name=""), name="survey_event_has_actor"),
            models.CheckConstraint(
                condition=~Q(action=A.RETURN) | ~Q(remark=""), name="survey_event_return_has_remark"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.actor_name}"
