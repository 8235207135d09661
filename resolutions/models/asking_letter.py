"""What a letter asks for, and whether an answer is waited for by it."""

from collections.abc import Collection, Iterable
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from resolutions.deadlines import REPLY_DAYS
from resolutions.kinds import LETTER_KINDS, Asks, letter_kind_choices
from resolutions.models.ask import Ask, CarriedAsk
from resolutions.models.ask_ledger import Awaited, answered_of, awaited, refusal, standings
from resolutions.models.correspondence import NUMBERED, LetterAction, LetterState
from resolutions.models.correspondent import Correspondent
from resolutions.models.letter_registration import RegisteredWording
from resolutions.models.letter_step import LetterStep
from resolutions.models.point import DecisionPoint
from resolutions.models.steps import StepRefused
from revisions.ledger import LedgerRow
from russian.text import paragraphs, plain_text

MOST_REPLY_DAYS = 365
NOBODY_ASKED = "Укажите в тексте письма корреспондента – орган, который должен ответить."
NOTHING_ASKED = "Укажите в тексте письма хотя бы одну просьбу."
CARRIED_ELSEWHERE = "Просьбы этого письма несёт другое письмо: сначала аннулируйте его."


class AskingLetter(RegisteredWording):
    """A letter whose correspondent is asked something: the asks that it bears, and those of others that it carries."""

    kind = models.CharField("вид", max_length=20, choices=letter_kind_choices)
    point = models.ForeignKey(DecisionPoint, on_delete=models.PROTECT, null=True, related_name="letters")
    correspondent = models.ForeignKey(
        Correspondent,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="letters_to",
        verbose_name="кто должен ответить",
    )
    new_asks = models.TextField(
        "новые просьбы",
        max_length=10_000,
        blank=True,
        validators=[plain_text],
        help_text="Каждая просьба с новой строки: ответ учитывается по каждой. Номера присваивает регистрация",
    )
    reply_days = models.PositiveSmallIntegerField(
        "ждать ответа, календарных дней",
        null=True,
        blank=True,
        default=REPLY_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_REPLY_DAYS)],
        help_text="Срок считается со дня отправки. Оставьте пустым, если срока нет",
    )
    is_awaited = models.BooleanField("ответа ждут", default=False, editable=False)
    awaited_until = models.DateField("ответа ждут до", null=True, editable=False)

    asks: "models.Manager[Ask]"
    carried: "models.Manager[CarriedAsk]"

    class Meta:
        abstract = True
        constraints = [
            *RegisteredWording.Meta.constraints,
            models.CheckConstraint(
                condition=Q(is_awaited=True) | Q(awaited_until__isnull=True), name="letter_day_is_of_what_is_awaited"
            ),
        ]

    def planned(self) -> "models.QuerySet[CarriedAsk]":
        """What the letter is going to carry."""
        return self.carried.filter(step=None).select_related("ask__letter")

    def _bear_asks(self, text: str) -> None:
        """Give what the letter asks for the next numbers of its point; it is going to carry them.

        Args:
            text: what a letter asks for that just wants an answer.

        Raises:
            StepRefused: letters of its kind ask for something, and this one does not say what, or whom.
        """
        asks = LETTER_KINDS[self.kind].asks
        texts = paragraphs(self.new_asks) if asks == Asks.NUMBERED else []
        if asks == Asks.AN_ANSWER and self.reply_days and not self.planned().exists():
            texts = [text]
        if asks == Asks.NUMBERED and not texts and not self.planned().exists():
            raise StepRefused(NOTHING_ASKED)
        if texts and self.correspondent is None:
            raise StepRefused(NOBODY_ASKED)
        for number, one in enumerate(texts, start=self._next_ask()):
            ask = Ask.objects.create(letter_id=self.pk, number=number, text=one)
            CarriedAsk.objects.create(letter_id=self.pk, ask=ask)

    def _next_ask(self) -> int:
        """The next number among the asks of the point; those of letters that were annulled by its day have fallen."""
        if self.point_id is None:
            return 1
        annulled = LetterStep.objects.in_force().filter(action=LetterAction.ANNUL, happened_on__lte=self.date)
        borne = Ask.objects.filter(letter__point=self.point_id).exclude(letter__in=annulled.order_by().values("letter"))
        return int(borne.aggregate(last=models.Max("number"))["last"] or 0) + 1

    def _carry_asks(self, step: LetterStep) -> None:
        """Keep with its sending what the letter carries.

        Raises:
            StepRefused: letters of its kind ask for something, and nothing is left that this one does.
        """
        planned = list(self.planned())
        if LETTER_KINDS[self.kind].asks == Asks.NUMBERED and not planned:
            raise StepRefused(NOTHING_ASKED)
        CarriedAsk.objects.bulk_create(
            CarriedAsk(letter_id=self.pk, ask_id=one.ask_id, renews=one.renews, step=step) for one in planned
        )

    def _annulling_refusal(self) -> str | None:
        """Why the asks of the letter cannot fall with it."""
        others = CarriedAsk.objects.filter(ask__letter=self.pk).exclude(letter=self.pk)
        return CARRIED_ELSEWHERE if others.exclude(letter__state=LetterState.ANNULLED).exists() else None

    def _returning_refusal(self) -> str | None:
        """Why the asks of an annulled letter cannot come back: others have got their numbers."""
        numbers = self.asks.values("number")
        others = Ask.objects.filter(letter__point=self.point_id, letter__state__in=NUMBERED, number__in=numbers)
        if self.point_id is None or not others.exclude(letter=self.pk).exists():
            return None
        return "Номера просьб этого письма заняты просьбами другого: составьте новое письмо."

    def touched_asks(self) -> list[int]:
        """The asks that the letter bears, carries or is going to carry, by their keys."""
        return list(self.carried.order_by().values_list("ask", flat=True).distinct())

    @classmethod
    def locked(cls, pk: object, version: int) -> Self:
        """The letter, locked, and its point before it: whoever writes about the asks of a point queues there."""
        DecisionPoint.queue_for(cls._default_manager.filter(pk=pk).values_list("point", flat=True))
        return super().locked(pk, version)

    @classmethod
    def queue_for(cls, asks: Collection[int], points: Iterable[int] = ()) -> None:
        """Lock what a row about asks has to wait for, for the rest of the transaction.

        Args:
            asks: by their keys.
            points: keys of points that are written about with it.
        """
        stored: Any = cls._default_manager
        about = stored.filter(asks__in=asks)
        DecisionPoint.queue_for([*about.values_list("point", flat=True), *points])
        list(stored.filter(pk__in=about.filter(point=None)).select_for_update().order_by("pk"))

    @classmethod
    def settle(cls, asks: Collection[int], new: Collection[LedgerRow] = ()) -> None:
        """Bring into line what letters and points keep of asks, after rows were written in the caller's transaction.

        Args:
            asks: by their keys.
            new: the rows that were written.

        Raises:
            StepRefused: an answer would come from whom nobody asked, or not fit what came before it.
        """
        if not asks:
            return
        stored: Any = cls._default_manager
        letters = list(stored.about(asks).with_asks().order_by("pk"))
        if why := refusal(letters, new):
            raise StepRefused(why)
        found = standings(letters)
        waiting = awaited(found.values())
        for letter in letters:
            one = waiting.get(letter.pk, Awaited())
            if (letter.is_awaited, letter.awaited_until) != (one.is_awaited, one.until):
                stored.filter(pk=letter.pk).update(is_awaited=one.is_awaited, awaited_until=one.until)
        for key, answered in answered_of(letters, found).items():
            DecisionPoint.objects.filter(pk=key).update(answered=answered or "")
