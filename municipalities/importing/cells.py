"""What a cell says, as Excel and LibreOffice really save it: numbers as text, dates as text, no-break spaces."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format

from municipalities.importing.sheet import FaultyValue
from municipalities.workbook import LABELS
from russian.templatetags.russian import grouped
from russian.text import search_form, tidy

_NUMBER = re.compile(r"([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,]0+)?\Z")
_DAY = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})(?: ?г\.?)?(?: 0?0:00(?::00)?)?\Z")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]00:00(?::00)?(?:\.0+)?)?\Z")
_WORDS = re.compile(r"([0-9]{1,2}) ([а-я]+) ([0-9]{4})(?: ?г\.?| года)?\Z")
_MONTHS = {date_format(dt.date(2024, month, 1), "E"): month for month in range(1, 13)}
_SERIAL = re.compile(r"[0-9]{5}\Z")
_EPOCH = dt.date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # days of Excel: 1 January 2000 to 31 December 2099

WRITE_DATE = "Дата записывается так: 27.06.2024."
WRITE_OKTMO = "Код ОКТМО состоит из 8 или 11 цифр."


class BadCell(Exception):  # noqa: N818 - bad is the cell
    """A cell does not hold what its column asks for; the text says what is wrong, in Russian."""


def parse(key: str, value: Any) -> Any:
    """Read a cell.

    Args:
        key: of its column, as in `workbook.COLUMNS`.
        value: as openpyxl returns it; None for an empty cell.

    Returns:
        Text (tidy, empty for an empty cell), a code of a choice, a whole number, a date, or None.

    Raises:
        BadCell: the value makes no sense in this column.
    """
    if isinstance(value, FaultyValue):
        raise BadCell(f"Вместо значения ошибка Excel: {value}.")
    read: Callable[[Any], Any] = _PARSERS.get(key, _text)
    return read(value)


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
    return tidy(str(value)).replace("_x000D_", "").strip()


def _oktmo(value: Any) -> str:
    """Eight or eleven digits; a number has lost the zero that it began with."""
    text = _text(value).replace(" ", "").lstrip("'")
    if not isinstance(value, str) and len(text) in (7, 10):
        text = f"0{text}"
    if not text:
        raise BadCell("Не указан код ОКТМО: по нему портал узнаёт муниципальное образование.")
    if not re.fullmatch(r"[0-9]{8}([0-9]{3})?", text):
        raise BadCell(f"{WRITE_OKTMO} Здесь: «{text[:30]}».")
    return text


def _number(value: Any) -> int | None:
    text = _text(value)
    if not text:
        return None
    found = _NUMBER.match(text)
    if not found or len(found[1]) > 15:
        raise BadCell(f"Здесь нужно целое число, а записано «{text[:40]}».")
    return int(found[1].replace(" ", ""))


def _date(value: Any) -> dt.date | None:
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
        raise BadCell(f"{WRITE_DATE} Здесь: «{text[:40]}».") from None


def _written_date(text: str) -> dt.date:
    """A date written as text, or as the number that Excel keeps when the format of the cell is lost."""
    if _SERIAL.match(text) and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return _EPOCH + dt.timedelta(days=int(text))
    if iso := _ISO.match(text):
        return dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
    if day := _DAY.match(text):
        return dt.date(int(day[3]), int(day[2]), int(day[1]))
    if words := _WORDS.match(search_form(text)):
        return dt.date(int(words[3]), _MONTHS[words[2]], int(words[1]))
    raise ValueError(text)


def _choice(key: str) -> Callable[[Any], str]:
    codes = {search_form(label): code for code, label in LABELS[key].items()}

    def parse_label(value: Any) -> str:
        text = _text(value)
        code = codes.get(search_form(text))
        if code is None:
            known = ", ".join(f"«{label}»" for label in LABELS[key].values())
            said = f"Такого значения нет: «{text[:60]}»" if text else "Значение не указано"
            raise BadCell(f"{said}. Выберите одно из: {known}.")
        return code

    return parse_label


_PARSERS: dict[str, Callable[[Any], str | int | dt.date | None]] = {
    "oktmo": _oktmo,
    "population": _number,
    "participation_since": _date,
    "participation": _choice("participation"),
    "federal_district": _choice("federal_district"),
}


def shown(key: str, value: Any) -> str:
    """A value as people read it.

    Args:
        key: of its column.
        value: what `parse` returned or the database holds; a date may be ISO text.

    Returns:
        «Участвует», «27.06.2024», «268 617»; a dash for nothing.
    """
    if value is None or value == "":
        return "—"
    if key in LABELS:
        return LABELS[key].get(value, str(value))
    if key == "participation_since":
        day = dt.date.fromisoformat(value) if isinstance(value, str) else value
        return f"{day:%d.%m.%Y}"
    return grouped(value) if key == "population" else str(value)
