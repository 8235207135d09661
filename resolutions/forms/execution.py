"""The form of the report on execution: as of which day, and from what was known when."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from resolutions.execution.reading import early_refusal
from revisions.forms import PastDateField


class ReportDayForm(forms.Form):
    """The day of the report; today without one."""

    as_of = PastDateField(label="По состоянию на")
    known_on = PastDateField(
        label="По данным, внесённым не позднее",
        required=False,
        help_text="Оставьте пустым, чтобы учесть всё, что внесено с тех пор",
    )

    def __init__(self, data: QueryDict, *, adopted_on: dt.date | None) -> None:
        """Bind the form to an address.

        Args:
            data: the query.
            adopted_on: the day of the decision; an adopted one has it.
        """
        days = {name: data.get(name, "") for name in ("as_of", "known_on")}
        super().__init__(days | {"as_of": days["as_of"] or timezone.localdate().isoformat()}, label_suffix="")
        self.adopted_on = adopted_on

    def clean_as_of(self) -> dt.date:
        """Before the decision there was nothing to carry out."""
        return self._after_adoption("as_of")

    def clean_known_on(self) -> dt.date | None:
        """Nothing was recorded before the decision either."""
        return self._after_adoption("known_on") if self.cleaned_data["known_on"] else None

    def _after_adoption(self, name: str) -> dt.date:
        day: dt.date = self.cleaned_data[name]
        if refusal := early_refusal(day, self.adopted_on):
            raise ValidationError(refusal)
        return day
