"""Forms of letters: the text, the steps, the answer, the numbers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from resolutions.editor import TidyCharField
from resolutions.forms.fields import FilesField, date_input
from resolutions.models import LETTER_STEPS, Channel, Letter, LetterAction, NumberSeries, Reply
from revisions.forms import RecordForm, VersionedForm
from russian.text import paragraphs, plain_text, tidy

BY_LINE = ("addressee", "body", "summary")


def tidied(data: dict[str, Any]) -> dict[str, Any]:
    """Tidy every text, line by line where lines matter."""
    return {
        name: ("\n".join(paragraphs(value)) if name in BY_LINE else tidy(value)) if isinstance(value, str) else value
        for name, value in data.items()
    }


class LetterForm(VersionedForm):
    """A letter's requisites and text; number and date come with the registration."""

    class Meta:
        model = Letter
        fields = [
            "addressee",
            "heading",
            "salutation",
            "body",
            "signatory_position",
            "signatory_name",
            "executor",
            "reply_days",
        ]
        widgets = {"addressee": forms.Textarea({"rows": 3}), "body": forms.Textarea({"rows": 18})}

    def clean(self) -> dict[str, Any]:
        """Tidy every text."""
        return tidied(super().clean() or self.cleaned_data)


class LetterStepForm(forms.Form):
    """A step of a letter: when, how, and what proves it. What is asked follows from the step."""

    number = TidyCharField(
        label="Номер, присвоенный вне портала",
        max_length=30,
        required=False,
        help_text="Оставьте пустым: портал присвоит следующий номер",
    )
    channel = forms.ChoiceField(label="Как отправлено", choices=Channel.choices)
    due_on = forms.DateField(label="Новый срок ответа", widget=date_input())
    reply = forms.ModelChoiceField(Reply.objects.none(), label="Какая запись ошибочна", empty_label=None)
    happened_on = forms.DateField(label="Когда", widget=date_input())
    text = forms.CharField(required=False, max_length=2000, widget=forms.Textarea({"rows": 3}), validators=[plain_text])
    attachments = FilesField(label="Подтверждение")
    version = forms.IntegerField(widget=forms.HiddenInput)

    _OWN_FIELDS = {
        LetterAction.REGISTER: ("number",),
        LetterAction.SEND: ("channel",),
        LetterAction.EXTEND: ("due_on",),
        LetterAction.REVOKE_REPLY: ("reply",),
    }

    def __init__(self, letter: Letter, action: LetterAction, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial={"version": letter.version, "happened_on": timezone.localdate()})
        for name in {"number", "channel", "due_on", "reply"} - set(self._OWN_FIELDS.get(action, ())):
            del self.fields[name]
        step = LETTER_STEPS[action]
        self.fields["text"].label = step.asks
        self.fields["text"].required = step.asks == "Причина" or action == LetterAction.NOTE
        if action == LetterAction.REGISTER:
            self.fields["happened_on"].label = "Дата письма"
        if action == LetterAction.SEND:
            self.fields["text"].help_text = "Например, номер почтового отправления или адрес электронной почты"
        if "reply" in self.fields:
            field: Any = self.fields["reply"]
            field.queryset = letter.replies.filter(is_revoked=False)

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


class LetterSignForm(forms.Form):
    """Signing a letter: which version was on the screen, and who may verify the paper."""

    is_public = forms.BooleanField(
        label="Подлинность может проверить каждый, у кого есть письмо",
        required=False,
        help_text="На письме появится QR-код, а по коду проверки каждый сможет прочитать и скачать его. "
        "Без этой отметки письмо видят только сотрудники Союза, и кода на бумаге нет.",
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


class ReplyForm(RecordForm):
    """An answer that came."""

    also_checked = frozenset({"year", "is_revoked"})  # the year is derived from the date

    attachments = FilesField(label="Файлы ответа")
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Reply
        fields = ["number", "received_on", "their_number", "their_date", "outcome", "summary"]
        widgets = {
            "received_on": date_input(),
            "their_date": date_input(),
            "summary": forms.Textarea({"rows": 4}),
        }

    def clean(self) -> dict[str, Any]:
        """Tidy every text; nobody received anything tomorrow."""
        data = tidied(super().clean() or self.cleaned_data)
        received, written = data.get("received_on"), data.get("their_date")
        if received and received > timezone.localdate():
            self.add_error("received_on", "Эта дата ещё не наступила.")
        if received and written and written > received:
            self.add_error("their_date", "Письмо не может быть написано позже, чем поступило.")
        return data


class NumberSeriesForm(VersionedForm):
    """How the outgoing numbers of a year look, and where they begin."""

    class Meta:
        model = NumberSeries
        fields = ["pattern", "first"]

    def save(self, commit: bool = True) -> NumberSeries:
        """Store the pattern without touching the last number, which somebody may be taking right now."""
        series: NumberSeries = super().save(commit=False)
        series.save(update_fields=["pattern", "first", "version"])
        return series
