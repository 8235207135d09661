"""What the portal as a whole keeps: the digests it sends."""

from django.db import models
from django.db.models import Q

from accounts.models import User


class DeliveryState(models.TextChoices):
    """Where a digest stands."""

    PENDING = "pending", "Не отправлено"
    SENT = "sent", "Отправлено"


class ReminderDelivery(models.Model):
    """One digest to one person: claimed before it is sent, so that of several runs at once only one sends it.

    What could not be sent stays pending, with the error, and is the digest of the next run, be it another day.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="reminders", verbose_name="кому")
    day = models.DateField("день")
    subject = models.CharField("тема", max_length=200)
    fingerprint = models.CharField("отпечаток содержания", max_length=64)
    state = models.CharField(
        "состояние", max_length=10, choices=DeliveryState, default=DeliveryState.PENDING, editable=False
    )
    attempts = models.PositiveIntegerField("попыток", default=0, editable=False)
    claimed_at = models.DateTimeField("отправляется с", null=True, editable=False)
    last_error = models.CharField("последняя ошибка", max_length=300, blank=True, editable=False)
    sent_at = models.DateTimeField("отправлено", null=True, editable=False)

    class Meta:
        verbose_name = "напоминание"
        verbose_name_plural = "напоминания"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="reminder_once_a_day"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(state=DeliveryState.PENDING), name="reminder_one_waits_at_most"
            ),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="reminder_state_known"),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | Q(~Q(state=DeliveryState.SENT), sent_at__isnull=True),
                name="reminder_sent_exactly_when_dated",
            ),
            models.CheckConstraint(condition=~Q(subject="") & ~Q(fingerprint=""), name="reminder_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.day:%d.%m.%Y}: {self.subject}"
