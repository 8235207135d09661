"""Forms about people."""

from typing import Any

from django import forms

from accounts.models import TAKEN, User
from accounts.people import secretariat_remains
from accounts.roles import Role
from revisions.forms import RecordForm, VersionedForm
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

    class Meta:
        model = User
        fields = ("email", "name", "position", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = _role_field()


class UserForm(_TidyPerson, VersionedForm):
    """What the secretariat may change of an account."""

    instance: User

    class Meta:
        model = User
        fields = ("name", "position", "role", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"] = _role_field()

    def save(self, commit: bool = True) -> User:
        """Store the account and tell allauth the address.

        Raises:
            EditConflict: somebody saved the account meanwhile.
            ValidationError: nobody would be left in the secretariat.
        """
        with secretariat_remains():
            user: User = super().save(commit)
            user.keep_address()
        return user


class ProfileForm(_TidyPerson, VersionedForm):
    """What people may change of their own account; the rest is the secretariat's."""

    instance: User

    class Meta:
        model = User
        fields = ("name", "position", "wants_reminders")


def _role_field() -> forms.ChoiceField:
    """Every person has a role; the model's empty one is for the technical administrator."""
    return forms.ChoiceField(label="Роль", choices=[("", "Выберите роль"), *Role.choices])
