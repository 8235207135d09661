"""Whom the Union calls in a municipality."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from municipalities.models.municipality import Municipality
from revisions.history import SignedHistory
from revisions.models import VersionedModel
from russian.text import plain_text, tidy


class Contact(VersionedModel):
    """A person to turn to. Internal: for the Union's people and the municipality's own, never published."""

    municipality = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="contacts",
        verbose_name="муниципальное образование",
        editable=False,
    )
    name = models.CharField("имя", max_length=150, validators=[plain_text], help_text="Например: «С.Ю. Суханов».")
    position = models.CharField("должность", max_length=250, blank=True, validators=[plain_text])
    phone = models.CharField(
        "телефон",
        max_length=60,
        blank=True,
        validators=[
            RegexValidator(
                r"\A(?=(?:\D*\d){5})[\d\s()+.,;–-]+(?:доб\.?\s*\d+)?\Z",
                "Укажите телефон цифрами, например: +7 (4942) 31-44-40, доб. 12.",
            )
        ],
        help_text="Например: +7 (4942) 31-44-40, доб. 12.",
    )
    email = models.EmailField("электронная почта", blank=True)

    history = HistoricalRecords(bases=[SignedHistory], excluded_fields=["version"])

    class Meta:
        verbose_name = "контакт"
        verbose_name_plural = "контакты"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="contact_named"),
            models.CheckConstraint(
                condition=~Q(phone="") | ~Q(email=""),
                name="contact_reachable",
                violation_error_message="Укажите телефон или электронную почту: иначе с человеком не связаться.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the contact, tidied."""
        self.name, self.position, self.phone = tidy(self.name), tidy(self.position), tidy(self.phone)
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)
