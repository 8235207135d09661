"""The register of incoming letters: who wrote, when, under which number, and what it says of which ask."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from resolutions.models.ask import Ask
from resolutions.models.ask_standing import FINAL, AskOutcome
from resolutions.models.correspondent import Correspondent
from resolutions.models.progress import ProgressEntry
from revisions.append_only import AppendOnlyModel
from revisions.days import EARLIEST
from revisions.ledger import LedgerQuerySet, LedgerRow
from revisions.models import VersionedModel
from russian.templatetags.russian import long_date
from russian.text import plain_text, search_form

INCOMING_TAKEN = "Входящее с таким номером в этом году уже есть."


class IncomingLetter(VersionedModel):
    """A place in the register under its number; its entries say what came, the last one that was not voided counts.

    Without a number it is no letter: what became known by a publication or minutes rests on their file.
    """

    number = models.CharField("входящий номер", max_length=30, blank=True, editable=False, validators=[plain_text])
    sequence = models.PositiveIntegerField("порядковый номер", null=True, editable=False)
    year = models.PositiveSmallIntegerField("год регистрации", editable=False)
    received_on = models.DateField("дата поступления", editable=False)
    correspondent = models.ForeignKey(
        Correspondent, on_delete=models.PROTECT, editable=False, related_name="letters_from", verbose_name="от кого"
    )
    is_voided = models.BooleanField("запись отменена", default=False, editable=False)
    search_text = models.TextField(editable=False)

    class Meta:
        verbose_name = "входящее письмо"
        verbose_name_plural = "входящие письма"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                condition=~Q(number=""),
                name="incoming_number_once_a_year",
                violation_error_message=INCOMING_TAKEN,
            ),
            models.UniqueConstraint(fields=["year", "sequence"], name="incoming_sequence_once_a_year"),
            models.CheckConstraint(
                condition=Q(sequence__isnull=True) | ~Q(number=""), name="incoming_sequence_comes_with_number"
            ),
        ]

    def __str__(self) -> str:
        if not self.number:
            return f"Сведения без письма от {long_date(self.received_on)}"
        return f"Вх. № {self.number} от {long_date(self.received_on)}"

    def get_absolute_url(self) -> str:
        """The letter in the register."""
        return reverse("incoming", args=[self.pk])

    @property
    def in_words(self) -> str:
        """How it is called inside a sentence: «вх. № 5/24 от 22 июля 2024 г.»."""
        name = str(self)
        return f"{name[:1].lower()}{name[1:]}"

    @property
    def latest(self) -> "IncomingEntry":
        """The entry that counts; the voided one where none does. Prefetch `entries` for many."""
        rows = [one for one in self.entries.all() if not one.is_voiding]
        return max(rows, key=lambda one: one.pk)

    def notes_in_force(self) -> list[ProgressEntry]:
        """What the progress of points says of it."""
        return list(ProgressEntry.objects.in_force().filter(incoming=self.pk).select_related("point"))

    def keep(self, entry: "IncomingEntry", *, is_voided: bool = False) -> None:
        """Take over what the entry that counts says, past saving.

        Args:
            entry: the last one that was not voided; the voided one, where none is left.
            is_voided: whether none is left.
        """
        if entry.correspondent is not None:
            self.correspondent = entry.correspondent
        self.received_on, self.is_voided = entry.happened_on, is_voided
        said = (self.number, self.correspondent, entry.their_number, entry.text)
        self.search_text = search_form(" ".join(map(str, said)))


class AmongSent(models.TextChoices):
    """Whether it came before or after what left on its day, where the order of writing down does not tell that."""

    BEFORE = "before", "раньше, чем отправлены письма этого дня"
    AFTER = "after", "позже, чем отправлены письма этого дня"


class IncomingEntryQuerySet(LedgerQuerySet["IncomingEntry"]):
    """Entries of the register."""


class IncomingEntry(LedgerRow):
    """What came: from whom, on which day, under which number of theirs, and what it says in `outcomes`."""

    letter = models.ForeignKey(IncomingLetter, on_delete=models.PROTECT, related_name="entries")
    correspondent = models.ForeignKey(
        Correspondent, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="от кого"
    )
    their_number = models.CharField("исходящий номер отправителя", max_length=50, blank=True, validators=[plain_text])
    their_date = models.DateField("дата письма отправителя", null=True, blank=True)

    among_sent = models.CharField("порядок в этот день", max_length=10, choices=AmongSent, blank=True)

    objects = IncomingEntryQuerySet.as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "запись о входящем"
        verbose_name_plural = "записи о входящих"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(voids__isnull=True, correspondent__isnull=False)
                | Q(voids__isnull=False, correspondent__isnull=True, their_number="", their_date__isnull=True),
                name="incoming_entry_says_who_wrote_or_voids",
            ),
            models.CheckConstraint(condition=Q(happened_on__gte=EARLIEST), name="incoming_not_before_2000"),
            models.CheckConstraint(
                condition=Q(among_sent__in=["", *AmongSent.values]), name="incoming_entry_among_sent_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """«Вх. № 5/24»."""
        return f"Вх. № {self.letter.number}" if self.letter.number else "Сведения без письма"

    @property
    def in_words(self) -> str:
        """How it is called inside a sentence: «вх. № 5/24 от 22 июля 2024 г.»; the day is its own."""
        return f"{self.name[:1].lower()}{self.name[1:]} от {long_date(self.happened_on)}"

    @property
    def told(self) -> str:
        """What was said of which ask, and what else stands in it."""
        said = [f"{str(one.ask).capitalize()}: {one.in_words}" for one in self.outcomes.select_related("ask")]
        noted = [f"{one.point}: запись в ходе исполнения" for one in self.letter.notes_in_force()]
        return "\n".join(filter(None, [*said, self.text, *noted]))

    def attach(self, files: Any, *, by: Any) -> None:
        """Keep what came with it."""
        for upload in files:
            self.files.create(**upload.facts(), added_by_name=str(by))


class Outcome(AppendOnlyModel):
    """What an entry says of one ask."""

    entry = models.ForeignKey(IncomingEntry, on_delete=models.PROTECT, related_name="outcomes")
    ask = models.ForeignKey(Ask, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.CharField("исход", max_length=20, choices=AskOutcome)
    until = models.DateField("ждать до", null=True, blank=True)
    forwarded_to = models.ForeignKey(
        Correspondent, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="кому"
    )

    class Meta:
        verbose_name = "исход просьбы"
        verbose_name_plural = "исходы просьб"
        ordering = ["ask__number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "ask"], name="outcome_once_an_entry"),
            models.CheckConstraint(
                condition=Q(outcome__in=FINAL, until__isnull=True, forwarded_to__isnull=True)
                | Q(outcome=AskOutcome.INTERIM, forwarded_to__isnull=True)
                | Q(outcome=AskOutcome.FORWARDED, forwarded_to__isnull=False),
                name="outcome_says_what_belongs_to_it",
            ),
        ]

    def __str__(self) -> str:
        return self.in_words

    @property
    def in_words(self) -> str:
        """«перенаправлена: Минстрой России, до 21 августа 2024 г.»."""
        words = str(self.get_outcome_display()).lower()
        if self.forwarded_to:
            words += f": {self.forwarded_to}"
        return f"{words}, до {long_date(self.until)}" if self.until else words
