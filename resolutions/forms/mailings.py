"""The form of many letters from one text: the text once, and a row for each recipient."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.formsets import BaseFormSet

from documents.printed import Printed
from municipalities.models import Municipality
from resolutions.correspondence.mailings import PERSON, CommonText, Recipient
from resolutions.forms.fields import WHO_ANSWERS, CorrespondentField
from resolutions.kinds import Asks, LetterKind
from russian.forms import ParagraphsField, TidyCharField

MOST_RECIPIENTS = 200
DAMAGED = "Форма пришла не целиком: откройте страницу заново и повторите."


class CommonTextForm(Printed, forms.Form):
    """What all letters share."""

    not_printed = frozenset({"title"})

    title = TidyCharField(label="Название пакета", max_length=300, help_text="Для реестра; в письмах не печатается")
    heading = TidyCharField(label="Заголовок письма", max_length=300, required=False)
    body = ParagraphsField(
        label="Текст письма",
        max_length=20_000,
        widget=forms.Textarea({"rows": 10}),
        help_text=f"Каждый абзац с новой строки. Вместо {PERSON} встанет то, что указано в строке получателя",
    )
    signatory_position = TidyCharField(label="Должность подписывающего", max_length=250)
    signatory_name = TidyCharField(label="Подписывающий", max_length=150)
    executor = TidyCharField(label="Исполнитель", max_length=150, required=False, help_text="Имя и телефон")
    reply_days = forms.IntegerField(
        label="Ждать ответа, календарных дней",
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text="Оставьте пустым, если ответ не нужен",
    )

    def __init__(self, kind: LetterKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind.asks is Asks.NOTHING:
            del self.fields["reply_days"]

    def common(self) -> CommonText:
        """The text of a valid form."""
        return CommonText(**self.cleaned_data)


class RecipientForm(Printed, forms.Form):
    """One recipient; a row without an addressee is left out."""

    not_printed = frozenset({"correspondent"})

    addressee = ParagraphsField(
        label="Адресат",
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text="В дательном падеже",
    )
    salutation = TidyCharField(
        label="Обращение", max_length=150, required=False, help_text="Например, «Уважаемая Наталья Викторовна!»"
    )
    person = TidyCharField(
        label=f"Кому (вместо {PERSON})",
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text="В падеже, которого требует текст",
    )
    correspondent = CorrespondentField(
        label="Кто должен ответить",
        required=False,
        help_text="Орган, по которому портал учтёт ответ, в именительном падеже",
    )
    municipality = forms.ModelChoiceField(Municipality.objects.listed(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        """Make a row.

        Args:
            asks: whether letters of the kind may ask for an answer.
            *args, **kwargs: as of every form.
        """
        super().__init__(*args, **kwargs)
        if not asks or self["municipality"].value():
            del self.fields["correspondent"]  # nobody answers, or the municipality does

    def recipient(self) -> Recipient | None:
        """The recipient of a valid row."""
        data = self.cleaned_data
        if not data.get("addressee"):
            return None
        municipality = data.get("municipality")
        return Recipient(
            data["addressee"],
            data["salutation"],
            data["person"],
            municipality.pk if municipality else None,
            data.get("correspondent", ""),
        )


class BaseRecipientFormSet(BaseFormSet):  # type: ignore[type-arg]  # forms of the factory
    """Rows of recipients: at least one, and each with what the text needs."""

    needs_person = False
    needs_answer = False

    def clean(self) -> None:
        """Refuse an empty list, and a row that leaves a hole in the text.

        Raises:
            ValidationError: nobody would get a letter.
        """
        if any(self.errors) or not self.management_form.is_valid():
            return
        rows = [form for form in self.forms if form.recipient()]
        if not rows:
            raise ValidationError("Укажите хотя бы одного адресата.")
        for form in rows:
            if self.needs_person and not form.cleaned_data["person"]:
                form.add_error("person", f"В тексте есть {PERSON}: укажите, что встанет на это место.")
            if self.needs_answer and form.cleaned_data.get("correspondent") == "":
                form.add_error("correspondent", WHO_ANSWERS)
        self._refuse_former_members(rows)
        if any(form.errors for form in rows):
            raise ValidationError("Проверьте получателей.")

    def _refuse_former_members(self, rows: list[RecipientForm]) -> None:
        """Nobody is written to as a member who has left, or become part of another, since the page was opened."""
        members = set(Municipality.objects.members().values_list("pk", flat=True))
        for form in rows:
            one = form.cleaned_data.get("municipality")
            if one and one.pk not in members:
                form.add_error("addressee", f"{one.name}: больше не член Союза. Очистите строку.")

    def recipients(self) -> list[Recipient]:
        """The recipients of valid rows, in their order."""
        return [found for form in self.forms if (found := form.recipient())]


def recipient_rows(kind: LetterKind, data: Any = None, initial: Any = None) -> BaseRecipientFormSet:
    """The rows of letters of a kind, with two empty ones to add recipients."""
    rows: Any = forms.formset_factory(  # mypy takes it for the base class
        RecipientForm, formset=BaseRecipientFormSet, extra=2, max_num=MOST_RECIPIENTS, validate_max=True
    )
    damaged = {"missing_management_form": DAMAGED}
    bound: BaseRecipientFormSet = rows(data, initial=initial, error_messages=damaged, form_kwargs={"asks": kind.waits})
    return bound


def initial_of(recipient: Recipient) -> dict[str, Any]:
    """A suggested recipient as the first value of a row."""
    return {
        "addressee": recipient.addressee,
        "salutation": recipient.salutation,
        "person": recipient.person,
        "municipality": recipient.municipality_id,
    }
