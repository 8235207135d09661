"""What a municipality is called from a day on. Typing mistakes are corrected in the form of facts."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality, Renaming
from municipalities.renaming import OF_OLD, new_renaming
from revisions.days import EARLIEST, LATEST
from revisions.forms import asked

NOTHING_SAID = "Укажите новое название, новый код или то и другое."


class RenamingForm(forms.Form):
    """Another name or code from a day on; what is left empty stays."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, municipality: Municipality, prefix: str | None = None, **said: Any) -> None:
        initial = {"version": municipality.version, "happened_on": timezone.localdate()} | said
        super().__init__(data, prefix=prefix, initial=initial)
        self.municipality = municipality
        self.fields["new_name"] = asked("new_name", of=Renaming)
        self.fields["new_oktmo"] = asked("new_oktmo", of=Renaming)
        self.fields["happened_on"] = forms.DateField(
            label="С какого дня", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), help_text="Можно будущий"
        )
        self.fields["basis"] = asked("basis", of=Renaming, required=True)
        note = forms.Textarea({"rows": 2})
        self.fields["text"] = asked("text", of=Renaming, label="Служебный комментарий", widget=note)

    def clean(self) -> dict[str, Any]:
        """Something changes, on a day within the portal's years."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"new_name", "new_oktmo"} & self.errors.keys() and not (data["new_name"] or data["new_oktmo"]):
            self.add_error(None, NOTHING_SAID)
        day = data.get("happened_on")
        if day and day <= EARLIEST:
            self.add_error("happened_on", OF_OLD)
        if day and day > LATEST:
            self.add_error("happened_on", "Проверьте год: он не может быть позже 2100-го.")
        return data

    def said(self) -> dict[str, Any]:
        """What `renaming.rename` takes besides the municipality and who says so, of a valid form."""
        data = self.cleaned_data
        return {"name": data["new_name"], "oktmo": data["new_oktmo"], "basis": data["basis"], "text": data["text"]}

    @property
    def day(self) -> dt.date:
        """From which day on, of a valid form."""
        day: dt.date = self.cleaned_data["happened_on"]
        return day

    def over(self, version: int) -> "RenamingForm":
        """The same over what somebody else wrote down meanwhile."""
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix("version")] = str(version)
        return RenamingForm(data, municipality=self.municipality)


class RightRenamingForm(RenamingForm):
    """The right row instead of a wrong one, filled with what the wrong one said; that of the beginning has no day.

    Args:
        wrong: the row that is voided, with its municipality.
        data, files, prefix: as of every form.
    """

    def __init__(self, wrong: Renaming, data: Any = None, files: Any = None, prefix: str | None = None) -> None:
        said = {one: getattr(wrong, one) for one in ("happened_on", "new_name", "new_oktmo", "basis", "text")}
        super().__init__(data, municipality=wrong.municipality, prefix=prefix, **said)
        self.is_beginning = wrong.is_beginning
        if wrong.is_beginning:
            del self.fields["happened_on"]
            self.fields["new_name"].required = self.fields["new_oktmo"].required = True

    def new_row(self, by: User) -> Renaming:
        """What `renaming.void_renaming` takes as the replacement, of a valid form."""
        day = EARLIEST if self.is_beginning else self.day
        return new_renaming(self.municipality, day, by=by, **self.said())
