"""Kinds of values that a municipality's columns hold.

Each kind knows how a cell is read as Excel and LibreOffice really save it (numbers as text, dates as text, no-break
spaces), how people read the value, and how rows are sorted by it.
"""

import datetime as dt
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.utils.formats import date_format
from openpyxl.utils.escape import unescape

from listings.columns import Ordering, by_choice, by_text, by_value
from russian.templatetags.russian import grouped, quoted
from russian.text import paragraphs, search_form, tidy

_WHOLE = re.compile(r"([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,]0+)?\Z")
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:[.,][0-9]{1,15})?\Z")
_DAY = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})(?: ?г\.?)?(?: 0?0:00(?::00)?)?\Z")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?(?:\.0+)?)?\Z")
_WORDS = re.compile(r"([0-9]{1,2}) ([а-я]+) ([0-9]{4})(?: ?г\.?| года)?\Z")
_QUOTES = re.compile(r"[«»\"“”„]")  # as on paper: «20» июня 2019 г.
_MONTHS = {date_format(dt.date(2024, month, 1), "E"): month for month in range(1, 13)}
_SERIAL = re.compile(r"[0-9]{5}\Z")
_EPOCH = dt.date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # days of Excel: 1 January 2000 to 31 December 2099

NOTHING = "—"
WRITE_DATE = "Дата записывается так: 27.06.2024."
WRITE_OKTMO = "Код ОКТМО состоит из 8 или 11 цифр."
NO_OKTMO = "Не указан код ОКТМО: по нему портал узнаёт муниципальное образование."


class BadCell(Exception):
    """A cell does not hold what its column asks for; the text says what is wrong, in Russian."""


class FaultyValue(str):
    """What a cell shows when Excel could not work it out: «#Н/Д»."""

    __slots__ = ()


class ValueType(ABC):
    """A kind of value.

    Attributes:
        number_format: of a cell in a workbook.
        numeric: whether it stands to the right, as numbers do.
        localized: whether a form writes it with a comma.
    """

    number_format: str = "General"
    numeric: bool = False
    localized: bool = False

    def read(self, value: Any) -> Any:
        """Read a cell of a workbook.

        Args:
            value: as openpyxl returns it; None for an empty cell.

        Returns:
            Text (tidy, empty for an empty cell), a code of a choice, a number, a date, or None.

        Raises:
            BadCell: the value makes no sense here.
        """
        if isinstance(value, FaultyValue):
            raise BadCell(f"Вместо значения ошибка Excel: {value}.")
        return self._read(value)

    @abstractmethod
    def _read(self, value: Any) -> Any:
        """Read what is no fault of Excel."""

    def kept(self, value: Any) -> Any:
        """A value as JSON keeps it: what was read, stored or kept is the same when this is the same."""
        return value

    def written(self, value: Any) -> Any:
        """A value as a cell of a workbook holds it."""
        return value

    def shown(self, value: Any) -> str:
        """A value, or what `kept` made of it, as people read it; a dash for nothing."""
        return NOTHING if value is None or value == "" else self._shown(value)

    def _shown(self, value: Any) -> str:
        return str(value)

    def options(self) -> tuple[str, ...]:
        """What people choose from; nothing where they write."""
        return ()

    def brief(self, value: Any) -> str:
        """As `shown`, for a narrow column."""
        return self.shown(value)

    def ordering(self, name: str) -> Ordering:
        """How rows are sorted by a field or annotation; what is missing comes last either way."""
        return by_value(name)


class Text(ValueType):
    """Words, also when Excel has made a number or a date of them."""

    def _read(self, value: Any) -> str:
        return _text(value)

    def kept(self, value: Any) -> Any:
        """Tidy, as the portal stores it."""
        return _text(value) if isinstance(value, str) else value

    def ordering(self, name: str) -> Ordering:
        """As Russian sorts."""
        return by_text(name)


class Paragraphs(Text):
    """Words of some lines; each that says something is a paragraph."""

    def _read(self, value: Any) -> str:
        return "\n".join(paragraphs(unescape(value))) if isinstance(value, str) else _text(value)

    def kept(self, value: Any) -> Any:
        """Tidy, paragraph by paragraph."""
        return self._read(value)


class Oktmo(ValueType):
    """Eight or eleven digits; a number has lost the zero that it began with."""

    number_format = "@"

    def _read(self, value: Any) -> str:
        text = _text(value).replace(" ", "").lstrip("'")
        if not isinstance(value, str) and len(text) in (7, 10):
            text = f"0{text}"
        if not text:
            raise BadCell(NO_OKTMO)
        if not re.fullmatch(r"[0-9]{8}([0-9]{3})?", text):
            raise BadCell(f"{WRITE_OKTMO} Здесь: {quoted(text[:30])}.")
        return text


class WholeNumber(ValueType):
    """How many of something: «268 617»."""

    number_format = "#,##0"
    numeric = True

    def _read(self, value: Any) -> int | None:
        text = _text(value)
        if not text:
            return None
        found = _WHOLE.match(text)
        if not found or len(found[1]) > 15:
            raise BadCell(f"Здесь нужно целое число, а записано {quoted(text[:40])}.")
        return int(found[1].replace(" ", ""))

    def _shown(self, value: Any) -> str:
        return grouped(value)


class Number(ValueType):
    """A measure with decimals: «57,768»."""

    numeric = True
    localized = True

    def _read(self, value: Any) -> Decimal | None:
        text = _text(value).replace("−", "-")
        if not text:
            return None
        if not _NUMBER.match(text):
            raise BadCell(f"Здесь нужно число, а записано {quoted(text[:40])}.")
        return Decimal(text.replace(",", "."))

    def kept(self, value: Any) -> Any:
        """Its digits as text, without zeros that say nothing; what is no number, as it is."""
        try:
            return None if value is None else f"{Decimal(str(value)).normalize():f}"
        except InvalidOperation:
            return value

    def _shown(self, value: Any) -> str:
        return str(self.kept(value)).replace(".", ",").replace("-", "−")


class Day(ValueType):
    """A date: «27.06.2024»."""

    number_format = "DD.MM.YYYY"

    def _read(self, value: Any) -> dt.date | None:
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        text = _text(value)
        if not text:
            return None
        try:
            return _written_date(text)
        except (ValueError, KeyError):
            raise BadCell(f"{WRITE_DATE} Здесь: {quoted(text[:40])}.") from None

    def kept(self, value: Any) -> Any:
        """In ISO's way of writing."""
        return value.isoformat() if isinstance(value, dt.date) else value

    def _shown(self, value: Any) -> str:
        return f"{dt.date.fromisoformat(self.kept(value)):%d.%m.%Y}"


@dataclass(frozen=True)
class Choice(ValueType):
    """One of some values.

    Attributes:
        labels: codes and what people read; a workbook offers them as a list, which cannot hold a label with a comma.
        order: of the codes, by which rows are sorted; theirs among the labels without it.
        brief_labels: shorter ones, for a narrow column.
    """

    labels: Mapping[Any, str]
    order: Sequence[Any] = ()
    brief_labels: Mapping[Any, str] = field(default_factory=dict)

    @cached_property
    def _codes(self) -> dict[str, Any]:
        return {search_form(label): code for code, label in self.labels.items()}

    def _read(self, value: Any) -> Any:
        text = _text(value)
        code = self._codes.get(search_form(text))
        if code is None:
            known = ", ".join(map(quoted, self.labels.values()))
            said = f"Такого значения нет: {quoted(text[:60])}" if text else "Значение не указано"
            raise BadCell(f"{said}. Выберите одно из: {known}.")
        return code

    def written(self, value: Any) -> Any:
        """Its label; nothing where none is chosen."""
        return self.labels.get(value)

    def _shown(self, value: Any) -> str:
        return self.labels.get(value, str(value))

    def options(self) -> tuple[str, ...]:
        """The labels."""
        return tuple(self.labels.values())

    def brief(self, value: Any) -> str:
        """The shorter label, where there is one."""
        return self.brief_labels.get(value) or self.shown(value)

    def ordering(self, name: str) -> Ordering:
        """In the order of the codes rather than by their letters."""
        return by_choice(name, self.order or tuple(self.labels))


def _text(value: Any) -> str:
    """Text, also when Excel has made a number or a date of it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ИСТИНА" if value else "ЛОЖЬ"
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value).replace(".", ",")
    return tidy(unescape(str(value)))  # Excel writes a control character as «_x000D_»


def _written_date(text: str) -> dt.date:
    """A date written as text, or as the number that Excel keeps when the format of the cell is lost."""
    if _SERIAL.match(text) and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return _EPOCH + dt.timedelta(days=int(text))
    if iso := _ISO.match(text):
        return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
    if day := _DAY.match(text):
        return dt.date(int(day[3]), int(day[2]), int(day[1]))
    if words := _WORDS.match(search_form(_QUOTES.sub("", text))):
        return dt.date(int(words[3]), _MONTHS[words[2]], int(words[1]))
    raise ValueError(text)
