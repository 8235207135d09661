"""Forms of letters: the steps, the signing, the numbers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from documents.printed import printable
from resolutions.forms.fields import PROOF, FilesField, NumberField, date_input, not_too_late, offer_placing
from resolutions.models import (
    LETTER_STEPS,
    Channel,
    Letter,
    LetterAction,
    LetterStep,
    NewStep,
    NumberSeries,
)
from resolutions.models.letter_step import LetterStepQuerySet
from revisions.forms import VersionedForm
from russian.text import paragraphs


class LetterStepForm(forms.Form):
    """A step of a letter: when, how, and what proves it. What is asked follows from the step."""

    number = NumberField(
        label="Номер, присвоенный вне портала",
        max_length=30,
        required=False,
        validators=[printable],
        help_text="Оставьте пустым: портал присвоит следующий номер",
    )
    channel = forms.ChoiceField(label="Как отправлено", choices=Channel.choices)
    due_on = forms.DateField(label="Новый срок ответа", widget=date_input(), validators=[not_too_late])
    happened_on = forms.DateField(label="Когда", widget=date_input())
    text = forms.CharField(required=False, max_length=2000, widget=forms.Textarea({"rows": 3}))
    attachments = FilesField(label="Подтверждение", help_text=f"{PROOF} Их видят только сотрудники Союза")
    version = forms.IntegerField(widget=forms.HiddenInput)

    _OWN_FIELDS = {
        LetterAction.REGISTER: ("number",),
        LetterAction.SEND: ("channel",),
        LetterAction.EXTEND: ("due_on",),
    }

    def __init__(
        self, letter: Letter, action: LetterAction, data: Any = None, files: Any = None, prefix: str | None = None
    ) -> None:
        self.letter, self.action = letter, action
        super().__init__(data, files, prefix=prefix, initial=self._said())
        for name in {"number", "channel", "due_on"} - set(self._OWN_FIELDS.get(action, ())):
            del self.fields[name]
        step = LETTER_STEPS[action]
        self.fields["text"].label = step.asks
        self.fields["text"].required = step.asks == "Причина" or action == LetterAction.NOTE
        if action == LetterAction.REGISTER:
            self.fields["happened_on"].label = "Дата письма"
        if action == LetterAction.SEND:
            self.fields["text"].help_text = "Например, номер почтового отправления или адрес электронной почты"
        offer_placing(self, self._neighbours())

    def _said(self) -> dict[str, Any]:
        """What the fields hold when the form is opened."""
        return {"version": self.letter.version, "happened_on": timezone.localdate()}

    def _neighbours(self) -> LetterStepQuerySet:
        """The steps that this one may be placed before."""
        return self.letter.steps.all()

    def clean_text(self) -> str:
        """Paragraphs without stray spaces."""
        return "\n".join(paragraphs(self.cleaned_data["text"]))

    def clean(self) -> dict[str, Any]:
        """An answer is not waited for until a day that has passed when the deadline is set."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        due_on, day = data.get("due_on"), data.get("happened_on")
        if due_on and day and due_on < day:
            self.add_error("due_on", "Новый срок не может быть раньше дня, когда он установлен.")
        return data


class RightStepForm(LetterStepForm):
    """The right step instead of a wrong one: of the same kind, filled with what the wrong one said.

    Args:
        wrong: the step that is voided, with its letter.
        data, files, prefix: as of every form.
    """

    def __init__(self, wrong: LetterStep, data: Any = None, files: Any = None, prefix: str | None = None) -> None:
        self.wrong = wrong
        super().__init__(wrong.letter, LetterAction(wrong.action), data, files, prefix)

    def _said(self) -> dict[str, Any]:
        return {name: getattr(self.wrong, name) for name in ("happened_on", "channel", "due_on", "text")}

    def _neighbours(self) -> LetterStepQuerySet:
        """Those of other days: on the same day the right step takes the place of the wrong one."""
        return super()._neighbours().exclude(happened_on=self.wrong.happened_on)

    def new_step(self) -> NewStep:
        """What `Letter.void` takes as the replacement, of a valid form."""
        said = dict(self.cleaned_data)
        return NewStep(self.action, files=said.pop("attachments"), **said)


class LetterSignForm(forms.Form):
    """Signing a letter: which version was on the screen, and whether everybody may read it."""

    is_public = forms.BooleanField(
        label="С обнародованием: письмо прочитает каждый",
        required=False,
        help_text="Текст письма с этого дня открыт всем, а на бумаге появится QR-код, по которому каждый проверит "
        "подлинность и скачает письмо. Без этой отметки письмо читают только те, кому доступна переписка, и кода на "
        "бумаге нет. Секретариат сможет обнародовать письмо или прекратить это и позже: бумага останется прежней.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class MailingSignForm(LetterSignForm):
    """Signing many letters at once: which of them were on the screen, in which versions."""

    version = None  # type: ignore[assignment]  # Django's way to leave a field of the parent out
    seen = forms.CharField(max_length=10_000, widget=forms.HiddenInput)

    @staticmethod
    def seen_of(letters: Iterable[Letter]) -> str:
        """Keys and versions of the letters, as the form carries them."""
        return ",".join(f"{letter.pk}:{letter.version}" for letter in letters)

    def clean_seen(self) -> dict[int, int]:
        """Key → version; what is not of that form was not sent by the page."""
        try:
            pairs = (pair.split(":") for pair in self.cleaned_data["seen"].split(","))
            return {int(pk): int(version) for pk, version in pairs}
        except ValueError as broken:
            raise forms.ValidationError("Форма повреждена: откройте страницу заново.") from broken


class NumberSeriesForm(VersionedForm):
    """How the numbers of a year look, and where they begin."""

    instance: NumberSeries

    class Meta:
        model = NumberSeries
        fields = ["pattern", "first"]

    def clean_pattern(self) -> str:
        """A pattern that the paper can print: a number stays with its letter."""
        pattern: str = self.cleaned_data["pattern"]
        printable(pattern)
        return pattern

    def save(self, commit: bool = True) -> NumberSeries:
        """Store the pattern without touching the last number, which somebody may be taking right now.

        The year's row is made here, where somebody changes it, and not where somebody looks at it.
        """
        if not self.instance.pk:
            year, direction = self.instance.year, self.instance.direction
            self.instance.pk = NumberSeries.objects.get_or_create(year=year, direction=direction)[0].pk
        series: NumberSeries = super().save(commit=False)
        series.save(update_fields=["pattern", "first", "version"])
        return series
