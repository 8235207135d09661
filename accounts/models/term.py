"""Who holds an office, and when: a dated ledger of appointments."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models.held import Held
from accounts.models.user import User
from accounts.roles import Office
from revisions.days import EARLIEST, LATEST
from revisions.forms import TOO_EARLY
from revisions.ledger import LedgerQuerySet, LedgerRow
from revisions.models import EditConflict
from revisions.replay import Rules
from russian.templatetags.russian import long_date
from russian.text import plain_text

TOO_LATE = "Проверьте год: он не может быть позже 2100-го."
ENDS_AS_IT_BEGINS = "В этот день полномочия только начинаются. Если назначения не было, отмените запись о нём."
WITHIN_A_CENTURY = [MinValueValidator(EARLIEST, message=TOO_EARLY), MaxValueValidator(LATEST, message=TOO_LATE)]
BASIS_LENGTH = 170  # with the days before it, it is the ground on which somebody signs (`LedgerRow.behalf_ground`)


class TermAction(models.TextChoices):
    """What happened to a term of office."""

    APPOINT = "appoint", "Назначение"
    END = "end", "Прекращение полномочий"


class OfficeTermQuerySet(LedgerQuerySet["OfficeTerm"]):
    """Rows of terms of office."""

    def holding_on(self, day: dt.date, *, known_on: dt.date | None = None) -> Self:
        """The appointments that hold on a day, as the rules of the ledger read them.

        Args:
            day: a calendar day in Moscow.
            known_on: only what was written down by the end of this day counts.
        """
        ends = OfficeTerm.objects.in_force(known_on=known_on).filter(
            action=TermAction.END,
            user=OuterRef("user"),
            office=OuterRef("office"),
            happened_on__gt=OuterRef("happened_on"),
            happened_on__lte=day,
        )
        appointed = self.in_force(known_on=known_on).filter(action=TermAction.APPOINT, happened_on__lte=day)
        return appointed.filter(Q(until=None) | Q(until__gte=day), ~Exists(ends.order_by()))


class OfficeTerm(LedgerRow):
    """Somebody is appointed to an office from a day on, or holds it no longer. Written by `OfficeLedger` alone."""

    number = models.PositiveIntegerField("номер записи", editable=False)
    action = models.CharField("что произошло", max_length=10, choices=TermAction, blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="terms", verbose_name="кто")
    office = models.CharField("обязанности", max_length=20, choices=Office, blank=True)
    happened_on = models.DateField("с какого дня", validators=WITHIN_A_CENTURY)
    until = models.DateField(
        "по какой день", null=True, blank=True, validators=WITHIN_A_CENTURY, help_text="Последний день полномочий."
    )
    basis = models.CharField(
        "основание",
        max_length=BASIS_LENGTH,
        blank=True,
        validators=[plain_text],
        help_text="Например: «Распоряжение от 20.11.2026 № 14».",
    )

    objects = OfficeTermQuerySet.as_manager()

    user_id: int

    class Meta(LedgerRow.Meta):
        verbose_name = "запись о полномочиях"
        verbose_name_plural = "записи о полномочиях"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["number"], name="office_term_numbered_once"),
            models.CheckConstraint(
                condition=Q(happened_on__gte=EARLIEST, happened_on__lte=LATEST), name="office_term_within_a_century"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("happened_on"), until__lte=LATEST),
                name="office_term_does_not_end_before_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(voids__isnull=True, office__in=Office.values, action=TermAction.APPOINT) & ~Q(basis="")
                | Q(voids__isnull=True, office__in=Office.values, action=TermAction.END, until__isnull=True)
                & ~Q(basis="")
                | Q(voids__isnull=False, action="", office="", basis="", until__isnull=True),
                name="office_term_is_a_step_with_basis_or_a_voiding",
            ),
            models.CheckConstraint(
                condition=~Q(action=TermAction.APPOINT, office__in=[one.value for one in Office if one.stands_in])
                | Q(until__isnull=False),
                name="office_term_of_a_stand_in_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.day_in_words}"

    @property
    def name(self) -> str:
        """«Назначение: и.о. председателя»."""
        return f"{self.get_action_display()}: {_low(self.get_office_display())} – {self.user}"

    @property
    def told(self) -> str:
        """The days and the basis."""
        return "\n".join(filter(None, [f"По {long_date(self.until)}" if self.until else "", self.basis, self.text]))


@dataclass(frozen=True)
class Term:
    """The time for which somebody holds an office.

    Attributes:
        appointed: the row that began it.
        ended: the row that ended it before its day, if one did.
    """

    appointed: OfficeTerm
    ended: OfficeTerm | None = None

    @property
    def held(self) -> Held:
        """The office and the days; the last one is the day before the powers were ended, if they were."""
        until = self.ended.happened_on - dt.timedelta(days=1) if self.ended else self.appointed.until
        return Held(Office(self.appointed.office), self.appointed.happened_on, until)

    def is_of(self, row: OfficeTerm) -> bool:
        """Whether a row is about the same person in the same office."""
        return (self.appointed.user_id, self.appointed.office) == (row.user_id, row.office)


Terms = tuple[Term, ...]


def _refusal(terms: Terms, row: OfficeTerm) -> str | None:
    return _appointment_refusal(terms, row) if row.action == TermAction.APPOINT else _ending_refusal(terms, row)


def _appointment_refusal(terms: Terms, row: OfficeTerm) -> str | None:
    if row.until and row.until < row.happened_on:
        return "Последний день полномочий не может быть раньше первого."
    for one in (one for one in terms if one.held.meets(row.happened_on, row.until)):
        if one.is_of(row):
            return f"{row.user} и так {one.held.office.in_sentence}: {one.held.days_in_words}"
        if one.held.office == row.office and one.held.office.stands_in:
            return (
                f"В эти дни обязанности председателя уже исполняет {one.appointed.user}: {one.held.days_in_words} "
                "Двое одновременно их не исполняют."
            )
    return None


def _ending_refusal(terms: Terms, row: OfficeTerm) -> str | None:
    found = next((one for one in terms if one.is_of(row) and one.held.holds_on(row.happened_on)), None)
    if found is None:
        return "Прекратить полномочия можно, пока они действуют: на этот день их нет."
    return ENDS_AS_IT_BEGINS if found.held.begins == row.happened_on else None


def _after(terms: Terms, row: OfficeTerm) -> Terms:
    if row.action == TermAction.APPOINT:
        return (*terms, Term(row))
    return tuple(
        Term(one.appointed, row) if one.is_of(row) and one.held.holds_on(row.happened_on) else one for one in terms
    )


OFFICE_RULES: Rules[OfficeTerm, Terms] = Rules((), _refusal, _after)


def kept_of(rows: Iterable[OfficeTerm]) -> dict[int, list[list[str | None]]]:
    """What `User.offices` has to be, by the keys of all users of whom the ledger speaks.

    Args:
        rows: the whole ledger.
    """
    rows = list(rows)
    kept: dict[int, list[list[str | None]]] = {row.user_id: [] for row in rows}
    for term in OFFICE_RULES.fold(rows):
        kept[term.appointed.user_id].append(term.held.kept)
    return kept


@dataclass(frozen=True)
class OfficeLedger:
    """The rows as they are known now, voidings too. They are only added: their number says whether others wrote."""

    rows: tuple[OfficeTerm, ...] = ()

    @classmethod
    def read(cls) -> "OfficeLedger":
        """The ledger. One query."""
        return cls(tuple(OfficeTerm.objects.select_related("user", "voided_by")))

    @property
    def version(self) -> int:
        """What forms carry."""
        return len(self.rows)

    @property
    def terms(self) -> Terms:
        """All terms in force, past, present and future, in the order of their first days."""
        return OFFICE_RULES.fold(self.rows)

    def write(self, new: Sequence[OfficeTerm], *, version: int) -> None:
        """Write rows down, all or none, and keep what they come to with the people whom they are about.

        Args:
            new: rows that are not stored yet; they get their numbers here.
            version: of the ledger, as the form was opened with.

        Raises:
            EditConflict: somebody else wrote meanwhile.
            ValidationError: a row is impossible, or makes a later one so.
        """
        if version != self.version:
            raise EditConflict(self)
        if refusal := OFFICE_RULES.replay(self.rows, new):
            raise ValidationError(refusal)
        for number, row in enumerate(new, start=version + 1):
            row.number = number
        try:
            with transaction.atomic():
                for row in new:
                    row.save()
                self._keep(new)
        except IntegrityError as refused:
            if (current := OfficeLedger.read()).version == version:
                raise
            raise EditConflict(current) from refused

    def _keep(self, new: Sequence[OfficeTerm]) -> None:
        kept: dict[int, Any] = kept_of([*self.rows, *new])
        for pk in {row.user_id for row in new}:
            User.objects.filter(pk=pk).update(offices=kept[pk])  # past save(): no line of history, no version


def _low(label: str) -> str:
    return label[:1].lower() + label[1:]
