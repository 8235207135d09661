"""Forms about people."""

import datetime as dt
from typing import Any

from django import forms

from accounts.models import TAKEN, RoleRecord, User
from accounts.people import secretariat_remains
from accounts.role_keeping import changed_role, role_refusal, set_role, store_roles
from accounts.roles import Role
from revisions.forms import PastDateField, RecordForm, VersionedForm
from russian.text import tidy


class _TidyPerson(forms.BaseForm):
    """Cleaning that all forms about a person share."""

    cleaned_data: dict[str, Any]
    instance: User

    def clean_name(self) -> str:
        """The name without stray spaces."""
        return tidy(self.cleaned_data["name"])

    def clean_position(self) -> str:
        """The position without stray spaces."""
        return tidy(self.cleaned_data["position"])

    def clean_email(self) -> str:
        """The address in lower case, which nobody else has.

        Asked here although the database asks too: Django would say it twice, for the field and for the constraint.
        """
        email = str(self.cleaned_data["email"]).strip().lower()
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(TAKEN, code="unique")
        return email


class InvitationForm(_TidyPerson, RecordForm):
    """Whom the secretariat invites. `accounts.invitations.invite` stores it, not the form."""

    role_since = PastDateField(
        label="Роль с какого дня",
        required=False,
        help_text="Раньше этого дня человек ничего не мог решать в этой роли. Без дня – с самого начала.",
    )

    class Meta:
        model = User
        fields = ("email", "name", "position", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = _role_field()


class UserForm(_TidyPerson, VersionedForm):
    """What the secretariat may change of an account. A change of the role goes into the ledger of roles."""

    instance: User
    role_since = PastDateField(
        label="Роль с какого дня",
        required=False,
        help_text="Когда роль меняется: без дня – с сегодняшнего. Не меняется, а день стал известен: назовите его.",
    )

    class Meta:
        model = User
        fields = ("name", "position", "role", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = _role_field()
        self.order_fields(["name", "position", "role", "role_since", "email"])
        self.stored: list[RoleRecord] = []
        self.new: list[RoleRecord] = []

    def clean(self) -> dict[str, Any]:
        """See whether the role may change on its day."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not {"role", "role_since"} <= data.keys():
            return data
        person = self.instance  # still as it is stored
        self.stored = list(person.role_records.select_related("voided_by"))
        self.new = changed_role(person, data["role"], data["role_since"], stored=self.stored)
        if self.new and (refusal := role_refusal(person, self.stored, self.new)):
            self.add_error("role_since", refusal)
        return data

    def save(self, commit: bool = True, *, by: User | None = None) -> User:
        """Store the account, write the role down, and tell allauth the address.

        Args:
            commit: as of every form.
            by: who does it.

        Raises:
            EditConflict: somebody saved the account meanwhile.
            ValidationError: nobody would be left in the secretariat.
        """
        if self.new:
            set_role(self.instance, self.stored, self.new)
        with secretariat_remains():
            user: User = super().save(commit)
            user.keep_address()
            store_roles(user, self.stored, self.new, by=by)
        return user


class ProfileForm(_TidyPerson, VersionedForm):
    """What people may change of their own account; the rest is the secretariat's."""

    instance: User

    class Meta:
        model = User
        fields = ("name", "position", "wants_reminders")


class RightRoleForm(forms.Form):
    """The right role and its day, instead of a wrong row of the ledger of roles."""

    since = PastDateField(label="С какого дня", required=False, help_text="Пусто, если день неизвестен.")

    def __init__(self, wrong: RoleRecord, data: Any = None, files: Any = None, prefix: str | None = None) -> None:
        since = wrong.happened_on if wrong.day_is_known else None
        super().__init__(data, prefix=prefix, initial={"role": wrong.role, "since": since})
        self.fields["role"] = _role_field()
        self.order_fields(["role", "since"])

    def said(self) -> tuple[str, dt.date | None]:
        """What a valid form says."""
        return self.cleaned_data["role"], self.cleaned_data["since"]


def _role_field() -> forms.ChoiceField:
    """Every person has a role; the model's empty one is for the technical administrator."""
    return forms.ChoiceField(label="Роль", choices=[("", "Выберите роль"), *Role.choices])
