"""Forms of records; those of records that two people may edit notice when somebody else was quicker."""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from revisions.days import EARLIEST
from revisions.models import VersionedModel

TOO_EARLY = "Укажите дату не раньше 1 января 2000 г."
NOT_YET = "Эта дата ещё не наступила: укажите сегодняшнюю или прошедшую."


def asked(name: str, *, of: type[models.Model], **changes: Any) -> forms.Field:
    """A field of a form as a field of a record asks for it: label, help and validators; the form may call it otherwise.

    Args:
        name: of the record's field.
        of: what the record is.
        **changes: what this form asks differently.
    """
    field: Any = of._meta.get_field(name)
    made: forms.Field = field.formfield(**changes)
    made.validators += [one for one in field.validators if one not in made.validators]  # Django leaves them to records
    return made


class PastDateField(forms.DateField):
    """A day from 2000 on that has come in Moscow, picked from a calendar where the browser has one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)
        self.error_messages["invalid"] = "Укажите дату так: 27.06.2024."

    def validate(self, value: dt.date | None) -> None:
        """Refuse what lies ahead, and what nothing is recorded of."""
        super().validate(value)
        if value is not None and value < EARLIEST:
            raise ValidationError(TOO_EARLY, code="too_early")
        if value is not None and value > timezone.localdate():
            raise ValidationError(NOT_YET, code="future")


FormT = TypeVar("FormT", bound=forms.BaseForm)


def unjudged(make: Callable[[Any, Any], FormT], data: Any, files: Any) -> FormT:
    """A form that stands on a page and is not wanted: it says nothing of errors, and only keeps what was typed.

    Args:
        make: the form, of data and files.
        data, files: what was sent; None when the page is opened.
    """
    form = make(None, None)
    if data is None:
        return form
    typed = make(data, files)
    for name, field in form.fields.items():
        if name not in typed.fields:  # what a form asks may hang on what was typed
            continue
        if not field.widget.needs_multipart_form and typed[name].data is not None:
            form[name].initial = typed[name].data  # type: ignore[misc]  # cached: it may have been read already
    return form


class RecordForm(forms.ModelForm):  # type: ignore[type-arg]  # each form's Meta names the model, mypy cannot read it
    """A model form.

    Attributes:
        also_checked: fields that nobody types, because the page or the record gives them, and whose constraints are
            checked all the same.
    """

    also_checked: frozenset[str] = frozenset()

    def _get_validation_exclusions(self) -> set[str]:
        """Django's own hook, which it does not tell mypy about: what is not in the form is not checked."""
        return super()._get_validation_exclusions() - self.also_checked  # type: ignore[misc, no-any-return]  # see above


class VersionedForm(RecordForm):
    """A model form that carries the version of the record it was opened with.

    `save()` raises `EditConflict` instead of overwriting; views answer with `revisions.conflict.conflict_page`.
    """

    instance: VersionedModel
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        """Store the record at its next version.

        Returns:
            The saved record.

        Raises:
            EditConflict: the stored version is not the one the form was opened with.
        """
        if self.instance.pk:
            current = type(self.instance).locked(self.instance.pk, self.cleaned_data["version"])
            self.instance.version = current.version
        return super().save(commit)


class ShownFirstForm(forms.Form):
    """A form that is sent twice: the first time the page shows what it would change, the second time it does.

    `mark` says what was shown; what is sent with another mark is shown again.
    """

    seen = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    @property
    def mark(self) -> str:
        """What the effect depends on, in a few letters, of a valid form."""
        raise NotImplementedError  # pragma: no cover - each form has its own

    @property
    def is_seen(self) -> bool:
        """Whether the effect of just this was shown before, of a valid form."""
        return bool(self.cleaned_data["seen"] == self.mark)

    def show_again(self) -> None:
        """Let the next sending be the one that counts."""
        self.data = self.with_data(seen=self.mark)

    def with_data(self, **changes: str) -> Any:
        """What was sent, with some fields changed."""
        data: Any = self.data
        data = data.copy()
        for name, value in changes.items():
            data[self.add_prefix(name)] = value
        return data
