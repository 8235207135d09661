"""What the portal as a whole keeps: the digests it writes."""

from django.db import models
from django.db.models import Q

from accounts.models import OutgoingMail, User


class ReminderDelivery(models.Model):
    """One digest to one person, stored together with its letter. What becomes of it, its `mail` says."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reminders", verbose_name="кому")
    day = models.DateField("день")
    fingerprint = models.CharField("отпечаток содержания", max_length=64)
    mail = models.OneToOneField(
        OutgoingMail, on_delete=models.PROTECT, related_name="reminder", verbose_name="письмо", editable=False
    )

    class Meta:
        verbose_name = "напоминание"
        verbose_name_plural = "напоминания"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="reminder_once_a_day"),
            models.CheckConstraint(condition=~Q(fingerprint=""), name="reminder_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.day:%d.%m.%Y}"
