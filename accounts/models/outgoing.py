"""Letters that leave the portal. They are stored with what caused them; the worker sends them (`accounts.mail`)."""

import datetime as dt
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.encoding import punycode

from accounts.mail_kinds import MAIL_KINDS, MailUrgency
from listings.badges import ToneChoices

LEFT_OUT = "Текст этого письма не входит в архив портала."  # in its place after an archive was restored
NOT_IN_ARCHIVE = (
    "Портал восстановлен из архива, а текстов писем в нём нет: отправьте письмо заново оттуда, где его писали."
)


class MailState(ToneChoices):
    """Where a letter stands."""

    WAITING = "waiting", "planned", "Ждёт отправки"
    SENDING = "sending", "planned", "Отправляется"
    SENT = "sent", "done", "Отправлено"
    FAILED = "failed", "overdue", "Не отправлено"
    MISSED = "missed", "overdue", "Не успело уйти"  # as a code that has expired by now
    NOBODY = "nobody", "off", "Писать некому"  # asked for by whom the portal does not know


UNDER_WAY = (MailState.WAITING, MailState.SENDING)
ARRIVING = (*UNDER_WAY, MailState.SENT)  # whoever asks whether somebody was written to means these


def new_message_id() -> str:
    """A Message-ID in the domain that the portal writes from.

    The letter keeps it, however often it is tried: who gets it twice can tell by that, and so can their mail program.
    """
    _, _, domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")
    return make_msgid(domain=punycode(domain))


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Letters."""

    def due(self, now: dt.datetime) -> "OutgoingMailQuerySet":
        """Those that may be tried now, the most urgent first."""
        useful = Q(useful_until=None) | Q(useful_until__gt=now)
        waiting = self.filter(useful, state=MailState.WAITING, next_attempt_at__lte=now)
        return waiting.order_by("urgency", "next_attempt_at", "pk")

    def too_late(self, now: dt.datetime) -> "OutgoingMailQuerySet":
        """Those that wait and would be of no use any more."""
        return self.filter(state=MailState.WAITING, useful_until__lte=now)

    def to_somebody(self) -> "OutgoingMailQuerySet":
        """Without those for addresses that the portal does not know."""
        return self.exclude(recipient="")


class OutgoingMail(models.Model):
    """One letter to one address.

    Its text may hold a code or a link that opens something. It is there only as long as the letter may still leave,
    and no page shows it.
    """

    kind = models.CharField("о чём", max_length=20)
    recipient = models.CharField("кому", max_length=320, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="mail", verbose_name="пользователь"
    )
    subject = models.CharField("тема", max_length=300)
    text = models.TextField("текст", blank=True)
    search_text = models.TextField("для поиска", blank=True, editable=False)  # recipient and subject as people search
    message_id = models.CharField("Message-ID", max_length=250, default=new_message_id, editable=False)
    urgency = models.PositiveSmallIntegerField("срочность", choices=MailUrgency)
    state = models.CharField("состояние", max_length=10, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveIntegerField("попыток", default=0)
    next_attempt_at = models.DateTimeField("следующая попытка", default=timezone.now)
    claimed_until = models.DateTimeField("отправляется до", null=True)
    useful_until = models.DateTimeField("нужно до", null=True)
    last_error = models.CharField("последняя ошибка", max_length=300, blank=True)
    may_have_left_twice = models.BooleanField("могло уйти дважды", default=False)
    created_at = models.DateTimeField("написано", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="кто написал"
    )
    sent_at = models.DateTimeField("отправлено", null=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "исходящее сообщение"
        verbose_name_plural = "исходящие сообщения"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["urgency", "next_attempt_at"], condition=Q(state__in=UNDER_WAY), name="mail_under_way"
            ),
            models.Index(fields=["-created_at", "-id"], name="mail_latest"),
            models.Index(fields=["sent_at"], condition=Q(state=MailState.SENT), name="mail_sent"),
            models.Index(fields=["useful_until"], condition=Q(state=MailState.MISSED), name="mail_missed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["message_id"], name="mail_message_id_once"),
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="mail_state_known"),
            models.CheckConstraint(condition=Q(urgency__in=MailUrgency.values), name="mail_urgency_known"),
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at__isnull=True)),
                name="mail_sent_exactly_when_dated",
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.SENDING, claimed_until__isnull=False)
                | (~Q(state=MailState.SENDING) & Q(claimed_until__isnull=True)),
                name="mail_claimed_exactly_while_sending",
            ),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENDING) | Q(attempts__gt=0), name="mail_attempts_are_counted"
            ),
            models.CheckConstraint(
                condition=Q(recipient="", state=MailState.NOBODY) | (~Q(recipient="") & ~Q(state=MailState.NOBODY)),
                name="mail_to_nobody_says_so",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MailState.FAILED, MailState.MISSED]) | ~Q(last_error=""),
                name="mail_that_did_not_leave_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MailState.SENT, MailState.MISSED, MailState.NOBODY]) | Q(text=""),
                name="mail_text_is_forgotten",
            ),
            models.CheckConstraint(condition=~Q(state__in=UNDER_WAY) | ~Q(text=""), name="mail_under_way_has_a_text"),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(subject="") & ~Q(message_id=""), name="mail_is_a_letter"),
        ]

    def __str__(self) -> str:
        return f"{self.kind_label}: {self.recipient}"

    @property
    def kind_label(self) -> str:
        """What it is about, in words."""
        kind = MAIL_KINDS.get(self.kind)
        return kind.label if kind else self.kind

    @property
    def shown_state(self) -> MailState:
        """The state with its colour."""
        return MailState(self.state)

    @property
    def is_too_late(self) -> bool:
        """Whether it would be of no use any more, as a code that has expired."""
        return self.useful_until is not None and self.useful_until <= timezone.now()

    def as_message(self) -> EmailMessage:
        """What the mail server gets."""
        return EmailMessage(self.subject, self.text, to=[self.recipient], headers={"Message-ID": self.message_id})

    def send_again(self) -> bool:
        """Let a letter that could not be sent wait anew, with all its attempts.

        Returns:
            False where it is not one any more: somebody was quicker.
        """
        failed = type(self).objects.filter(pk=self.pk, state=MailState.FAILED).exclude(text__in=["", LEFT_OUT])
        failed = failed.exclude(useful_until__lte=timezone.now())
        again = failed.update(state=MailState.WAITING, attempts=0, next_attempt_at=timezone.now(), last_error="")
        return bool(again)
