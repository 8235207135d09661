"""Numbers of letters: one series a year for those that go out and one for those that come, without gaps."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from revisions.models import VersionedModel
from russian.text import plain_text


class LetterDirection(models.TextChoices):
    """Which letters a series is of."""

    OUTGOING = "outgoing", "Исходящие"
    INCOMING = "incoming", "Входящие"


DEFAULT_PATTERN = "{номер}/{гг}"
_PLACES = ("{номер}", "{гг}", "{гггг}")


def validate_pattern(pattern: str) -> None:
    """Validate the pattern of a number.

    Raises:
        ValidationError: it lacks the running number, or has braces that mean nothing.
    """
    rest = pattern
    for place in _PLACES:
        rest = rest.replace(place, "")
    if "{номер}" not in pattern:
        raise ValidationError("В образце должно быть место для порядкового номера: {номер}.")
    if "{" in rest or "}" in rest:
        raise ValidationError("В фигурных скобках может стоять только «номер», «гг» или «гггг».")


class NumberSeries(VersionedModel):
    """The numbers of one year. Its row is what two secretaries who register at once queue for."""

    year = models.PositiveSmallIntegerField("год", editable=False)
    direction = models.CharField(
        "какие письма", max_length=10, choices=LetterDirection, default=LetterDirection.OUTGOING, editable=False
    )
    pattern = models.CharField(
        "образец номера",
        max_length=25,
        default=DEFAULT_PATTERN,
        validators=[plain_text, validate_pattern],
        help_text="{номер} – порядковый номер, {гг} и {гггг} – год. Например: {номер}/{гг} или ИСХ-{номер}.",
    )
    first = models.PositiveIntegerField(
        "первый номер",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(1_000_000)],
        help_text="С какого номера продолжать, если часть писем года зарегистрирована вне портала.",
    )
    last = models.PositiveIntegerField("последний присвоенный номер", default=0, editable=False)

    class Meta:
        verbose_name = "нумерация писем"
        verbose_name_plural = "нумерация писем"
        ordering = ["-year", "-direction"]
        constraints = [
            models.UniqueConstraint(fields=["year", "direction"], name="series_once_a_year"),
            models.CheckConstraint(condition=Q(direction__in=LetterDirection.values), name="series_direction_known"),
            models.CheckConstraint(condition=Q(first__gte=1), name="series_begins_with_one_or_more"),
            models.CheckConstraint(condition=Q(pattern__contains="{номер}"), name="series_pattern_has_number"),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} {self.year} г."

    @classmethod
    def of(cls, year: int, direction: str = LetterDirection.OUTGOING) -> "NumberSeries":
        """The series of a year; one that is not stored yet where nobody has taken a number or changed the pattern."""
        return cls._default_manager.filter(year=year, direction=direction).first() or cls(
            year=year, direction=direction
        )

    @classmethod
    def queue_for(cls, year: int, direction: str = LetterDirection.OUTGOING) -> "NumberSeries":
        """The series of a year, locked for the rest of the transaction: whoever registers waits here for their turn."""
        cls._default_manager.get_or_create(year=year, direction=direction)
        return cls._default_manager.select_for_update().get(year=year, direction=direction)

    def take_number(self, is_taken: Callable[[str], bool]) -> tuple[int, str]:
        """The next number; taken in the caller's transaction, and given back when that is undone.

        Args:
            is_taken: whether a letter of the year has the number already, typed in by somebody; it is passed over.

        Returns:
            The running number, and the number as it stands on the letter.
        """
        self.last = max(self.last + 1, self.first)
        while is_taken(self.number(self.last)):
            self.last += 1
        self.save(update_fields=["last"])
        return self.last, self.number(self.last)

    def number(self, sequence: int) -> str:
        """A running number as it stands on the letter."""
        year = str(self.year)
        return self.pattern.replace("{номер}", str(sequence)).replace("{гггг}", year).replace("{гг}", year[2:])
