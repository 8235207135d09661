"""What became of a promise: the dated ledger from which it can be read as of any day."""

import datetime as dt
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.acting import Behalf
from accounts.models import User
from listings.badges import ToneChoices
from municipalities.models.municipality import Municipality
from revisions.days import EARLIEST
from revisions.forms import NOT_YET, TOO_EARLY
from revisions.ledger import LedgerQuerySet, LedgerRow
from revisions.replay import Rules
from russian.text import paragraphs, plain_text, tidy

WHO_LENGTH = 200
MADE_ALREADY = "Обязательство уже взято."
NOT_MADE = "Обязательства ещё нет: сначала его берут."
DUE_BEFORE = "Срок не может быть раньше дня самой записи."
SAME_DUE = "Это прежний срок: укажите другой день."
SAME_OWNER = "Обязательство и так у этого муниципального образования."


class CommitmentState(ToneChoices):
    """Where a promise stands."""

    WAITING = "waiting", "soon", "Ждёт принятия"
    OPEN = "open", "doing", "Выполняется"
    KEPT = "kept", "done", "Исполнено"
    DROPPED = "dropped", "off", "Снято"


LIVE = (CommitmentState.WAITING, CommitmentState.OPEN)


class CommitmentAction(models.TextChoices):
    """What may happen to a promise."""

    MADE = "made", "Обязательство взято"
    ACCEPTED = "accepted", "Обязательство принято"
    MOVED = "moved", "Срок перенесён"
    MILESTONE = "milestone", "Промежуточный итог"
    KEPT = "kept", "Обязательство исполнено"
    DROPPED = "dropped", "Обязательство снято"
    PASSED = "passed", "Обязательство передано правопреемнику"


# action -> the states that it may follow, and why it cannot follow another one.
FOLLOWS: dict[str, tuple[tuple[CommitmentState, ...], str]] = {
    CommitmentAction.ACCEPTED: ((CommitmentState.WAITING,), "Принимают обязательство, которое ждёт принятия."),
    CommitmentAction.MOVED: ((CommitmentState.OPEN,), "Срок переносят, пока обязательство выполняется."),
    CommitmentAction.MILESTONE: ((CommitmentState.OPEN,), "Промежуточный итог вносят, пока обязательство выполняется."),
    CommitmentAction.KEPT: ((CommitmentState.OPEN,), "Исполнить можно обязательство, которое выполняется."),
    CommitmentAction.DROPPED: (LIVE, "Снять можно обязательство, которое ждёт принятия или выполняется."),
    CommitmentAction.PASSED: ((CommitmentState.OPEN,), "Передают обязательство, которое выполняется."),
}
STATE_AFTER: dict[str, CommitmentState] = {
    CommitmentAction.ACCEPTED: CommitmentState.OPEN,
    CommitmentAction.KEPT: CommitmentState.KEPT,
    CommitmentAction.DROPPED: CommitmentState.DROPPED,
}
# What only the municipality does, or somebody on its behalf.
OWN_DEEDS = (
    CommitmentAction.MADE,
    CommitmentAction.MOVED,
    CommitmentAction.MILESTONE,
    CommitmentAction.KEPT,
    CommitmentAction.DROPPED,
)
ENDS = (CommitmentState.KEPT, CommitmentState.DROPPED)
SAYS_WHAT = (CommitmentAction.MILESTONE, CommitmentAction.DROPPED)


class CommitmentStepQuerySet(LedgerQuerySet["CommitmentStep"]):
    """Steps of promises; they come, and stay."""


class CommitmentStep(LedgerRow):
    """One step of a promise: what was done, on which day, and what that changes. Written once.

    Attributes:
        municipality: who owes it from this step on: who makes the promise, or to whom it is passed.
        by_link: of a making, whether it came by a personal link, so that it waits to be accepted.
    """

    commitment = models.ForeignKey(
        "practices.Commitment", on_delete=models.PROTECT, related_name="steps", verbose_name="обязательство"
    )
    action = models.CharField("шаг", max_length=10, choices=CommitmentAction, blank=True)
    happened_on = models.DateField("когда", validators=[MinValueValidator(EARLIEST, message=TOO_EARLY)])
    text = models.TextField("примечание", max_length=1000, blank=True, validators=[plain_text])
    due_on = models.DateField("срок", null=True)
    who = models.CharField(
        "кто отвечает",
        max_length=WHO_LENGTH,
        blank=True,
        validators=[plain_text],
        help_text="Должность и имя или подразделение. Публикуется.",
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="чьё"
    )
    by_link = models.BooleanField("по личной ссылке", default=False)

    objects = CommitmentStepQuerySet.as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "шаг обязательства"
        verbose_name_plural = "шаги обязательств"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(voids__isnull=True, action__in=CommitmentAction.values) | Q(voids__isnull=False, action=""),
                name="commitment_step_is_a_step_or_a_voiding",
            ),
            models.CheckConstraint(
                condition=Q(action__in=("made", "passed"), municipality__isnull=False)
                | Q(~Q(action__in=("made", "passed")), municipality__isnull=True, who=""),
                name="commitment_step_says_whose",
            ),
            models.CheckConstraint(
                condition=Q(action__in=("made", "moved"), due_on__isnull=False)
                | Q(~Q(action__in=("made", "moved")), due_on__isnull=True),
                name="commitment_step_says_until_when",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("happened_on")),
                name="commitment_step_due_not_before_it",
            ),
            models.CheckConstraint(condition=~Q(action="made", who=""), name="commitment_made_by_somebody"),
            models.CheckConstraint(condition=Q(by_link=False) | Q(action="made"), name="commitment_made_by_link"),
            models.CheckConstraint(
                condition=Q(on_behalf_of="") | Q(action__in=OWN_DEEDS, by_link=False),
                name="commitment_step_on_behalf_is_a_deed_of_the_city",
            ),
            models.CheckConstraint(condition=~Q(action__in=SAYS_WHAT, text=""), name="commitment_step_says_what"),
            models.CheckConstraint(condition=Q(happened_on__gte=EARLIEST), name="commitment_step_not_before_2000"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.happened_on:%d.%m.%Y}"

    @property
    def name(self) -> str:
        """«Срок перенесён»."""
        return str(self.get_action_display())


@dataclass(frozen=True)
class CommitmentStanding:
    """Where a promise stands; an empty state while there is none.

    Attributes:
        accepted_on: since when it is public; None while it waits.
        by_link: whether it came by a personal link.
    """

    state: str = ""
    municipality_id: int | None = None
    due_on: dt.date | None = None
    who: str = ""
    made_on: dt.date | None = None
    accepted_on: dt.date | None = None
    ended_on: dt.date | None = None
    by_link: bool = False

    @property
    def days_late(self) -> int:
        """By how many days a kept promise was late; 0 where it was not, or is not kept."""
        if self.state != CommitmentState.KEPT or self.due_on is None or self.ended_on is None:
            return 0
        return max(0, (self.ended_on - self.due_on).days)


def _refusal(standing: CommitmentStanding, step: CommitmentStep) -> str | None:
    if step.action == CommitmentAction.MADE:
        refusal = MADE_ALREADY if standing.state else None
    elif not standing.state:
        refusal = NOT_MADE
    else:
        states, sentence = FOLLOWS[step.action]
        refusal = None if standing.state in states else sentence
    return refusal or (DUE_BEFORE if step.due_on and step.due_on < step.happened_on else None)


def _needless(standing: CommitmentStanding, step: CommitmentStep) -> str | None:
    if step.action == CommitmentAction.MOVED and step.due_on == standing.due_on:
        return SAME_DUE
    is_same = step.action == CommitmentAction.PASSED and step.municipality_id == standing.municipality_id
    return SAME_OWNER if is_same else None


def _after(standing: CommitmentStanding, step: CommitmentStep) -> CommitmentStanding:
    if step.action == CommitmentAction.MADE:
        return CommitmentStanding(
            CommitmentState.WAITING if step.by_link else CommitmentState.OPEN,
            step.municipality_id,
            step.due_on,
            step.who,
            made_on=step.happened_on,
            accepted_on=None if step.by_link else step.happened_on,
            by_link=step.by_link,
        )
    state = STATE_AFTER.get(step.action) or standing.state
    return replace(
        standing,
        state=state,
        municipality_id=step.municipality_id or standing.municipality_id,
        due_on=step.due_on or standing.due_on,
        who=step.who or standing.who,
        accepted_on=step.happened_on if step.action == CommitmentAction.ACCEPTED else standing.accepted_on,
        ended_on=step.happened_on if state in ENDS else None,
    )


COMMITMENT_RULES: Rules[CommitmentStep, CommitmentStanding] = Rules(CommitmentStanding(), _refusal, _after, _needless)


@dataclass(frozen=True)
class NewCommitmentStep:
    """A step that is to be taken. Fields as of `CommitmentStep`; `behalf` where it is the city's and another's hand."""

    action: CommitmentAction
    happened_on: dt.date
    text: str = ""
    due_on: dt.date | None = None
    who: str = ""
    municipality: Municipality | None = None
    by_link: bool = False
    behalf: Behalf | None = None

    def as_row(self, *, by: User | None, by_name: str = "") -> CommitmentStep:
        """The row that would be stored.

        Args:
            by: who takes the step; None for a link or a command, which gives `by_name`.
            by_name: who takes it, when it is not a user.

        Raises:
            ValidationError: the day lies ahead or too far back, or what the step has to say is missing; by field.
        """
        text, who = "\n".join(paragraphs(self.text)), tidy(self.who)
        wrong: dict[str, str] = {}
        if not EARLIEST <= self.happened_on <= timezone.localdate():
            wrong["happened_on"] = TOO_EARLY if self.happened_on < EARLIEST else NOT_YET
        if self.action == CommitmentAction.MADE and not who:
            wrong["who"] = "Укажите, кто отвечает за обязательство."
        if self.action in SAYS_WHAT and not text:
            is_dropped = self.action == CommitmentAction.DROPPED
            wrong["text"] = "Укажите, почему обязательство снято." if is_dropped else "Укажите, что сделано."
        if self.action in (CommitmentAction.MADE, CommitmentAction.MOVED) and self.due_on is None:
            wrong["due_on"] = "Укажите срок."
        elif self.due_on and self.due_on < self.happened_on:
            wrong["due_on"] = DUE_BEFORE
        if wrong:
            raise ValidationError(wrong)
        return CommitmentStep(
            action=self.action,
            happened_on=self.happened_on,
            text=text,
            due_on=self.due_on,
            who=who,
            municipality=self.municipality,
            by_link=self.by_link,
            actor=by,
            actor_name=(by_name or str(by))[:150],
            **(self.behalf.fields if self.behalf else {}),
        )
