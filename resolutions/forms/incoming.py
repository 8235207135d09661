"""The form of an incoming letter: from whom, when, and one line for each ask that it may answer."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.utils import timezone

from resolutions.correspondence.answerable import answerable_by
from resolutions.correspondence.register import AskOnDay
from resolutions.forms.fields import (
    CorrespondentField,
    FilesField,
    NumberField,
    date_input,
    day_of,
    not_too_late,
    offer_placing,
)
from resolutions.models import (
    AskOutcome,
    CarriedAsk,
    Correspondent,
    DecisionPoint,
    IncomingEntry,
    LetterAction,
    NewIncoming,
    NewOutcome,
    ResolutionStatus,
)
from resolutions.models.control import UNDER_CONTROL
from resolutions.models.incoming import AmongSent, IncomingEntryQuerySet
from resolutions.models.incoming_register import WRITTEN_LATER, outcome_refusals
from revisions.forms import PastDateField
from russian.forms import PlainField, TidyCharField
from russian.text import paragraphs

NOT_ITS_ASK = "Одну из просьб этому отправителю не направляли, или её письмо аннулировано: проверьте и отправьте снова."
NO_OUTCOME = "Укажите, что сказано о просьбе."
NO_FILE = "Приложите файл: без письма исход опирается на него."
NO_NUMBER = "Без письма номера нет: оставьте поле пустым."


MOST_SETTLED = 20  # of more asks that are settled, none is offered unless the secretary wants to see them


class AskRow(NamedTuple):
    """The fields about one ask."""

    ask: AskOnDay
    outcome: forms.BoundField
    until: forms.BoundField
    forwarded_to: forms.BoundField


class SenderForm(forms.Form):
    """Who wrote: what is asked first, because the asks follow from it."""

    bound_field_class = PlainField  # it is looked up, by letters of either alphabet

    sender = CorrespondentField(label="От кого")


class IncomingForm(forms.Form):
    """What an incoming letter says.

    Args:
        correspondent: who wrote, where the portal knows it: each ask that it may answer gets a line.
        settled: whether the settled ones do, however many there are.
        data, files, prefix: as of every form.
    """

    happened_on = PastDateField(label="Когда поступило")
    number = NumberField(
        label="Входящий номер, присвоенный вне портала",
        max_length=30,
        required=False,
        help_text="Оставьте пустым: портал присвоит следующий номер",
    )
    their_number = TidyCharField(label="Исходящий номер отправителя", max_length=50, required=False)
    their_date = PastDateField(label="Дата письма отправителя", required=False)
    text = forms.CharField(
        label="Содержание",
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text="Коротко, своими словами. Публикуется, если обнародованы письма, на которые это ответ",
    )
    attachments = FilesField(
        label="Файлы письма",
        help_text="Не больше 20 МБ каждый. Пока письма, на которые это ответ, не обнародованы, их видят сотрудники",
    )
    without_letter = forms.BooleanField(
        label="Письма нет: исход известен из приложенного файла (публикация, протокол)",
        required=False,
        help_text="Запись не получит входящего номера",
    )
    note_on: Any = forms.ModelChoiceField(
        DecisionPoint.objects.none(),
        label="Записать в ход исполнения пункта",
        required=False,
        empty_label="Не записывать",
        help_text="Для письма, которое не отвечает ни на одну просьбу, но относится к делу",
    )

    def __init__(
        self,
        correspondent: Correspondent | None,
        data: Any = None,
        files: Any = None,
        prefix: str | None = None,
        *,
        settled: bool = False,
    ) -> None:
        super().__init__(data, files, prefix=prefix, initial={"happened_on": timezone.localdate()} | self._said())
        asks = answerable_by(correspondent, timezone.localdate()) if correspondent else []
        self.asks = asks if settled else self._first(asks)
        self.left_out = len(asks) - len(self.asks)
        for ask in self.asks:
            self._offer(ask)
        offer_placing(self, self._neighbours())
        self._offer_order()
        points = DecisionPoint.objects.filter(state__in=UNDER_CONTROL)
        points = points.exclude(resolution__status=ResolutionStatus.DRAFT).select_related("resolution")
        field: Any = self.fields["note_on"]
        field.queryset = points.order_by("-resolution__adopted_on", "number")
        field.label_from_instance = lambda one: one.in_full

    def _said(self) -> dict[str, Any]:
        """What the fields hold when the form is opened."""
        return {}

    def _first(self, asks: list[AskOnDay]) -> list[AskOnDay]:
        """The asks to offer: all, while few of them are settled, else those that are open."""
        open_ones = [one for one in asks if one.standing.is_open]
        return asks if len(asks) - len(open_ones) <= MOST_SETTLED else open_ones

    def _neighbours(self) -> IncomingEntryQuerySet:
        """The entries that this one may be placed before."""
        return IncomingEntry.objects.select_related("letter")

    def _offer(self, ask: AskOnDay) -> None:
        """The fields about an ask."""
        outcome, until, to = _names(ask)
        name = str(ask.ask).capitalize()
        choices = [("", "Не отвечает на неё"), *AskOutcome.choices]
        self.fields[outcome] = forms.ChoiceField(label=f"{name}: что сказано", choices=choices, required=False)
        self.fields[until] = forms.DateField(
            label=f"{name}: ждать до", widget=date_input(), required=False, validators=[not_too_late]
        )
        self.fields[to] = CorrespondentField(label=f"{name}: кому перенаправлена", required=False)

    def _offer_order(self) -> None:
        """Whether it came before or after what left that day about the same asks, where anything did."""
        day, asks = day_of(self), [one.ask.ask.pk for one in self.ask_rows()]
        sent = CarriedAsk.objects.filter(ask__in=asks, step__action=LetterAction.SEND, step__voided_by=None)
        if day and sent.filter(step__happened_on=day).exists():
            self.fields["among_sent"] = forms.ChoiceField(
                label="В этот день отправлены и письма о тех же просьбах. Поступило",
                choices=[("", "в том порядке, в каком внесено"), *AmongSent.choices],
                required=False,
            )

    def ask_rows(self) -> Iterator[AskRow]:
        """The fields about the asks, ask by ask, for the template."""
        for ask in self.asks:
            outcome, until, to = _names(ask)
            yield AskRow(ask, self[outcome], self[until], self[to])

    def plain_fields(self) -> Iterator[forms.BoundField]:
        """All other fields that are seen."""
        about_asks = {name for ask in self.asks for name in _names(ask)}
        return (field for field in self.visible_fields() if field.name not in about_asks)

    def clean_text(self) -> str:
        """Paragraphs without stray spaces."""
        return "\n".join(paragraphs(self.cleaned_data["text"]))

    def clean(self) -> dict[str, Any]:
        """Say what is missing about each ask, and what does not fit the day."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day, written = data.get("happened_on"), data.get("their_date")
        if day and written and written > day:
            self.add_error("their_date", WRITTEN_LATER)
        if data.get("without_letter"):
            if not data.get("attachments"):
                self.add_error("attachments", NO_FILE)
            if data.get("number"):
                self.add_error("number", NO_NUMBER)
        for ask in self.asks:
            self._check(ask, data, day)
        if self._answers_what_is_not_asked():
            self.add_error(None, NOT_ITS_ASK)
        return data

    def _answers_what_is_not_asked(self) -> bool:
        """Whether something is said of an ask that the sender has no part in, or has no more."""
        said = {name for name in self.data if name.startswith(self.add_prefix("outcome_")) and self.data[name]}
        return bool(said - {self.add_prefix(_names(ask)[0]) for ask in self.asks})

    def _check(self, ask: AskOnDay, data: dict[str, Any], day: dt.date | None) -> None:
        """What was typed about one ask."""
        outcome, until, to = _names(ask)
        said = data.get(outcome)
        if not said and (data.get(until) or data.get(to)):
            self.add_error(outcome, NO_OUTCOME)
        places = {"outcome": outcome, "until": until, "to": to}
        for place, sentence in outcome_refusals(said or "", data.get(until), data.get(to), day).items():
            self.add_error(places[place], sentence)

    def _outcomes(self) -> Iterator[NewOutcome]:
        """What the letter says of asks, of a valid form."""
        for one in self.asks:
            outcome, until, to = (self.cleaned_data.get(name) for name in _names(one))
            if outcome:
                passed_to = Correspondent.objects.named(str(to)) if outcome == AskOutcome.FORWARDED else None
                yield NewOutcome(one.ask, AskOutcome(outcome), until, passed_to)

    def new_incoming(self, correspondent: Correspondent) -> NewIncoming:
        """What is to be written down, of a valid form, in the caller's transaction: it may make correspondents."""
        data = self.cleaned_data
        said = {name: data[name] for name in ("happened_on", "their_number", "their_date", "text")}
        return NewIncoming(
            correspondent=correspondent,
            outcomes=tuple(self._outcomes()),
            files=data["attachments"],
            before=data.get("before"),
            among_sent=data.get("among_sent", ""),
            **said,
        )


def _names(ask: AskOnDay) -> tuple[str, str, str]:
    """The names of the fields about an ask: what was said, until when, and to whom it was passed on."""
    key = ask.ask.pk
    return f"outcome_{key}", f"until_{key}", f"to_{key}"


class RightIncomingForm(IncomingForm):
    """The right entry instead of a wrong one, under the same number; filled with what the wrong one said.

    Args:
        wrong: the entry that is voided.
        data, files, prefix: as of every form.
    """

    correspondent_name = CorrespondentField(label="От кого")

    def __init__(self, wrong: IncomingEntry, data: Any = None, files: Any = None, prefix: str | None = None) -> None:
        self.wrong = wrong
        typed = data.get(f"{prefix}-correspondent_name" if prefix else "correspondent_name", "") if data else ""
        sender = Correspondent.objects.called(typed) if typed else wrong.correspondent
        super().__init__(sender, data, files, prefix)
        for name in ("number", "without_letter", "note_on"):
            self.fields.pop(name, None)
        self.order_fields(["happened_on", "correspondent_name"])

    def _said(self) -> dict[str, Any]:
        wrong = self.wrong
        said: dict[str, Any] = {
            name: getattr(wrong, name) for name in ("happened_on", "their_number", "their_date", "text", "among_sent")
        }
        said["correspondent_name"] = str(wrong.correspondent)
        for one in wrong.outcomes.select_related("forwarded_to__municipality"):
            said |= {f"outcome_{one.ask_id}": one.outcome, f"until_{one.ask_id}": one.until}
            said[f"to_{one.ask_id}"] = str(one.forwarded_to) if one.forwarded_to else ""
        return said

    def _first(self, asks: list[AskOnDay]) -> list[AskOnDay]:
        """What the wrong entry speaks of, and what is offered for any letter."""
        offered = super()._first(asks)
        spoken_of = set(self.wrong.outcomes.values_list("ask", flat=True))
        return [one for one in asks if one in offered or one.ask.pk in spoken_of]

    def _neighbours(self) -> IncomingEntryQuerySet:
        """Those of other days: on the same day the right entry takes the place of the wrong one."""
        return super()._neighbours().exclude(happened_on=self.wrong.happened_on)

    def replacement(self) -> NewIncoming:
        """What `void_incoming` takes, of a valid form."""
        return self.new_incoming(Correspondent.objects.named(self.cleaned_data["correspondent_name"]))
