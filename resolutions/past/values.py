"""Kinds of values that cells of the past hold, beyond those of the registry."""

import datetime as dt
import re
from typing import Any

from django.utils import timezone

from municipalities.values import BadCell, Choice, Day, Paragraphs, Text, ValueType, WholeNumber
from resolutions.past.rows import Designation
from revisions.days import EARLIEST, LATEST, TOO_LATE
from revisions.forms import NOT_YET, TOO_EARLY
from russian.slugs import slug_of
from russian.templatetags.russian import quoted
from russian.text import ordinary_digits, tidy

SLUG_LENGTH = 80
NO_DESIGNATION = "В обозначении нет ни букв, ни цифр: напишите, например, «Р-2019/1»."
NUMBER_IS_A_DATE = (
    "Excel сделал из номера дату: задайте ячейке формат «Текстовый» и наберите номер заново. Здесь: {here}."
)
FROM_ONE = "Номера начинаются с единицы."
TOO_LARGE = "Номер не бывает больше {most}. Здесь: {here}."
YES = "да"
_SIGN = re.compile(r"[^\w-]")


class DecisionName(Text):
    """How a decision is named: typed freely, «Р-2019/1», and read as a part of an address."""

    number_format = "@"

    def _read(self, value: Any) -> Designation:
        typed = super()._read(value)
        # Signs set apart: «1/11» and «11/1» are two.
        slug = slug_of(_SIGN.sub(" ", typed), max_length=SLUG_LENGTH)
        if typed and not slug:
            raise BadCell(NO_DESIGNATION)
        return Designation(slug, typed)

    def written(self, value: Any) -> str:
        """As it was typed."""
        return value.typed if isinstance(value, Designation) else value


class OwnNumber(Text):
    """A number as it was given, with its zeros, letters and slashes; the sign before it belongs to the sentence."""

    number_format = "@"

    def _read(self, value: Any) -> str:
        if isinstance(value, dt.date | dt.time):
            raise BadCell(NUMBER_IS_A_DATE.format(here=quoted(super()._read(value))))
        return tidy(ordinary_digits(super()._read(value)).lstrip("№ "))


class Lines(Paragraphs):
    """Texts of which each has a line of its own."""

    def _read(self, value: Any) -> Any:
        return tuple(super()._read(value).splitlines())

    def kept(self, value: Any) -> Any:
        """Tidy, one by one."""
        return tuple(map(tidy, value))

    def written(self, value: Any) -> str:
        """One below the other."""
        return "\n".join(value)


class Ordinal(WholeNumber):
    """The number of a point or an ask."""

    number_format = "0"
    most = 9_999  # far above what a decision has; more would outgrow the column

    def _read(self, value: Any) -> int | None:
        number = super()._read(value)
        if number is not None and number < 1:
            raise BadCell(FROM_ONE)
        if number is not None and number > self.most:
            raise BadCell(TOO_LARGE.format(most=self.most, here=quoted(str(number))))
        return number


class DayCount(WholeNumber):
    """For how many days."""

    number_format = "0"


class PastDay(Day):
    """A day that has come."""

    def _read(self, value: Any) -> dt.date | None:
        day = super()._read(value)
        if day is not None and day < EARLIEST:
            raise BadCell(TOO_EARLY)
        if day is not None and day > self._last():
            raise BadCell(self._too_late())
        return day

    def _last(self) -> dt.date:
        return timezone.localdate()

    def _too_late(self) -> str:
        return NOT_YET


class Deadline(PastDay):
    """A day that may be still to come."""

    def _last(self) -> dt.date:
        return LATEST

    def _too_late(self) -> str:
        return TOO_LATE


class Chosen(Choice):
    """One of the portal's words, or none."""

    def _read(self, value: Any) -> Any:
        return super()._read(value) if Text().read(value) else None


class Mark(ValueType):
    """«да», or nothing."""

    def _read(self, value: Any) -> bool:
        typed = Text().read(value)
        return False if not typed else bool(Choice({True: YES, False: "нет"}).read(typed))

    def written(self, value: Any) -> str | None:
        """Nothing where it is not so."""
        return YES if value else None

    def options(self) -> tuple[str, ...]:
        """What is chosen where it is so."""
        return (YES,)
