"""What the secretariat changes of a head and an official address, and from which day on."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from municipalities.models import Head, HeadRecord, Municipality
from municipalities.models.head import HEAD_RULES, MATTERS, label_of
from revisions.conflict import ConflictRow
from revisions.days import EARLIEST, LATEST
from revisions.forms import asked
from russian.text import paragraphs, tidy

OLD_WORDS = (
    "Имя другое, а письма адресовались бы прежнему главе: исправьте адресата и обращение или отметьте, что они верны."
)


class HeadForm(forms.Form):
    """All that is known. What differs from what held before is what the row will say."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        municipality: Municipality,
        before: Head,
        wrong: HeadRecord | None = None,
        shown: Head | None = None,
        prefix: str | None = None,
    ) -> None:
        """Make the form.

        Args:
            data: what was sent.
            municipality: whose head it is.
            before: what held without the row that the form makes.
            wrong: the row that this one will stand for, if it does; the form begins with its day, basis and note.
            shown: what the form begins with; what held before, without one.
            prefix: of the names of its fields.
        """
        day = wrong.happened_on if wrong else timezone.localdate()
        initial = asdict(shown or before) | {"happened_on": day, "version": municipality.version}
        initial |= {"basis": wrong.basis, "text": wrong.text} if wrong else {}
        super().__init__(data, initial=initial, prefix=prefix)
        self.municipality, self.before, self.wrong = municipality, before, wrong
        for name in MATTERS:
            rows = {"widget": forms.Textarea({"rows": 2})} if name == "dative" else {}
            self.fields[name] = asked(name, of=HeadRecord, label=label_of(name), **rows)
        self.fields["words_stay"] = forms.BooleanField(
            label="Адресат и обращение верны и для нового имени", required=False, widget=forms.HiddenInput
        )
        self.fields["happened_on"] = forms.DateField(
            label="С какого дня", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), help_text="Можно будущий"
        )
        self.fields["basis"] = asked("basis", of=HeadRecord)
        note = forms.Textarea({"rows": 2})
        self.fields["text"] = asked("text", of=HeadRecord, label="Служебный комментарий", widget=note)

    def clean(self) -> dict[str, Any]:
        """Empty where nothing is said; the addressee line by line, every other text one tidy paragraph."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in {*MATTERS, "basis", "text"} & data.keys():
            said = data[name] or ""
            data[name] = "\n".join(paragraphs(said)) if name == "dative" else tidy(said)
        day = data.get("happened_on")
        if day and not EARLIEST <= day <= LATEST:
            self.add_error("happened_on", "Проверьте год: он не раньше 2000-го и не позже 2100-го.")
        if not self.errors and self._speaks_to_the_former(data) and not data["words_stay"]:
            self.fields["words_stay"].widget = forms.CheckboxInput()
            self.add_error("words_stay", OLD_WORDS)
        return data

    def _speaks_to_the_former(self, data: dict[str, Any]) -> bool:
        """Whether the name is another one, and letters would still be addressed to the one of before."""
        was = self.before
        words_of_before = any(data[one] and data[one] == getattr(was, one) for one in ("dative", "salutation"))
        return bool(was.person and data["person"] != was.person and words_of_before)

    def _unlike(self, other: Head) -> dict[str, str]:
        return {one: self.cleaned_data[one] for one in MATTERS if self.cleaned_data[one] != getattr(other, one)}

    def _said(self, day: dt.date) -> dict[str, str]:
        """What the row says of its day.

        What was not touched is left as it was that day; where nothing was known then, what the form shows is said too.
        Who touches nothing of what holds today means the day: then all that the form shows is said of it.
        """
        held = HEAD_RULES.fold([row for row in self.municipality.head_records.all() if row != self.wrong], day)
        touched, unlike = self._unlike(self.before), self._unlike(held)
        if not touched:
            return unlike
        return {name: said for name, said in unlike.items() if name in touched or not getattr(held, name)}

    def new_row(self, by: User) -> HeadRecord:
        """The row that a valid form makes; not stored yet.

        Args:
            by: who says so; the name is kept as it is now.

        Raises:
            ValidationError: nothing was changed (by `heads`, when the row is judged).
        """
        day: dt.date = self.cleaned_data["happened_on"]
        return HeadRecord(
            municipality_id=self.municipality.pk,
            happened_on=day,
            basis=self.cleaned_data["basis"],
            text=self.cleaned_data["text"],
            actor=by,
            actor_name=str(by)[:150],
            **self._said(day),
        )

    def unlike_stored(self, municipality: Municipality) -> list[ConflictRow]:
        """What the form says otherwise than what somebody else wrote down meanwhile."""
        stored = municipality.head_on()
        return [ConflictRow(label_of(one), getattr(stored, one), yours) for one, yours in self._unlike(stored).items()]

    def over(self, municipality: Municipality) -> "HeadForm":
        """The same over what somebody else wrote down meanwhile."""
        data: Any = self.data
        data = data.copy()
        data[self.add_prefix("version")] = str(municipality.version)
        return HeadForm(data, municipality=municipality, before=municipality.head_on())
