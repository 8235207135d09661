"""The status of participation and its dated, append-only history."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone

from accounts.models import User
from municipalities.links import TextPiece, pieces
from revisions.days import EARLIEST
from revisions.ledger import LedgerQuerySet, LedgerRow
from revisions.replay import Rules
from russian.text import plain_text, tidy

CONFIRMED = "Подтверждено без изменений"
NOTHING_STATED = "Подтверждать нечего: сведения об участии ещё не представлены."
REQUIRED = "Обязательное поле."

# Shapes around 0, 0 for the map, as SVG paths.
_DISC = "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0z"
_DIAMOND = "M0 -7L7 0L0 7L-7 0z"
_TRIANGLE = "M0 -6.5L6.5 5.5L-6.5 5.5z"
_SQUARE = "M-5 -5H5V5H-5z"
_CROSS = "M-5 -5L5 5M-5 5L5 -5"
_RING = "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z"


class Participation(models.TextChoices):
    """How a municipality takes part in the ministry's project «Умный город».

    A row is all there is to say of a status: its code, the shape by which the map shows it, whether whoever has it
    takes part now, what several of them are called in a list of counts, and its label.

    Attributes:
        mark: an SVG path around 0, 0; colour only helps.
        takes_part: whether whoever has it is counted among those who take part.
        of_many: «Участвуют», before the number of those who have it.
    """

    mark: str
    takes_part: bool
    of_many: str

    ACTIVE = "active", _DISC, True, "Участвуют", "Участвует"
    PILOT = "pilot", _DIAMOND, True, "Пилотные города", "Пилотный город"
    PLANNED = "planned", _TRIANGLE, False, "Планируют участие", "Планирует участие"
    SUSPENDED = "suspended", _SQUARE, False, "Приостановили участие", "Участие приостановлено"
    NONE = "none", _CROSS, False, "Не участвуют", "Не участвует"
    UNKNOWN = "unknown", _RING, False, "Не представили сведений", "Сведения не представлены"

    def __new__(cls, code: str, *rest: Any) -> "Participation":
        """Keep what a row says beside its code, which alone is stored and compared."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.mark, member.takes_part, member.of_many = rest
        return member

    @classmethod
    def taking_part(cls) -> tuple["Participation", ...]:
        """The statuses of those who take part now; one who plans it or has paused does not."""
        return tuple(status for status in cls if status.takes_part)


def stale_before(day: dt.date | None = None) -> dt.date:
    """The first day that is still recent: a status effective before it is stale.

    Args:
        day: the day from which one looks back, in Moscow; today without it.

    Returns:
        That day less `STATUS_STALE_AFTER_DAYS`: a status of exactly so many days ago is not stale yet.
    """
    return (day or timezone.localdate()) - dt.timedelta(days=settings.STATUS_STALE_AFTER_DAYS)


def is_stale(status: str, effective_on: dt.date | None, day: dt.date | None = None) -> bool:
    """Whether a status is too old to rely on.

    Args:
        status: a code of `Participation`; that nothing is known does not grow old.
        effective_on: the day it was stated for; None when nothing was.
        day: the day from which one looks back, in Moscow; today without it.
    """
    return effective_on is not None and status != Participation.UNKNOWN and effective_on < stale_before(day)


@dataclass(frozen=True, slots=True)
class Stated:
    """What was said of a municipality's participation: "unknown", without a date, when nothing was."""

    status: Participation = Participation.UNKNOWN
    since: dt.date | None = None
    basis: str = ""

    @property
    def basis_pieces(self) -> list[TextPiece]:
        """The basis with its links, for a template."""
        return pieces(self.basis)


@dataclass(frozen=True, slots=True)
class Standing(Stated):
    """Where a municipality stood by the end of a day."""

    day: dt.date = dt.date.max

    @property
    def is_stale(self) -> bool:
        """Whether the status was too old to rely on."""
        return is_stale(self.status, self.since, self.day)


class ParticipationRecordQuerySet(LedgerQuerySet["ParticipationRecord"]):
    """Records of participation; they come, and stay."""

    def of_status(self) -> Self:
        """Those that state a status, with its basis: not the confirmations."""
        return self.exclude(status="")


class ParticipationRecord(LedgerRow):
    """One dated statement about a municipality's participation; without a status, that the stated one still holds."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="participation_records",
        verbose_name="муниципальное образование",
    )
    status = models.CharField("статус участия", max_length=20, choices=Participation, blank=True)
    happened_on = models.DateField(
        "по состоянию на",
        validators=[MinValueValidator(EARLIEST, message="Укажите дату не раньше 1 января 2000 г.")],
        help_text="День, на который статус верен: сегодняшний или прошедший.",
    )
    basis = models.CharField(
        "основание",
        max_length=500,
        blank=True,
        validators=[plain_text],
        help_text="Документ или ссылка, например: «Постановление администрации от 12.03.2024 № 345». Публикуется.",
    )
    text = models.CharField(
        "служебный комментарий",
        max_length=1000,
        blank=True,
        validators=[plain_text],
        help_text="Не публикуется: его видят секретариат, председатель и представители муниципалитета.",
    )

    objects = ParticipationRecordQuerySet.as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "запись об участии"
        verbose_name_plural = "записи об участии"
        indexes = [
            models.Index(fields=["municipality", "-happened_on", "-id"], name="participation_latest"),
        ]
        constraints = [
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(status__in=["", *Participation.values]), name="participation_status_known"
            ),
            models.CheckConstraint(condition=models.Q(happened_on__gte=EARLIEST), name="participation_not_before_2000"),
            models.CheckConstraint(
                condition=models.Q(status="", basis="") | (~models.Q(status="") & ~models.Q(basis="")),
                name="participation_has_basis",
            ),
            models.CheckConstraint(
                condition=models.Q(voids__isnull=True) | models.Q(status=""),
                name="participation_voiding_states_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} на {self.happened_on:%d.%m.%Y}"

    @property
    def name(self) -> str:
        """«Участвует»; «Подтверждено без изменений»."""
        return str(self.get_status_display() or CONFIRMED)

    @property
    def told(self) -> str:
        """The basis and the note."""
        return "\n".join(filter(None, [self.basis, self.text]))

    @property
    def is_confirmation(self) -> bool:
        """Whether it says that what was stated before still holds."""
        return not self.status and not self.is_voiding


def _refusal(stated: Stated, record: ParticipationRecord) -> str | None:
    return NOTHING_STATED if record.is_confirmation and stated.status == Participation.UNKNOWN else None


def _after(stated: Stated, record: ParticipationRecord) -> Stated:
    if record.is_confirmation:
        return replace(stated, since=record.happened_on)
    return Stated(Participation(record.status), record.happened_on, record.basis)


PARTICIPATION_RULES: Rules[ParticipationRecord, Stated] = Rules(Stated(), _refusal, _after)


def stated_with(records: Collection[ParticipationRecord]) -> dict[int, Stated]:
    """What held with each of some records in force. One query where there are confirmations, none without.

    Returns:
        By the key of the record; of the other records of a municipality that confirmed something, too.
    """
    said = {one.pk: _after(Stated(), one) for one in records if not one.is_confirmation}
    ledgers: dict[int, list[ParticipationRecord]] = {one.municipality_id: [] for one in records if one.is_confirmation}
    for row in ParticipationRecord.objects.filter(municipality__in=ledgers):
        ledgers[row.municipality_id].append(row)
    return said | {one.row.pk: one.after for rows in ledgers.values() for one in PARTICIPATION_RULES.walk(rows)}


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says about a municipality's participation, before it is written down.

    Attributes:
        municipality_id: whose status it is.
        version: of the municipality, as the form was opened with.
        status: a code of `Participation`.
        happened_on: the day it holds for, in Moscow; today or earlier.
        basis: document or link it rests on; published.
        text: internal note, not published.
    """

    municipality_id: int
    version: int
    status: str
    happened_on: dt.date
    basis: str
    text: str = ""

    def as_record(self, *, by: User) -> ParticipationRecord:
        """The record that would be stored.

        Args:
            by: who says so.

        Raises:
            ValidationError: the date lies ahead, or a field does not hold what it should.
        """
        if self.happened_on > timezone.localdate():
            raise ValidationError({"happened_on": "Эта дата ещё не наступила: укажите сегодняшнюю или прошедшую."})
        missing = {name: REQUIRED for name in ("status", "basis") if not tidy(getattr(self, name))}
        if missing:
            raise ValidationError(missing)
        record = ParticipationRecord(
            municipality_id=self.municipality_id,
            status=self.status,
            happened_on=self.happened_on,
            basis=tidy(self.basis),
            text=tidy(self.text),
            actor=by,
            actor_name=str(by)[:150],
        )
        # Keys would be looked up, one by one; who and when is not typed by anybody.
        record.clean_fields(
            exclude={"municipality", "actor", "voids", "placed_before", "stands_for", "recorded_at", "actor_name"}
        )
        return record
