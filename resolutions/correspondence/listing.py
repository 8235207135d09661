"""What somebody looks for in the register of letters."""

from typing import Any

from django import forms
from django.utils import timezone

from resolutions.models import LetterKind, LetterState
from resolutions.models.letter import LetterQuerySet
from russian.text import search_form

OVERDUE = "overdue"
PAGE_SIZE = 50
UNKNOWN = {"invalid_choice": "Такого варианта нет: выберите другой."}


class RegisterForm(forms.Form):
    """The filters of the register."""

    q = forms.CharField(
        label="Поиск",
        max_length=100,
        required=False,
        widget=forms.TextInput({"type": "search", "placeholder": "Номер, адресат или заголовок"}),
    )
    kind = forms.ChoiceField(
        label="Вид", required=False, choices=[("", "Любой"), *LetterKind.choices], error_messages=UNKNOWN
    )
    state = forms.ChoiceField(
        label="Состояние",
        required=False,
        choices=[("", "Любое"), (OVERDUE, "Ответ просрочен"), *LetterState.choices],
        error_messages=UNKNOWN,
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="filter-%s", label_suffix="")

    def found_in(self, letters: LetterQuerySet) -> LetterQuerySet:
        """The letters that are looked for; none when the filters make no sense."""
        if not self.is_valid():
            return letters.none()
        asked = self.cleaned_data
        for word in search_form(asked["q"]).split():
            letters = letters.filter(search_text__contains=word)
        if asked["kind"]:
            letters = letters.filter(kind=asked["kind"])
        if asked["state"] == OVERDUE:
            return letters.overdue(timezone.localdate())
        return letters.filter(state=asked["state"]) if asked["state"] else letters
