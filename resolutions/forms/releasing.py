"""The form by which something is released to the public or taken back."""

from typing import Any

from django import forms
from django.utils import timezone

from resolutions.models import Letter, Release
from revisions.forms import PastDateField
from russian.text import paragraphs

CHOICES = (("yes", "Обнародовать"), ("no", "Прекратить обнародование"))


class ReleaseForm(forms.Form):
    """What, from which day on, and on what ground."""

    is_released = forms.TypedChoiceField(label="Что сделать", choices=CHOICES, coerce=lambda chosen: chosen == "yes")
    happened_on = PastDateField(label="С какого дня")
    text = forms.CharField(
        label="Основание или причина",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Останется в истории; видят только сотрудники Союза",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, letter: Letter, prefix: str | None = None, **said: Any) -> None:
        likely = {"is_released": "no" if letter.publicity_on().is_released else "yes"}
        usual = {"happened_on": timezone.localdate(), "version": letter.version}
        super().__init__(data, prefix=prefix, initial=likely | usual | said)

    def clean_text(self) -> str:
        """Paragraphs without stray spaces."""
        return "\n".join(paragraphs(self.cleaned_data["text"]))

    def over(self, letter: Letter) -> "ReleaseForm":
        """The same over what somebody else did about the letter meanwhile."""
        data: Any = self.data
        data = data.copy()
        data["version"] = str(letter.version)
        return ReleaseForm(data, letter=letter)


class RightReleaseForm(ReleaseForm):
    """The right row instead of a wrong one, filled with what the wrong one said.

    Args:
        wrong: the row that is voided.
        letter: whose it is.
        data, files, prefix: as of every form.
    """

    def __init__(
        self, wrong: Release, letter: Letter, data: Any = None, files: Any = None, prefix: str | None = None
    ) -> None:
        said = {"is_released": "yes" if wrong.is_released else "no"}
        said |= {name: getattr(wrong, name) for name in ("happened_on", "text")}
        super().__init__(data, letter=letter, prefix=prefix, **said)
