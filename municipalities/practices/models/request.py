"""Questions about a practice, the owner's answers, and what became of the letters."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, User
from accounts.models.outgoing import ARRIVING
from municipalities.models.municipality import Municipality
from municipalities.practices.models.practice import Practice
from revisions.append_only import AppendOnlyModel, AppendOnlyQuerySet
from russian.text import paragraphs, plain_text


class AlreadyAnswered(Exception):
    """Somebody answered the question meanwhile."""


class PracticeRequestQuerySet(models.QuerySet["PracticeRequest"]):
    def waiting(self) -> "PracticeRequestQuerySet":
        """Those that nobody has answered yet."""
        return self.filter(answered_at=None)


class PracticeRequest(models.Model):
    """What a municipality asks the owner of a practice; answered once, a further question is a further request."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="requests", verbose_name="практика")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="practice_requests", verbose_name="кто спрашивает"
    )
    question = models.TextField("вопрос", max_length=3000, validators=[plain_text])
    asked_at = models.DateTimeField("задан", default=timezone.now, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="+", verbose_name="кто спросил"
    )
    asked_by_name = models.CharField("кто спросил (имя на тот момент)", max_length=150, editable=False)
    answer = models.TextField("ответ", max_length=5000, blank=True, validators=[plain_text])
    answered_at = models.DateTimeField("отвечен", null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="кто ответил",
    )
    answered_by_name = models.CharField("кто ответил (имя на тот момент)", max_length=150, blank=True, editable=False)

    objects = PracticeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "вопрос о практике"
        verbose_name_plural = "вопросы о практиках"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(question="") & ~Q(asked_by_name=""), name="practice_request_asked"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by_name="")
                | (~Q(answer="") & Q(answered_at__isnull=False) & ~Q(answered_by_name="")),
                name="practice_request_answered_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Вопрос о практике {self.practice}"

    def get_absolute_url(self) -> str:
        """The page with the question and its answer."""
        return reverse("practice_request", args=[self.pk])

    @property
    def is_answered(self) -> bool:
        """Whether the owner has answered."""
        return self.answered_at is not None

    @property
    def letter_failed(self) -> bool:
        """Whether the last letter, of the question or of the answer, has left to nobody and does not wait to leave."""
        kind = RequestStepKind.ANSWER_LETTER if self.is_answered else RequestStepKind.QUESTION_LETTER
        letters = [step.mail for step in self.steps.all() if step.kind == kind]
        return not any(mail and mail.state in ARRIVING for mail in letters)

    @classmethod
    @transaction.atomic
    def ask(cls, practice: Practice, municipality: Municipality, *, question: str, by: User) -> "PracticeRequest":
        """Store a question; the letter is `municipalities.practices.letters.send`'s.

        Args:
            practice: of another municipality.
            municipality: on whose behalf.
            question: paragraphs of plain text.
            by: who asks.

        Raises:
            ValidationError: the very same question waits for its answer already: the form was sent twice.
        """
        practice = Practice.objects.select_for_update().get(pk=practice.pk)
        text = "\n".join(paragraphs(question))
        if practice.requests.waiting().filter(municipality=municipality, question=text).exists():
            raise ValidationError("Этот вопрос уже задан и ждёт ответа.")
        asked = cls.objects.create(
            practice=practice, municipality=municipality, question=text, asked_by=by, asked_by_name=str(by)[:150]
        )
        asked.note(RequestStepKind.ASKED, by=by)
        return asked

    @transaction.atomic
    def answer_with(self, text: str, *, by: User) -> None:
        """Store the owner's answer.

        Args:
            text: paragraphs of plain text.
            by: who answers.

        Raises:
            AlreadyAnswered: somebody was quicker.
        """
        current = type(self).objects.select_for_update().get(pk=self.pk)
        if current.is_answered:
            raise AlreadyAnswered
        self.answer = "\n".join(paragraphs(text))
        self.answered_at, self.answered_by, self.answered_by_name = timezone.now(), by, str(by)[:150]
        self.save(update_fields=["answer", "answered_at", "answered_by", "answered_by_name"])
        self.note(RequestStepKind.ANSWERED, by=by)

    def note(
        self, kind: "RequestStepKind", *, by: User | None, detail: str = "", mail: OutgoingMail | None = None
    ) -> "PracticeRequestStep":
        """Keep a step.

        Args:
            kind: what happened.
            by: who did it; None for the portal itself.
            detail: whom a letter is to.
            mail: the letter.
        """
        by_name = str(by)[:150] if by else ""
        return self.steps.create(kind=kind, by=by, by_name=by_name, detail=detail[:1000], mail=mail)


class RequestStepKind(models.TextChoices):
    """What happened to a question."""

    ASKED = "asked", "Вопрос задан"
    QUESTION_LETTER = "question_letter", "Письмо с вопросом"
    QUESTION_TO_NOBODY = "question_to_nobody", "Письмо с вопросом отправить некому"
    ANSWERED = "answered", "Ответ дан"
    ANSWER_LETTER = "answer_letter", "Письмо с ответом"
    ANSWER_TO_NOBODY = "answer_to_nobody", "Письмо с ответом отправить некому"


LETTERS = (RequestStepKind.QUESTION_LETTER, RequestStepKind.ANSWER_LETTER)


class PracticeRequestStepQuerySet(AppendOnlyQuerySet["PracticeRequestStep"]):
    """Steps; they come, and stay."""


class PracticeRequestStep(AppendOnlyModel):
    """One thing that happened to a question: who, when, what. Written once; a letter's fate is its `mail`'s."""

    request = models.ForeignKey(PracticeRequest, on_delete=models.PROTECT, related_name="steps", verbose_name="вопрос")
    kind = models.CharField("что произошло", max_length=20, choices=RequestStepKind)
    at = models.DateTimeField("когда", default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="кто"
    )
    by_name = models.CharField("кто (имя на тот момент)", max_length=150, blank=True)
    detail = models.CharField("подробности", max_length=1000, blank=True)
    mail = models.OneToOneField(
        OutgoingMail, on_delete=models.PROTECT, null=True, related_name="request_step", verbose_name="письмо"
    )

    objects = PracticeRequestStepQuerySet.as_manager()

    class Meta:
        verbose_name = "шаг вопроса о практике"
        verbose_name_plural = "шаги вопросов о практиках"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RequestStepKind.values), name="request_step_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=LETTERS, mail__isnull=False) | Q(~Q(kind__in=LETTERS), mail__isnull=True),
                name="request_step_letter_has_its_mail",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
