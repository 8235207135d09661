"""The Union itself: its names and requisites, as a ledger of their changes tells them for any day."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxValueValidator, MinValueValidator
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Max, Q, Value
from django.utils import timezone

from accounts.models.quorum import QuorumRule
from accounts.models.user import User, demo_address
from accounts.requisites import validate_inn, validate_ogrn
from revisions.days import EARLIEST
from revisions.ledger import LedgerQuerySet, LedgerRow
from revisions.models import EditConflict
from revisions.replay import Rules
from russian.text import plain_text

LATEST = dt.date(2100, 12, 31)
MANY_MEMBERS = 9_999  # far above any union of cities; what is more is a slip of the finger
CHANGES_NOTHING = "Ничего не изменено: на этот день сведения такие же."


@dataclass(frozen=True)
class UnionProfile:
    """What is known of the Union on a day; empty, or 0, where nothing is.

    Attributes:
        full_name: «Союз городов …».
        genitive: the same in the genitive, for «портал Союза городов …».
        short_name: an abbreviation that is not declined.
        members: how many there are by the charter.
        quorum_rule: a code of `QuorumRule`.
    """

    full_name: str
    genitive: str
    short_name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    ogrn: str = ""
    inn: str = ""
    members: int = 0
    quorum_rule: str = ""

    @classmethod
    def on(cls, day: dt.date | None = None, *, known_on: dt.date | None = None) -> "UnionProfile":
        """What held on a day.

        Args:
            day: a calendar day in Moscow; today without one.
            known_on: only what was written down by the end of this day counts.
        """
        return UnionLedger.read().on(day, known_on=known_on)

    @property
    def portal_name(self) -> str:
        """«Портал СГЦСЗР»."""
        return f"Портал {self.short_name}"

    @property
    def quorum(self) -> int | None:
        """How many members are a quorum; None while number or rule is not known."""
        return QuorumRule(self.quorum_rule).of(self.members) if self.quorum_rule and self.members else None


# What the decision of 27 June 2024 says of the Union; it holds until something else is written down.
FROM_THE_SOURCE = UnionProfile(
    full_name="Союз городов Центра и Северо-Запада России",
    genitive="Союза городов Центра и Северо-Запада России",
    short_name="СГЦСЗР",
)
MATTERS = tuple(one.name for one in fields(UnionProfile))
NAMES = ("full_name", "genitive", "short_name")


def _said(label: str, max_length: int, **options: Any) -> "models.CharField[str | None, str | None]":
    """A column of a row: NULL where the row leaves the matter as it was, empty where it takes it back."""
    options.setdefault("validators", [plain_text])
    return models.CharField(label, max_length=max_length, null=True, blank=True, **options)


class UnionProfileRecord(LedgerRow):
    """What changed of the Union from a day on, and why. Written by `UnionLedger` alone."""

    number = models.PositiveIntegerField("номер записи", editable=False)
    happened_on = models.DateField(
        "действует с",
        validators=[
            MinValueValidator(EARLIEST, message="Укажите дату не раньше 1 января 2000 г."),
            MaxValueValidator(LATEST, message="Проверьте год: он не может быть позже 2100-го."),
        ],
        help_text="День, с которого верны изменения: прошедший, сегодняшний или будущий.",
    )
    full_name = _said("полное название", 250)
    genitive = _said(
        "полное название в родительном падеже", 250, help_text="Как в подписи: «секретариат Союза городов …»."
    )
    short_name = _said("сокращённое название", 50, help_text="Аббревиатура, которую не склоняют.")
    address = _said("адрес", 400)
    phone = _said("телефон", 100)
    email = _said("адрес электронной почты", 254, validators=[EmailValidator()])
    ogrn = _said("ОГРН", 13, validators=[validate_ogrn])
    inn = _said("ИНН", 10, validators=[validate_inn])
    members = models.PositiveSmallIntegerField(
        "число членов по уставу", null=True, blank=True, validators=[MaxValueValidator(MANY_MEMBERS)]
    )
    quorum_rule = _said(
        "кворум Общего Собрания", 20, choices=QuorumRule, help_text="Как в уставе: при каком числе Собрание правомочно."
    )
    text = models.CharField(
        "основание",
        max_length=1000,
        validators=[plain_text],
        help_text="Документ или причина, например: «Изменения в устав от 12.03.2026» или «Исправлена опечатка».",
    )

    objects = LedgerQuerySet["UnionProfileRecord"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "запись о Союзе"
        verbose_name_plural = "записи о Союзе"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["number"], name="union_record_numbered_once"),
            models.CheckConstraint(
                condition=Q(happened_on__gte=EARLIEST, happened_on__lte=LATEST), name="union_record_within_a_century"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="union_record_says_why"),
            models.CheckConstraint(
                condition=Q(**dict.fromkeys((f"{one}__isnull" for one in MATTERS), True), voids__isnull=False)
                | Q(~Q(**dict.fromkeys((f"{one}__isnull" for one in MATTERS), True)), voids__isnull=True),
                name="union_record_says_something_or_voids",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{one}__isnull": True}) | ~Q(**{one: ""}), name=f"union_{one}_not_taken_back"
                )
                for one in NAMES
            ),
            models.CheckConstraint(
                condition=Q(ogrn__isnull=True) | Q(ogrn__regex=r"^([0-9]{13})?$"), name="union_ogrn_well_formed"
            ),
            models.CheckConstraint(
                condition=Q(inn__isnull=True) | Q(inn__regex=r"^([0-9]{10})?$"), name="union_inn_well_formed"
            ),
            models.CheckConstraint(
                condition=Q(quorum_rule__isnull=True) | Q(quorum_rule__in=["", *QuorumRule.values]),
                name="union_quorum_rule_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} с {self.happened_on:%d.%m.%Y}"

    @property
    def name(self) -> str:
        """What the row is called in a sentence."""
        return "Изменены сведения о Союзе"

    @property
    def said(self) -> dict[str, Any]:
        """What the row says, by the names of `UnionProfile`; what it leaves as it was is not there."""
        return {one: value for one in MATTERS if (value := getattr(self, one)) is not None}

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Label and words of what the row says."""
        return [(label_of(one), in_words(one, value)) for one, value in self.said.items()]

    @property
    def told(self) -> str:
        """What the row says and rests on."""
        return "\n".join([*(f"{label}: {words}" for label, words in self.lines), self.text])


def label_of(matter: str) -> str:
    """What a matter is called, with a capital letter."""
    label = str(UnionProfileRecord._meta.get_field(matter).verbose_name)  # type: ignore[union-attr]  # a column
    return label[:1].upper() + label[1:]


def in_words(matter: str, value: Any) -> str:
    """What is said of a matter as people read it."""
    if value in ("", 0):
        return "не указано"
    return str(QuorumRule(value).label) if matter == "quorum_rule" else str(value)


UNION_RULES: Rules[UnionProfileRecord, UnionProfile] = Rules(
    FROM_THE_SOURCE,
    refusal=lambda profile, row: None,  # whatever was said before, anything may change
    after=lambda profile, row: replace(profile, **row.said),
    needless=lambda profile, row: CHANGES_NOTHING if replace(profile, **row.said) == profile else None,
)


@dataclass(frozen=True)
class UnionLedger:
    """The rows as they are known now, voidings too.

    Rows are only added, so that their number says whether others wrote meanwhile.
    """

    rows: tuple[UnionProfileRecord, ...] = ()

    @classmethod
    def read(cls) -> "UnionLedger":
        """The ledger: one query, none where the request has read it already."""
        return _known().ledger

    @cached_property
    def version(self) -> int:
        """What edit forms carry."""
        return len(self.rows)

    def on(self, day: dt.date | None = None, *, known_on: dt.date | None = None) -> UnionProfile:
        """What held on a day. Arguments as of `UnionProfile.on`."""
        return UNION_RULES.fold(self.rows, day or timezone.localdate(), known_on=known_on)

    def write(self, *new: UnionProfileRecord, version: int) -> None:
        """Write rows down, all or none.

        Args:
            new: rows that are not stored yet; they get their numbers here.
            version: of the ledger, as the form was opened with.

        Raises:
            EditConflict: somebody else wrote meanwhile.
            ValidationError: a row would change nothing.
        """
        if version != self.version:
            raise EditConflict(self)
        if refusal := UNION_RULES.replay(self.rows, new):
            raise ValidationError(refusal)
        for number, row in enumerate(new, start=version + 1):
            row.number = number
        try:
            with transaction.atomic():
                UnionProfileRecord.objects.bulk_create(new)
        except IntegrityError as refused:
            _forget()
            if (current := UnionLedger.read()).version == version:
                raise
            raise EditConflict(current) from refused
        _forget()


def demo_data_loaded() -> bool:
    """Whether this portal shows demonstration data: pages carry a banner then."""
    return _known().is_demo


def union_last_known() -> UnionProfile:
    """Today's profile as this process read it last: for a page that must not ask the database."""
    return UnionLedger(_kept[1]).on()


@contextmanager
def union_read_once() -> Iterator[None]:
    """Ask the database once for everything inside, such as a request."""
    token = _answered.set([])
    try:
        yield
    finally:
        _answered.reset(token)


@dataclass(frozen=True)
class _Known:
    """What every page asks: is this a demonstration, and what is the Union."""

    is_demo: bool
    ledger: UnionLedger


_answered: ContextVar[list[_Known] | None] = ContextVar("_answered", default=None)

# How far the ledger had got when this process read it, and its rows: they are read anew when it has got further.
_kept: tuple[tuple[Any, ...], tuple[UnionProfileRecord, ...]] = ((None, None), ())


def _known() -> _Known:
    answered = _answered.get()
    if answered:
        return answered[0]
    known = _ask()
    if answered is not None:
        answered.append(known)
    return known


def _ask() -> _Known:
    """One question: whether there is the account of the demonstration, and how far the ledger has got."""
    global _kept
    with connection.cursor() as cursor:
        cursor.execute(*_question(connection.vendor))
        found = {what: tuple(rest) for what, *rest in cursor.fetchall()}
    reached = found.get("ledger", (None, None))
    if reached != _kept[0]:
        _kept = reached, tuple(UnionProfileRecord.objects.all() if reached[0] else ())
    return _Known("demo" in found, UnionLedger(_kept[1]))


@cache
def _question(vendor: str) -> tuple[str, Any]:
    """The SQL of that question and its parameters: every page asks it, and putting it together takes longer."""
    demo = User.objects.filter(email=demo_address("secretariat")).order_by()
    ledger = (
        UnionProfileRecord.objects.order_by()
        .values(what=Value("ledger"))
        .annotate(number=Max("number"), at=Max("recorded_at"))
    )
    return demo.values_list(Value("demo"), "pk", "date_joined").union(ledger).query.sql_with_params()


def _forget() -> None:
    if answered := _answered.get():
        answered.clear()
