"""Forms of decisions, points and letters. The editor of a decision's text has its own module."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from documents.models import Signature
from resolutions.editor import TidyCharField
from resolutions.models import DecisionPoint, Letter, PointState
from revisions.forms import VersionedForm
from russian.text import paragraphs, plain_text, tidy


def date_input() -> forms.DateInput:
    """The browser's own date picker."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NewResolutionForm(forms.Form):
    """What a draft begins with."""

    title = TidyCharField(
        label="Заголовок",
        max_length=400,
        help_text="С предлога: «О реализации проекта …»",
        widget=forms.Textarea({"rows": 2}),
    )
    adopted_on = forms.DateField(label="Дата Собрания", required=False, widget=date_input())
    place = TidyCharField(label="Место", max_length=150, required=False, help_text="Например, «г. Архангельск»")


class StepForm(forms.Form):
    """A step of the decision: which version was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReopenForm(StepForm):
    """Taking back a mark of adoption needs a reason."""

    reason = TidyCharField(label="Почему отметка о принятии отменяется", max_length=500)


class ProgressForm(forms.Form):
    """What was done about a point."""

    text = forms.CharField(
        label="Что сделано", max_length=5000, widget=forms.Textarea({"rows": 4}), validators=[plain_text]
    )
    happened_on = forms.DateField(label="Когда", widget=date_input())
    state = forms.ChoiceField(label="Состояние после этого", choices=PointState.choices)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, point: DecisionPoint, data: Any = None) -> None:
        super().__init__(
            data, initial={"version": point.version, "state": point.state, "happened_on": timezone.localdate()}
        )
        present = PointState(point.state)
        choices = [(present.value, f"{present.label} (без изменения)")]
        self.fields["state"].choices = choices + [(s.value, s.label) for s in point.next_states]  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Paragraphs without stray spaces."""
        return "\n".join(paragraphs(self.cleaned_data["text"]))


class LetterForm(VersionedForm):
    """A letter's requisites and text."""

    class Meta:
        model = Letter
        fields = [
            "addressee",
            "heading",
            "salutation",
            "body",
            "signatory_position",
            "signatory_name",
            "executor",
            "number",
            "date",
        ]
        widgets = {
            "addressee": forms.Textarea({"rows": 3}),
            "body": forms.Textarea({"rows": 18}),
            "date": date_input(),
        }

    def clean(self) -> dict[str, Any]:
        """Tidy every text, line by line where lines matter."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in data.items():
            if isinstance(value, str):
                data[name] = "\n".join(paragraphs(value)) if name in ("addressee", "body") else tidy(value)
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """Check the constraints on the year too: it is derived from the date, not typed."""
        return super()._get_validation_exclusions() - {"year"}  # type: ignore[misc,no-any-return]  # not in the stubs

    def clean_date(self) -> dt.date | None:
        """A letter is not dated ahead."""
        day: dt.date | None = self.cleaned_data["date"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Дата письма не может быть в будущем.")
        return day


class ScanForm(forms.ModelForm):  # type: ignore[type-arg]  # the model is named by Meta
    """The scan of the paper with the handwritten signature."""

    class Meta:
        model = Signature
        fields = ["scan", "signed_on"]
        widgets = {"signed_on": date_input()}
