"""Who heads a municipality and where its administration is written to: a dated ledger of public facts."""

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any

from django.core.validators import EmailValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from revisions.days import EARLIEST, LATEST
from revisions.ledger import LedgerQuerySet, LedgerRow
from revisions.models import VersionedModel
from revisions.replay import Rules
from russian.text import plain_text

SAME = "Ничего не изменено: на этот день сведения такие же."


@dataclass(frozen=True)
class Head:
    """What is known of the head and the official address on a day; empty where nothing is.

    Attributes:
        position: «Глава города Костромы».
        person: «И.И. Иванов».
        dative: both as the block of an addressee has them, line by line: «Главе города Костромы», «И.И. Иванову».
        salutation: «Уважаемый Иван Иванович!».
        address: where paper is sent to.
        email: of the office.
    """

    position: str = ""
    person: str = ""
    dative: str = ""
    salutation: str = ""
    address: str = ""
    email: str = ""

    @property
    def who(self) -> str:
        """«Глава города Костромы И.И. Иванов»."""
        return " ".join(filter(None, [self.position, self.person]))


MATTERS = tuple(one.name for one in fields(Head))


def _said(label: str, max_length: int, **options: Any) -> "models.CharField[str | None, str | None]":
    """A column of a row: NULL where the row leaves the matter as it was, empty where it takes it back."""
    options.setdefault("validators", [plain_text])
    return models.CharField(label, max_length=max_length, null=True, blank=True, **options)


class HeadRecord(LedgerRow):
    """What changed of the head or the official address from a day on."""

    municipality = models.ForeignKey(
        "municipalities.Municipality",
        on_delete=models.PROTECT,
        related_name="head_records",
        verbose_name="муниципальное образование",
    )
    position = _said("должность", 250, help_text="Например: «Глава города Костромы».")
    person = _said("имя", 150, help_text="Например: «И.И. Иванов».")
    dative = _said(
        "кому адресовать письмо",
        500,
        help_text="Должность и имя в дательном падеже, каждая часть с новой строки: «Главе города Костромы», "
        "«И.И. Иванову». Так начинается блок адресата.",
    )
    salutation = _said("обращение", 150, help_text="Например: «Уважаемый Иван Иванович!».")
    address = _said("официальный почтовый адрес", 400)
    email = _said("официальный адрес электронной почты", 254, validators=[EmailValidator()])
    basis = models.CharField(
        "основание",
        max_length=500,
        blank=True,
        validators=[plain_text],
        help_text="Не публикуется; можно не указывать.",
    )

    objects = LedgerQuerySet["HeadRecord"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "запись о главе и адресе"
        verbose_name_plural = "записи о главах и адресах"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(happened_on__gte=EARLIEST, happened_on__lte=LATEST), name="headrecord_within_a_century"
            ),
            models.CheckConstraint(
                condition=Q(**dict.fromkeys((f"{one}__isnull" for one in MATTERS), True), voids__isnull=False, basis="")
                | Q(~Q(**dict.fromkeys((f"{one}__isnull" for one in MATTERS), True)), voids__isnull=True),
                name="headrecord_says_something_or_voids",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} с {self.happened_on:%d.%m.%Y}"

    @property
    def name(self) -> str:
        """What the row is called in a sentence."""
        return "Изменены сведения о главе и адресе"

    @property
    def said(self) -> dict[str, str]:
        """What the row says, by the names of `Head`; what it leaves as it was is not there."""
        return {one: value for one in MATTERS if (value := getattr(self, one)) is not None}

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Label and words of what the row says."""
        return [(label_of(one), value or "не указано") for one, value in self.said.items()]

    @property
    def told(self) -> str:
        """What the row says and rests on."""
        return "\n".join(
            [*(f"{label}: {words}" for label, words in self.lines), *filter(None, [self.basis, self.text])]
        )


def label_of(matter: str) -> str:
    """What a matter is called, with a capital letter."""
    label = str(HeadRecord._meta.get_field(matter).verbose_name)  # type: ignore[union-attr]  # a column
    return label[:1].upper() + label[1:]


HEAD_RULES: Rules[HeadRecord, Head] = Rules(
    Head(),
    refusal=lambda head, row: None,  # whatever was said before, anything may change
    after=lambda head, row: replace(head, **row.said),
    needless=lambda head, row: SAME if replace(head, **row.said) == head else None,
)


class Headed(VersionedModel):
    """What has a head and an official address, and a ledger of them."""

    head_records: models.Manager[HeadRecord]

    class Meta:
        abstract = True

    def head_on(self, day: dt.date | None = None, *, known_on: dt.date | None = None) -> Head:
        """Who headed it on a day, and where one wrote to; today without one. One query, none where prefetched."""
        return HEAD_RULES.fold(self.head_records.all(), day or timezone.localdate(), known_on=known_on)
