"""Form fields of days, numbers and answers."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from russian.forms import ParagraphsField

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2100, 12, 31)


class DayField(forms.DateField):
    """A calendar day, past or future, picked from a calendar where the browser has one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)
        self.error_messages["invalid"] = "Укажите дату так: 27.06.2024."

    def validate(self, value: dt.date | None) -> None:
        """Refuse years that nobody means."""
        super().validate(value)
        if value is not None and not EARLIEST <= value <= LATEST:
            raise ValidationError("Проверьте год: дата должна лежать между 1900 и 2100 годом.", code="year")


class NumberField(forms.DecimalField):
    """A number as people type it: «1 234,5»."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=18, decimal_places=4, **kwargs)
        self.error_messages["invalid"] = "Укажите число, например 12 или 3,5."

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int, Django Decimal
        """Read a comma as the decimal point, and no spaces."""
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Show «3,5», not «3.5000»."""
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value


class WordsField(ParagraphsField):
    """An answer in free words."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=3000, widget=forms.Textarea(attrs={"rows": 4}), **kwargs)


class OptionField(forms.ChoiceField):
    """One of the options of a question."""

    def __init__(self, *, options: Iterable[str], required: bool, **kwargs: Any) -> None:
        choices = _or_nothing([(option, option) for option in options], required=required)
        super().__init__(choices=choices, required=required, widget=forms.RadioSelect, **kwargs)


class YesNoField(forms.TypedChoiceField):
    """Yes or no, as True or False; None for no answer."""

    def __init__(self, *, required: bool, **kwargs: Any) -> None:
        super().__init__(
            choices=_or_nothing([("yes", "Да"), ("no", "Нет")], required=required),
            coerce=lambda said: said == "yes",
            empty_value=None,
            required=required,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a stored answer by its button."""
        return {True: "yes", False: "no"}.get(value, value)


def _or_nothing(choices: list[tuple[str, str]], *, required: bool) -> list[tuple[str, str]]:
    """The choices; where nothing has to be said, a button chosen by mistake can be left again."""
    return choices if required else [*choices, ("", "Нет ответа")]
