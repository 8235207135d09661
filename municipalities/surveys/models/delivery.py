"""The mails about a round: what was written to whom, and how it leaves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import OutgoingMail
from accounts.models.outgoing import ARRIVING
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

    def under_way_or_there(self) -> "SurveyDeliveryQuerySet":
        """Those that left in whatever way, or still will."""
        return self.filter(Q(mail=None) | Q(mail__state__in=ARRIVING))


class SurveyDelivery(AppendOnlyModel):
    """One letter to one municipality. Never edited: its fate is its `mail`'s; writing again is another one."""

    response = models.ForeignKey(SurveyResponse, on_delete=models.PROTECT, related_name="deliveries")
    purpose = models.CharField("что", max_length=12, choices=LetterPurpose)
    channel = models.CharField("как", max_length=8, choices=DeliveryChannel)
    recipient = models.CharField("кому", max_length=320, blank=True)
    mail = models.OneToOneField(
        OutgoingMail, on_delete=models.PROTECT, null=True, related_name="survey_delivery", verbose_name="письмо"
    )
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
                condition=Q(channel=DeliveryChannel.EMAIL, mail__isnull=False) & ~Q(recipient="")
                | Q(~Q(channel=DeliveryChannel.EMAIL), mail__isnull=True),
                name="delivery_by_mail_has_its_letter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.recipient}"
