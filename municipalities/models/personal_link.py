"""Ways in without a password: whose, for what, and what became of each."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from municipalities.models.municipality import Municipality
from russian.templatetags.russian import moment
from russian.text import plain_text


def new_nonce() -> str:
    """What the address of a link carries besides what it is for; nobody guesses it."""
    return secrets.token_urlsafe(12)


class LinkEnd(models.TextChoices):
    """What became of a link that opens nothing any more."""

    ROTATED = "rotated", "Заменена новой"
    WITHDRAWN = "withdrawn", "Отозвана"


class PersonalLinkQuerySet(models.QuerySet["PersonalLink"]):
    def live(self) -> "PersonalLinkQuerySet":
        """Those that nobody replaced or withdrew; whether they open something today, the purpose knows."""
        return self.filter(ended="")


class PersonalLink(models.Model):
    """One way in without a password, for one municipality and one thing. It ends once, and another one takes its place.

    Attributes:
        purpose: a code of `municipalities.personal_links`, where the purposes say what each is about.
        subject: primary key of the record that it is for, in the table that the purpose names.
        ended: empty while it lives.
    """

    purpose = models.CharField("назначение", max_length=20, editable=False)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="personal_links", editable=False, verbose_name="кому"
    )
    subject = models.PositiveBigIntegerField("для чего", editable=False)
    nonce = models.CharField(max_length=32, default=new_nonce, editable=False)
    given_at = models.DateTimeField("выдана", default=timezone.now, editable=False)
    ended = models.CharField("что с ней стало", max_length=10, choices=LinkEnd, blank=True, editable=False)
    ended_at = models.DateTimeField("когда", null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    ended_by_name = models.CharField("кто", max_length=150, blank=True, editable=False)
    reason = models.CharField(
        "почему отзывается",
        max_length=300,
        blank=True,
        validators=[plain_text],
        help_text="Для истории: увидит только секретариат.",
    )

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "личная ссылка"
        verbose_name_plural = "личные ссылки"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "subject"], condition=Q(ended=""), name="personal_link_lives_alone"
            ),
            models.UniqueConstraint(fields=["nonce"], name="personal_link_nonce_once"),
            models.CheckConstraint(condition=~Q(purpose=""), name="personal_link_has_purpose"),
            models.CheckConstraint(condition=~Q(nonce=""), name="personal_link_has_nonce"),
            models.CheckConstraint(condition=Q(ended__in=["", *LinkEnd.values]), name="personal_link_end_known"),
            models.CheckConstraint(
                condition=Q(ended="", ended_at__isnull=True, ended_by_name="")
                | Q(~Q(ended=""), ~Q(ended_by_name=""), ended_at__isnull=False),
                name="personal_link_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(Q(ended=LinkEnd.WITHDRAWN), ~Q(reason="")) | Q(~Q(ended=LinkEnd.WITHDRAWN), reason=""),
                name="personal_link_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        what = self.get_ended_display() if self.ended else "Действует"
        return f"{self.municipality}: {what.lower()}, {moment(self.ended_at or self.given_at)}"

    def end(self, how: LinkEnd, *, by: User, reason: str = "") -> None:
        """Let it open nothing from now on. The row is locked by the caller, who has seen that it lives.

        Args:
            how: whether another one takes its place.
            by: who does it; the name is kept as it is now.
            reason: why, for a withdrawal.
        """
        self.ended, self.ended_at, self.reason = how, timezone.now(), reason
        self.ended_by, self.ended_by_name = by, str(by)[:150]
        self.save(update_fields=["ended", "ended_at", "ended_by", "ended_by_name", "reason"])
