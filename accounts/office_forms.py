"""Whom the secretariat appoints, and when powers end."""

from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import OfficeTerm, TermAction, User
from accounts.offices import check_appointment, new_term
from accounts.roles import Office
from revisions.forms import asked


class _RowForm(forms.Form):
    """What every row says: from which day on, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, version: int, prefix: str | None, **initial: Any) -> None:
        super().__init__(data, prefix=prefix, initial={"version": version} | initial)
        self.fields["happened_on"] = asked("happened_on", of=OfficeTerm, widget=_date_input())
        self.fields["basis"] = asked("basis", of=OfficeTerm, required=True)
        note = {"required": False, "label": "Служебный комментарий", "widget": forms.Textarea(attrs={"rows": 2})}
        self.fields["text"] = asked("text", of=OfficeTerm, **note)

    def row(self, *, by: User) -> OfficeTerm:
        """The row that a valid form makes; not stored yet."""
        raise NotImplementedError  # pragma: no cover - each form makes its own

    def over(self, version: int) -> Any:
        """What was sent, over what somebody else wrote down meanwhile."""
        data: Any = self.data
        data = data.copy()
        data["version"] = str(version)
        return data


class AppointmentForm(_RowForm):
    """Somebody is appointed; instead of a wrong appointment, the form begins with what that one said."""

    user = forms.ModelChoiceField(
        label="Кто",
        queryset=User.objects.none(),
        empty_label="Выберите человека",
        help_text="Те, кто может входить в портал. Прежние права остаются при человеке.",
        error_messages={"invalid_choice": "Этого человека назначить нельзя: выберите другого."},
    )

    def __init__(
        self, data: Any = None, *, version: int, wrong: OfficeTerm | None = None, prefix: str | None = None
    ) -> None:
        said = ("user", "office", "happened_on", "until", "basis", "text")
        initial = {name: getattr(wrong, name) for name in said} if wrong else {"happened_on": timezone.localdate()}
        super().__init__(data, version=version, prefix=prefix, **initial)
        people: Any = self.fields["user"]
        people.queryset = User.objects.filter(is_active=True, is_superuser=False).order_by("name", "email")
        people.label_from_instance = lambda user: ", ".join(filter(None, [user.name, user.position, user.email]))
        self.fields["office"] = forms.ChoiceField(
            label="Обязанности", choices=[("", "Выберите обязанности"), *Office.choices]
        )
        self.fields["until"] = asked("until", of=OfficeTerm, widget=_date_input())
        self.fields["until"].help_text = "Последний день полномочий. У члена Правления его может не быть."
        self.order_fields(["user", "office", "happened_on", "until", "basis", "text"])

    def clean(self) -> dict[str, Any]:
        """Who stands in does so until a day, and may log in."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if {"user", "office", "until"} <= data.keys():
            check_appointment(data["user"], Office(data["office"]), data["until"])
        return data

    def row(self, *, by: User) -> OfficeTerm:
        """The appointment that a valid form makes; not stored yet."""
        said = {name: self.cleaned_data[name] for name in ("happened_on", "until", "basis", "text")}
        return new_term(
            self.cleaned_data["user"], Office(self.cleaned_data["office"]), TermAction.APPOINT, by=by, **said
        )


class EndForm(_RowForm):
    """Somebody holds an office no longer.

    Args:
        of: the appointment, or the wrong row about its end, with which the form begins then.
        data, version, prefix: as of every form.
    """

    def __init__(self, of: OfficeTerm, data: Any = None, *, version: int, prefix: str | None = None) -> None:
        of_end = of.action == TermAction.END
        initial = {name: getattr(of, name) for name in ("happened_on", "basis", "text")} if of_end else {}
        super().__init__(data, version=version, prefix=prefix, **initial)
        self.of = of
        self.fields["happened_on"].label = "С какого дня полномочий нет"
        self.fields["happened_on"].help_text = "Первый день без полномочий: прошедший, сегодняшний или будущий."

    def row(self, *, by: User) -> OfficeTerm:
        """The end that a valid form makes; not stored yet."""
        said = {name: self.cleaned_data[name] for name in ("happened_on", "basis", "text")}
        return new_term(self.of.user, Office(self.of.office), TermAction.END, until=None, by=by, **said)


def _date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
