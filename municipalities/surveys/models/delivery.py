"""The mails about a round: what was sent to whom, how, and what went wrong."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from municipalities.surveys.models.response import SurveyResponse
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet


class LetterPurpose(models.TextChoices):
    """Why the secretariat writes to a municipality."""

    INVITATION = "invitation", "Приглашение"
    REMINDER = "reminder", "Напоминание"
    REMARK = "remark", "Возврат на доработку"


class DeliveryChannel(models.TextChoices):
    """How a letter left."""

    EMAIL = "email", "Почтой портала"
    EML = "eml", "Файлом .eml"
    MANUAL = "manual", "Вручную"


class SurveyDeliveryQuerySet(AppendOnlyQuerySet["SurveyDelivery"]):
    """Sendings."""


class SurveyDelivery(AppendOnlyModel):
    """One sending of one letter, successful or not. Never edited: trying again is another sending."""

    response = models.ForeignKey(SurveyResponse, on_delete=models.PROTECT, related_name="deliveries")
    purpose = models.CharField("что", max_length=12, choices=LetterPurpose)
    channel = models.CharField("как", max_length=8, choices=DeliveryChannel)
    recipient = models.CharField("кому", max_length=320, blank=True)
    error = models.CharField("ошибка", max_length=300, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_by_name = models.CharField("кто отправил", max_length=150)
    at = models.DateTimeField("когда", default=timezone.now, editable=False)

    objects = SurveyDeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "отправка письма"
        verbose_name_plural = "отправки писем"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(purpose__in=LetterPurpose.values), name="delivery_purpose_known"),
            models.CheckConstraint(condition=Q(channel__in=DeliveryChannel.values), name="delivery_channel_known"),
            models.CheckConstraint(
                condition=~Q(channel=DeliveryChannel.EMAIL) | ~Q(recipient=""), name="delivery_by_mail_has_recipient"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.recipient}"
