"""Forms of decisions. The editor of a decision's text has its own module."""

from django import forms

from documents.models import Signature
from documents.printed import Printed
from resolutions.forms.fields import date_input
from revisions.forms import RecordForm
from russian.forms import TidyCharField


class NewResolutionForm(Printed, forms.Form):
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


class ScanForm(RecordForm):
    """The scan of the paper with the handwritten signature."""

    class Meta:
        model = Signature
        fields = ["scan", "signed_on"]
        widgets = {"signed_on": date_input()}
