"""Template filters for Russian; loaded into every template."""

import datetime as dt

from django import template
from django.template.defaultfilters import stringfilter
from django.utils import timezone
from django.utils.formats import date_format

from russian import quotes, typography
from russian.typography import NBSP

register = template.Library()


def plural_form(number: int, one: str, few: str, many: str) -> str:
    """The form of a noun that Russian asks for after a number: 1 город, 2 города, 5 городов.

    Args:
        number: how many.
        one: after 1, 21, 31 …
        few: after 2-4, 22-24 …
        many: after the rest, 11-14 included.

    Returns:
        One of the three forms.
    """
    tail = abs(number) % 100
    if 11 <= tail <= 14:
        return many
    if tail % 10 == 1:
        return one
    return few if 2 <= tail % 10 <= 4 else many


@register.filter
def plural(number: int, forms: str) -> str:
    """`{{ 5|plural:"город,города,городов" }}` → «городов»."""
    one, few, many = forms.split(",")
    return plural_form(int(number), one, few, many)


@register.filter
def counted(number: int, forms: str) -> str:
    """`{{ 1234|counted:"город,города,городов" }}` → «1 234 города», held together by no-break spaces."""
    return f"{grouped(number)}{NBSP}{plural(number, forms)}"


@register.filter
def grouped(number: int | None) -> str:
    """Thousands set apart by a no-break space: «348 716»; an absent number is a dash."""
    return "—" if number is None else f"{int(number):,}".replace(",", NBSP)


@register.filter
def long_date(value: dt.date | dt.datetime | None) -> str:
    """«27 июня 2024 г.» in Moscow time, held together by no-break spaces; an absent date is a dash."""
    if value is None:
        return "—"
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value)
    return date_format(value, "j E Y г.").replace(" ", NBSP)


@register.filter
def quoted(text: str) -> str:
    """«О проекте „Умный город“»: quotation marks within become „лапки“, a name in marks gets no second ones."""
    return quotes.quoted(text)


@register.filter
def moment(value: dt.datetime | None) -> str:
    """«27 июня 2024 г., 14:05» in Moscow time; an absent moment is a dash."""
    if value is None:
        return "—"
    return f"{long_date(value)}, {timezone.localtime(value):%H:%M}"


@register.filter
@stringfilter
def typeset(text: str) -> str:
    """A paragraph as the typographer sets it (`russian.typography`); goes before `linebreaks`."""
    return typography.typeset(text)
