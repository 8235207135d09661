"""Who speaks for which municipality."""

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from municipalities.models.succession import merged_by_today
from revisions.history import SignedHistory


class RepresentativeQuerySet(models.QuerySet["Representative"]):
    """Appointments."""

    def speaking(self) -> "RepresentativeQuerySet":
        """Those that count. Nobody speaks for what has become part of another: whose people are appointed anew."""
        return self.exclude(municipality__in=merged_by_today())


class Representative(models.Model):
    """A user who updates a municipality. One may represent several, and a municipality may have several."""

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

    history = HistoricalRecords(bases=[SignedHistory])
    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = "представитель муниципалитета"
        verbose_name_plural = "представители муниципалитетов"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "municipality"],
                name="representative_once",
                violation_error_message="Этот пользователь уже представляет муниципалитет.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.municipality}"
