"""The forms of the municipalities."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.utils import timezone

from accounts.access import people_with
from accounts.models import User
from accounts.roles import Permission
from municipalities.columns import in_form
from municipalities.models import (
    Contact,
    IndexScore,
    Membership,
    MembershipAction,
    Municipality,
    Participation,
    ParticipationRecord,
    PersonalLink,
    Representative,
)
from municipalities.models.belonging import NO_DAY
from municipalities.models.naming import Span
from municipalities.models.participation import Statement
from municipalities.renaming import code_refusal
from revisions.days import EARLIEST, LATEST
from revisions.forms import PastDateField, RecordForm, ShownFirstForm, VersionedForm, asked

OF_MUNICIPALITY = frozenset({"municipality"})  # the view puts it into the instance


class AsOfForm(forms.Form):
    """The day that a page is read for."""

    as_of = PastDateField(label="Показать на дату", required=False)


class ParticipationForm(forms.Form):
    """Where a municipality stands, on what day, and what that rests on."""

    status = forms.ChoiceField(label="Статус участия", choices=[("", "Выберите статус"), *Participation.choices])
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, municipality: Municipality, prefix: str | None = None) -> None:
        initial = {"version": municipality.version, "effective_on": timezone.localdate()}
        super().__init__(data, prefix=prefix, initial=initial)
        self.municipality = municipality
        self.fields["effective_on"] = asked("happened_on", of=ParticipationRecord, form_class=PastDateField)
        self.fields["basis"] = asked("basis", of=ParticipationRecord, required=True)
        self.fields["comment"] = asked("text", of=ParticipationRecord, widget=forms.Textarea(attrs={"rows": 3}))
        self.order_fields(["status", "effective_on", "basis", "comment"])

    @property
    def said(self) -> dict[str, Any]:
        """What a valid form says, by the names of the record."""
        data = self.cleaned_data
        return {
            "status": data["status"],
            "happened_on": data["effective_on"],
            "basis": data["basis"],
            "text": data["comment"],
        }

    def record(self, by: User) -> ParticipationRecord:
        """Write down what the form says.

        Args:
            by: who says so.

        Raises:
            EditConflict: somebody changed the municipality after the form was opened.
            ValidationError: the record is refused.
        """
        return self.municipality.record_participation(**self.said, by=by, version=self.cleaned_data["version"])


class RightStatementForm(ParticipationForm):
    """The right statement instead of a wrong record, filled with what that said; of a confirmation, with its day.

    Args:
        wrong: the record that is voided, with its municipality.
        data, files, prefix: as of every form; there are no files.
    """

    def __init__(
        self, wrong: ParticipationRecord, data: Any = None, files: Any = None, prefix: str | None = None
    ) -> None:
        super().__init__(data, municipality=wrong.municipality, prefix=prefix)
        self.initial.update(status=wrong.status, effective_on=wrong.happened_on, basis=wrong.basis, comment=wrong.text)

    def statement(self) -> Statement:
        """What `void_participation` takes as the replacement, of a valid form."""
        return Statement(self.municipality.pk, self.municipality.version, **self.said)


class ConfirmForm(forms.Form):
    """The one click that says that the status still holds; it carries the version of the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class IndexScoreForm(VersionedForm):
    """A municipality's result in the index of one year."""

    also_checked = OF_MUNICIPALITY

    class Meta:
        model = IndexScore
        fields = [
            "year",
            "group",
            "edition",
            "score",
            "maximum",
            "indicators",
            "rank",
            "rank_at_most",
            "group_size",
            "source",
        ]
        localized_fields = ["score", "maximum"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].empty_label = "Не указана"  # type: ignore[attr-defined]  # of a choice of records


class ContactForm(VersionedForm):
    """A person to turn to."""

    also_checked = OF_MUNICIPALITY

    class Meta:
        model = Contact
        fields = ["name", "position", "phone", "email"]


class MunicipalityForm(VersionedForm):
    """The facts that the secretariat keeps, as the table of columns declares them; made by `municipality_form`."""

    instance: Municipality

    class Meta:
        model = Municipality
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column, place in in_form():
            field: Any = self.fields[column.key]
            field.widget.attrs |= place.attrs
            if place.choose:
                field.choices = [(code, label if code else place.choose) for code, label in field.choices]

    def clean_oktmo(self) -> str:
        """Nobody else has the code today, nor will have it."""
        oktmo: str = self.cleaned_data["oktmo"]
        span = Span(oktmo, timezone.localdate(), None)
        if "oktmo" in self.changed_data and (refusal := code_refusal([span], of=self.instance)):
            raise ValidationError(refusal)
        return oktmo


def municipality_form(data: Any = None, *, instance: Municipality | None = None) -> MunicipalityForm:
    """The form with the columns that the table has now.

    Args:
        data: as of every form.
        instance: which municipality is edited; a new one without it.
    """
    columns = [column for column, _ in in_form()]
    localized = [column.key for column in columns if column.value.localized]
    made: Any = modelform_factory(
        Municipality, form=MunicipalityForm, fields=[column.key for column in columns], localized_fields=localized
    )
    form: MunicipalityForm = made(data, instance=instance)
    return form


class ListingForm(forms.Form):
    """Withdrawing a municipality that was typed by mistake, or putting it back, and why."""

    listed = forms.TypedChoiceField(
        choices=[("yes", "вернуть"), ("no", "убрать")], coerce="yes".__eq__, widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label="Причина",
        max_length=300,
        help_text="Например: «Внесено дважды». Остаётся в истории изменений. "
        "Выход из Союза записывают на странице «Членство в Союзе», новое название – на странице «Название и код».",
    )


class MembershipForm(ShownFirstForm):
    """A municipality joins the Union or leaves it. The first time it is sent, the page shows what that changes."""

    action = forms.ChoiceField(label="Что произошло", choices=MembershipAction.choices)
    happened_on = forms.DateField(
        label="С какого дня",
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Можно и будущий. Оставьте пустым, если день вступления неизвестен",
    )
    basis = forms.CharField(
        label="Основание",
        max_length=500,
        help_text="Публикуется. Например: «Решение Общего Собрания от 12 марта 2026 г. № 3»",
    )
    text = forms.CharField(
        label="Служебный комментарий",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, municipality: Municipality, prefix: str | None = None, **said: Any) -> None:
        belongs = municipality.belonging_on().is_member
        likely = MembershipAction.LEAVE if belongs else MembershipAction.JOIN
        super().__init__(data, prefix=prefix, initial={"action": likely, "version": municipality.version} | said)
        self.municipality = municipality

    def clean(self) -> dict[str, Any]:
        """Who leaves, leaves on a day; no day lies before the portal's first one or in a far future."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day = data.get("happened_on")
        if day is None and data.get("action") == MembershipAction.LEAVE and "happened_on" not in self.errors:
            self.add_error("happened_on", NO_DAY)
        if day and not EARLIEST <= day <= LATEST:
            self.add_error("happened_on", "Проверьте год: он не раньше 2000-го и не позже 2100-го.")
        return data

    def said(self) -> dict[str, Any]:
        """What `Municipality.change_membership` takes, of a valid form."""
        data = {name: self.cleaned_data[name] for name in ("basis", "text", "version")}
        action, happened_on = self.wanted()
        return data | {"action": action, "happened_on": happened_on}

    def wanted(self) -> tuple[MembershipAction, dt.date | None]:
        """What happened, and from which day on, of a valid form."""
        return MembershipAction(self.cleaned_data["action"]), self.cleaned_data["happened_on"]

    @property
    def mark(self) -> str:
        """What happened, when, and over which version."""
        action, day = self.wanted()
        return f"{action} {day or ''} {self.cleaned_data['version']}"

    def over(self, version: int) -> "MembershipForm":
        """The same over what somebody else wrote down meanwhile."""
        return MembershipForm(self.with_data(version=str(version), seen=""), municipality=self.municipality)


class RightMembershipForm(MembershipForm):
    """The right change of membership instead of a wrong one, filled with what the wrong one said.

    Args:
        wrong: the row that is voided, with its municipality.
        data, files, prefix: as of every form.
    """

    seen = None  # type: ignore[assignment]  # Django's way to leave a field of the parent out

    def __init__(self, wrong: Membership, data: Any = None, files: Any = None, prefix: str | None = None) -> None:
        said = {name: getattr(wrong, name) for name in ("action", "basis", "text")}
        day = wrong.happened_on if wrong.day_is_known else None
        super().__init__(data, municipality=wrong.municipality, prefix=prefix, happened_on=day, **said)

    def new_row(self, by: User) -> Membership:
        """What `Municipality.void_membership` takes as the replacement, of a valid form."""
        action, happened_on = self.wanted()
        basis, text = self.cleaned_data["basis"], self.cleaned_data["text"]
        return self.municipality.new_membership(action, happened_on, basis=basis, text=text, by=by)


class LinkWithdrawalForm(RecordForm):
    """Why a personal link is withdrawn."""

    class Meta:
        model = PersonalLink
        fields = ["reason"]

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        self.fields["reason"].required = True


class AppointForm(forms.Form):
    """Choosing a representative among the users that the portal has."""

    user = forms.ModelChoiceField(
        label="Пользователь",
        queryset=User.objects.none(),
        empty_label="Выберите пользователя",
        help_text="Действующие пользователи с ролью «Представитель муниципалитета».",
        error_messages={"invalid_choice": "Этого пользователя нельзя назначить: обновите страницу и выберите другого."},
    )

    def __init__(self, data: Any = None, *, municipality: Municipality) -> None:
        super().__init__(data, prefix="appoint")
        field: Any = self.fields["user"]
        candidates = people_with(Permission.KEEP_OWN_MUNICIPALITY)
        open_ended = Representative.objects.filter(municipality=municipality, until=None)
        field.queryset = candidates.exclude(pk__in=open_ended.values("user")).order_by("name", "email")
        self.municipality = municipality
        self.fields["since"] = _century_field("since")
        self.fields["until"] = _century_field("until")
        field.label_from_instance = lambda user: f"{user.name} ({user.email})"

    def clean(self) -> dict[str, Any]:
        """Nobody ends before they begin, or represents a municipality twice on one day."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        since, until = data["since"], data["until"]
        if since and until and until < since:
            raise ValidationError({"until": "Последний день не может быть раньше первого."})
        others = self.municipality.representatives.filter(user=data["user"])
        if other := others.meeting(since, until).first():
            raise ValidationError({"since": f"В эти дни {data['user']} и так представитель: {other.days_in_words}"})
        return data


def _century_field(name: str) -> forms.Field:
    """A day of an appointment, past or to come."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return asked(name, of=Representative, widget=widget)


class InviteForm(forms.Form):
    """Inviting somebody new to speak for a municipality."""

    email = forms.EmailField(label="Адрес электронной почты", help_text="На него придёт приглашение.")
    name = forms.CharField(label="Имя", max_length=150, help_text="Как в документах: «С.Ю. Суханов».")
    position = forms.CharField(label="Должность", max_length=250, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="invite")
        self.fields["since"] = _century_field("since")
