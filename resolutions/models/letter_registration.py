"""The outgoing number and date that a letter gets when it is registered."""

import datetime as dt

from django.db import models
from django.db.models import Q

from resolutions.models.letter_wording import LetterWording
from resolutions.models.numbering import NumberSeries
from resolutions.models.steps import NumberTaken
from russian.text import plain_text

NUMBER_TAKEN = "Письмо с таким исходящим номером в этом году уже есть."


class RegisteredWording(LetterWording):
    """What a letter says, under its number and date."""

    number = models.CharField("исходящий номер", max_length=30, blank=True, editable=False, validators=[plain_text])
    sequence = models.PositiveIntegerField("порядковый номер", null=True, editable=False)
    date = models.DateField("дата письма", null=True, editable=False)
    year = models.PositiveSmallIntegerField("год регистрации", null=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(number="", date__isnull=True, year__isnull=True, sequence__isnull=True)
                | Q(~Q(number=""), date__isnull=False, year__isnull=False),
                name="letter_number_comes_with_date",
            ),
            models.UniqueConstraint(
                fields=["year", "number"],
                condition=~Q(number=""),
                name="letter_number_once_a_year",
                violation_error_message=NUMBER_TAKEN,
            ),
            models.UniqueConstraint(fields=["year", "sequence"], name="letter_sequence_once_a_year"),
        ]

    @property
    def is_registered(self) -> bool:
        """Whether the letter has its outgoing number and date."""
        return bool(self.number)

    @property
    def own_day(self) -> dt.date | None:
        """The day of the letter: before it, nobody can have read it."""
        return self.date

    def take_number(self, day: dt.date, typed: str) -> None:
        """Give the letter its number and date, past saving.

        Args:
            day: the date of the letter.
            typed: a number given outside the portal; the next of the year's series without it.

        Raises:
            NumberTaken: another letter of the year has the number.
        """
        series = NumberSeries.queue_for(day.year)
        taken = type(self)._default_manager.filter(year=day.year).values_list("number", flat=True)
        if not typed:
            self.sequence, self.number = series.take_number(lambda number: taken.filter(number=number).exists())
        elif taken.filter(number=typed).exists():
            raise NumberTaken(NUMBER_TAKEN)
        else:
            self.number = typed
        self.date = day
