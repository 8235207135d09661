"""The form of a letter: its text, whom it asks, and what."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils import timezone

from documents.printed import Printed
from resolutions.correspondence.register import AskOnDay, letters_on
from resolutions.forms.fields import WHO_ANSWERS, CorrespondentField
from resolutions.kinds import Asks
from resolutions.models import AskOutcome, CarriedAsk, Correspondent, Letter, LetterState
from revisions.forms import VersionedForm
from russian.text import paragraphs, tidy

BY_LINE = ("addressee", "body", "new_asks")
LEAVE, CARRY, RENEW = "", "carry", "renew"
PREFIX = "ask_"  # of the fields about the asks, by their keys


class LetterForm(Printed, VersionedForm):
    """A letter's requisites and text; number and date come with the registration."""

    instance: Letter
    not_printed = frozenset({"correspondent_name", "new_asks"})

    correspondent_name = CorrespondentField(
        label="Кто должен ответить",
        required=False,
        help_text="Орган или муниципальное образование, по которому портал учитывает ответы, в именительном падеже. "
        "Например: «Правительство Российской Федерации»",
    )

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
            "new_asks",
            "reply_days",
        ]
        widgets = {
            "addressee": forms.Textarea({"rows": 3}),
            "body": forms.Textarea({"rows": 18}),
            "new_asks": forms.Textarea({"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks = self.instance.of_kind.asks
        if asks is Asks.NOTHING:
            del self.fields["correspondent_name"], self.fields["reply_days"]
        elif self.instance.correspondent:
            self.initial["correspondent_name"] = str(self.instance.correspondent)
        if asks is not Asks.NUMBERED or self.instance.state != LetterState.DRAFT:
            del self.fields["new_asks"]
        if asks is Asks.NUMBERED:
            self._offer_asks()
        self.order_fields(["addressee", "correspondent_name"])

    def _offer_asks(self) -> None:
        """A field for each ask of the point: whether the letter carries it."""
        planned = {one.ask_id: RENEW if one.renews else CARRY for one in self.instance.planned()}
        point = self.instance.point
        asks = letters_on(timezone.localdate(), point.letters.all()).asks if point else ()
        for ask in asks:
            key, now = f"{PREFIX}{ask.ask.pk}", planned.get(ask.ask.pk, LEAVE)
            outcome = ask.standing.outcome
            self.fields[key] = forms.ChoiceField(
                label=f"Просьба {ask.ask.number}: {ask.ask.text}",
                choices=_choices(ask, now),
                required=False,
                help_text=f"Сейчас: {outcome.label.lower()}" if outcome else "",
            )
            self.initial[key] = now

    def clean(self) -> dict[str, Any]:
        """Tidy every text; say who is missing where an answer is waited for."""
        data = super().clean() or self.cleaned_data
        wants_answer = self.instance.of_kind.asks is Asks.AN_ANSWER and data.get("reply_days")
        if wants_answer and data.get("correspondent_name") == "":
            self.add_error("correspondent_name", WHO_ANSWERS)
        return {
            name: ("\n".join(paragraphs(value)) if name in BY_LINE else tidy(value))
            if isinstance(value, str)
            else value
            for name, value in data.items()
        }

    @transaction.atomic
    def save(self, commit: bool = True) -> Letter:
        """Store the letter, whom it asks, and what it is going to carry."""
        if "correspondent_name" in self.fields:
            name = self.cleaned_data["correspondent_name"]
            self.instance.correspondent = Correspondent.objects.named(name) if name else None
        letter: Letter = super().save(commit)
        chosen = {
            name.removeprefix(PREFIX): value for name, value in self.cleaned_data.items() if name.startswith(PREFIX)
        }
        if chosen:
            CarriedAsk.objects.filter(letter=letter, step=None).delete()
            CarriedAsk.objects.bulk_create(
                CarriedAsk(letter=letter, ask_id=int(key), renews=value == RENEW)
                for key, value in chosen.items()
                if value
            )
        return letter


def _choices(ask: AskOnDay, now: str) -> list[tuple[str, str]]:
    """What a letter may do with an ask: what is settled comes in by name alone, what was granted not at all."""
    left_out = set()
    if ask.standing.is_final:
        left_out = {CARRY, RENEW} if ask.standing.outcome == AskOutcome.SATISFIED else {CARRY}
    return [(code, label) for code, label in _LABELS.items() if code == now or code not in left_out]


_LABELS = {
    LEAVE: "Не входит в письмо",
    CARRY: "Входит: ответа ещё нет",
    RENEW: "Входит заново: просим пересмотреть ответ",
}
