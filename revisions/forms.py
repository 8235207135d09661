"""Forms that notice when somebody else was quicker."""

from typing import Any

from django import forms
from django.db import transaction

from revisions.models import VersionedModel


class VersionedForm(forms.ModelForm):  # type: ignore[type-arg]  # the model is named by each form's Meta
    """A model form that carries the version of the record it was opened with.

    `save()` raises `EditConflict` instead of overwriting; views answer with `revisions.conflict.conflict_page`.
    """

    instance: VersionedModel
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version

    @transaction.atomic
    def save(self, commit: bool = True) -> Any:
        """Store the record at its next version.

        Returns:
            The saved record.

        Raises:
            EditConflict: the stored version is not the one the form was opened with.
        """
        if self.instance.pk:
            current = type(self.instance).locked(self.instance.pk, self.cleaned_data["version"])
            self.instance.version = current.version
        return super().save(commit)
