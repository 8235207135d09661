"""Who speaks for which municipality."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from accounts.models.term import WITHIN_A_CENTURY
from municipalities.models.succession import merged_by_today
from revisions.days import EARLIEST, LATEST
from revisions.history import SignedHistory
from russian.templatetags.russian import long_date


class RepresentativeQuerySet(models.QuerySet["Representative"]):
    """Appointments."""

    def lasting(self, day: dt.date | None = None) -> "RepresentativeQuerySet":
        """Those of a day, today without one."""
        return self.meeting(day or timezone.localdate(), day or timezone.localdate())

    def meeting(self, since: dt.date | None, until: dt.date | None) -> "RepresentativeQuerySet":
        """Those that have a day in common with others; None for no first or no last day."""
        begins_in_time = Q(since=None) | Q(since__lte=until or LATEST)
        return self.filter(begins_in_time, Q(until=None) | Q(until__gte=since or EARLIEST))

    def speaking(self) -> "RepresentativeQuerySet":
        """Those that count today. Nobody speaks for what has become part of another: its people are appointed anew."""
        return self.lasting().exclude(municipality__in=merged_by_today())


class Representative(models.Model):
    """A user who updates a municipality, from a day to a day.

    One may represent several, and a municipality may have several. The first day may be unknown: from the beginning.
    Appointments are ended, not deleted: steps are judged by those of their day.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="representations",
        verbose_name="представитель",
    )
    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="representatives",
        verbose_name="муниципальное образование",
    )

    since = models.DateField(
        "с какого дня",
        null=True,
        blank=True,
        validators=WITHIN_A_CENTURY,
        help_text="Пусто, если день неизвестен: с самого начала.",
    )
    until = models.DateField(
        "по какой день",
        null=True,
        blank=True,
        validators=WITHIN_A_CENTURY,
        help_text="Последний день, если он назван.",
    )

    history = HistoricalRecords(bases=[SignedHistory])
    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = "представитель муниципалитета"
        verbose_name_plural = "представители муниципалитетов"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality"],
                condition=Q(until__isnull=True),
                name="representative_once",
                violation_error_message="Этот пользователь уже представляет муниципалитет.",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__gte=EARLIEST, since__lte=LATEST),
                name="representative_since_within_a_century",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True)
                | Q(until__lte=LATEST)
                & (Q(since__isnull=True, until__gte=EARLIEST) | Q(since__isnull=False, until__gte=F("since"))),
                name="representative_does_not_end_before_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.municipality}"

    @property
    def days_in_words(self) -> str:
        """«с 1 марта 2025 г. по 5 мая 2026 г.»; that nobody stated the days, where that is so."""
        since = f"с {long_date(self.since)}" if self.since else ""
        until = f"по {long_date(self.until)}" if self.until else ""
        return f"{since} {until}".strip() or "день не указан"

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.until is not None and self.until < timezone.localdate()
