"""Letters that remind members of a report; each is kept with how it leaves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import OutgoingMail
from resolutions.models.member_report import MemberReport
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet


class ReportReminderQuerySet(AppendOnlyQuerySet["ReportReminder"]):
    """Reminders."""


class ReportReminder(AppendOnlyModel):
    """One letter about the report of one member. Never edited: its fate is its `mail`'s."""

    report = models.ForeignKey(MemberReport, on_delete=models.PROTECT, related_name="reminders")
    mail = models.OneToOneField(
        OutgoingMail, on_delete=models.PROTECT, related_name="report_reminder", verbose_name="письмо"
    )
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_by_name = models.CharField("кто отправил", max_length=150)
    at = models.DateTimeField("когда", default=timezone.now, editable=False)

    objects = ReportReminderQuerySet.as_manager()

    class Meta:
        verbose_name = "напоминание о докладе"
        verbose_name_plural = "напоминания о докладах"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(sent_by_name=""), name="report_reminder_by_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.mail.recipient}"
