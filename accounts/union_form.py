"""What the secretariat changes of the Union, and from which day on."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import QuorumRule, UnionProfile, UnionProfileRecord, User
from accounts.models.union import MATTERS, NAMES, label_of
from revisions.forms import asked
from russian.text import tidy


class UnionForm(forms.Form):
    """All that is known of the Union. What differs from what held before is what the record will say."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        version: int,
        before: UnionProfile,
        wrong: UnionProfileRecord | None = None,
        shown: UnionProfile | None = None,
        prefix: str | None = None,
    ) -> None:
        """Make the form.

        Args:
            data: what was sent.
            version: of the ledger.
            before: what held without the record that the form makes.
            wrong: the record that this one will stand for, if it does; the form begins with its day and basis.
            shown: what the form begins with; what held before, without one.
            prefix: of the names of its fields.
        """
        day, basis = (wrong.happened_on, wrong.text) if wrong else (timezone.localdate(), "")
        begins = asdict(shown or before)
        initial = begins | {"members": begins["members"] or None, "happened_on": day, "text": basis, "version": version}
        super().__init__(data, initial=initial, prefix=prefix)
        self.before = before
        date_input = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        self.fields["happened_on"] = asked("happened_on", of=UnionProfileRecord, widget=date_input)
        for name in MATTERS:
            self.fields[name] = asked(name, of=UnionProfileRecord, required=name in NAMES, label=label_of(name))
        self.fields["quorum_rule"].choices = [("", "не указано"), *QuorumRule.choices]  # type: ignore[attr-defined]  # a choice
        self.fields["text"] = asked("text", of=UnionProfileRecord)

    def clean(self) -> dict[str, Any]:
        """Empty where nothing is said, and every text one tidy paragraph."""
        data: dict[str, Any] = self.cleaned_data
        for name, value in data.items():
            if name == "members":
                data[name] = value or 0
            elif name not in ("version", "happened_on"):
                data[name] = tidy(value or "")
        return data

    def _unlike(self, other: UnionProfile) -> dict[str, Any]:
        return {one: self.cleaned_data[one] for one in MATTERS if self.cleaned_data[one] != getattr(other, one)}

    def record(self, *, by: User) -> UnionProfileRecord:
        """The record that a valid form makes; not stored yet.

        Args:
            by: who says so; the name is kept as it is now.
        """
        day: dt.date = self.cleaned_data["happened_on"]
        # Who changes nothing of what holds today means the day: what is planned for it ends.
        said = self._unlike(self.before) or self._unlike(UnionProfile.on(day))
        return UnionProfileRecord(
            happened_on=day, text=self.cleaned_data["text"], actor=by, actor_name=str(by)[:150], **said
        )
