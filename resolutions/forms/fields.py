"""Fields that several forms share."""

import datetime as dt
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from resolutions.models.correspondent import cities_called
from resolutions.uploads import Upload
from revisions.days import LATEST, TOO_LATE
from revisions.ledger import LedgerQuerySet, LedgerRow
from russian.forms import ParagraphsField, TidyCharField
from russian.templatetags.russian import long_date, quoted
from russian.text import ordinary_digits

RowT = TypeVar("RowT", bound=LedgerRow)

MAX_FILES = 10
WHO_ANSWERS = "Укажите, кто должен ответить, или не задавайте срока ответа."


def not_too_late(day: dt.date) -> None:
    """Refuse a deadline of a year that nobody means: what counts on from it would leave the calendar.

    Raises:
        ValidationError: it lies after 2100.
    """
    if day > LATEST:
        raise ValidationError(TOO_LATE, code="year")


def date_input() -> forms.DateInput:
    """The browser's own date picker."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def day_of(form: forms.Form) -> dt.date | None:
    """The day that a form names in `happened_on`; None while it names none."""
    try:
        day: dt.date = form.fields["happened_on"].clean(form["happened_on"].value())
    except ValidationError:
        return None
    return day


def offer_placing(form: forms.Form, rows: LedgerQuerySet[RowT]) -> None:
    """Let a step be placed before another one of its day, where there are any.

    Args:
        form: with the field `happened_on`; it gets the field `before`.
        rows: of the ledger that the step goes into.
    """
    same_day = rows.in_force().filter(happened_on=day_of(form), placed_before=None)
    if not same_day:
        return
    field: Any = forms.ModelChoiceField(
        same_day, required=False, label="В этот день: раньше, чем", empty_label="Позже всех записей этого дня"
    )
    field.label_from_instance = lambda row: f"{row.name}, {long_date(row.happened_on)}"
    form.fields["before"] = field


def paragraphs_field(label: str, help_text: str) -> ParagraphsField:
    """A text that may be left out."""
    widget = forms.Textarea({"rows": 2})
    return ParagraphsField(label=label, required=False, max_length=2000, widget=widget, help_text=help_text)


class NumberField(TidyCharField):
    """The number of a letter; digits of other scripts, which look the same, are ordinary digits."""

    def clean(self, value: Any) -> str:
        """Tidy the number."""
        return ordinary_digits(super().clean(value))


class CorrespondentField(TidyCharField):
    """Who writes or is written to, by a name; the page offers those that are known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=250, widget=forms.TextInput({"list": "correspondents"}), **kwargs)

    def clean(self, value: Any) -> str:
        """Know whom the name means.

        Raises:
            ValidationError: several municipalities are called so.
        """
        name: str = super().clean(value)
        several = cities_called(name) if name else []
        if len(several) > 1:
            told = ", ".join(quoted(f"{one.name} ({one.region})") for one in several)
            raise ValidationError(f"Так называются несколько муниципальных образований: {told}. Укажите с регионом.")
        return name


class _ManyFilesInput(forms.ClearableFileInput):
    """The browser's file picker, for several files at once."""

    allow_multiple_selected = True


PROOF = "Документы, сканы, письма: не больше 20 МБ каждый."


class FilesField(forms.FileField):
    """Any number of files that prove something; cleaned to a list of `Upload`."""

    widget = _ManyFilesInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Файлы")
        kwargs.setdefault("help_text", f"{PROOF} Их видят сотрудники Союза и те, кто исполняет и контролирует пункт")
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """Let each file in, or say which one is not let in and why."""
        sent: list[UploadedFile] = [one for one in (data if isinstance(data, list | tuple) else [data]) if one]
        if len(sent) > MAX_FILES:
            raise ValidationError(f"За один раз можно приложить не больше {MAX_FILES} файлов.")
        return [Upload.of(one) for one in sent]
