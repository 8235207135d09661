"""The forms of promises and their steps."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.utils import timezone

from accounts.acting import Behalf
from municipalities.models import Municipality
from municipalities.practices import naming_points
from municipalities.practices.models import (
    Commitment,
    CommitmentAction,
    CommitmentStep,
    NewCommitment,
    NewCommitmentStep,
    Practice,
)
from revisions.days import LATEST, TOO_LATE
from revisions.forms import PastDateField, asked
from russian.collation import in_russian_order
from russian.text import tidy

NO_PRACTICE = "Такой практики в каталоге нет: выберите из списка."


NO_POINT = "Выбранного пункта больше нет среди возможных: отправьте форму ещё раз, чтобы взять обязательство без него."


def _day(label: str, **kwargs: Any) -> forms.DateField:
    """A day that may lie ahead, in a year that somebody means."""
    kwargs.setdefault("validators", [MaxValueValidator(LATEST, message=TOO_LATE)])
    field = forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)
    field.error_messages["invalid"] = "Укажите дату так: 27.06.2024."
    return field


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 3})


GROUND_HELP = "Запись вносится за муниципальное образование. Например: «письмо от 12.03.2025 № 7». Публикуется."
NO_GROUND = "Напишите, на каком основании запись вносится за муниципальное образование."


def _ground() -> forms.Field:
    messages = {"required": NO_GROUND}
    return asked("behalf_ground", of=CommitmentStep, required=True, help_text=GROUND_HELP, error_messages=messages)


def _behalf(said: dict[str, Any], name: str) -> Behalf | None:
    """For whom a valid form writes, and on what ground; None for whoever speaks for themselves."""
    return Behalf(name[:250], tidy(said["behalf_ground"])) if "behalf_ground" in said else None


def add_refusal(form: forms.Form, refused: ValidationError) -> None:
    """Let a form say why something was refused: beside its fields, or above them where it has no such field."""
    named = getattr(refused, "error_dict", {}).keys()
    form.add_error(None, refused if named <= form.fields.keys() else refused.messages)


class CommitmentForm(forms.Form):
    """A promise of a municipality: to take up a practice, or to do something of its own.

    Args:
        data: what was sent.
        municipality: who promises.
        practice: which is chosen already.
        by_link: whether somebody with a personal link promises: today, and nobody is asked for the day.
        for_city: whether somebody promises who does not speak for the municipality, and says on what ground.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        municipality: Municipality,
        practice: Practice | None = None,
        by_link: bool = False,
        for_city: bool = False,
    ) -> None:
        super().__init__(data, initial={"practice": practice and practice.pk, "happened_on": timezone.localdate()})
        self.municipality, self.by_link = municipality, by_link
        self.fields["practice"] = self._practices()
        self.fields["measure"] = asked("measure", of=Commitment, required=False)
        self.fields["due_on"] = _day("Срок", help_text="Последний день; позже него обязательство просрочено.")
        self.fields["who"] = asked("who", of=CommitmentStep, required=True)
        if not by_link:
            self.fields["happened_on"] = PastDateField(label="Когда взято", help_text="Сегодняшний или прошедший день.")
        if for_city:
            self.fields["behalf_ground"] = _ground()
        if points := naming_points.choices_for(municipality):
            self.fields["point"] = forms.ChoiceField(
                label="По какому пункту решения",
                required=False,
                choices=[("", "Не по пункту решения"), *points],
                help_text="Обязательство учитывают при контроле только того пункта, который в нём назван.",
            )

    def clean(self) -> dict[str, Any]:
        """A point that was chosen, and is offered no more, is not passed over in silence."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.data.get("point") and "point" not in self.fields:
            self.add_error(None, NO_POINT)
        return said

    def _practices(self) -> forms.Field:
        """Offered are those of others; of any other one, the refusal says why not."""
        offered = Practice.objects.public().exclude(municipality=self.municipality).select_related("municipality")
        in_order = offered.order_by(in_russian_order("title"), "pk")
        field = forms.ModelChoiceField(
            label="Практика",
            queryset=Practice.objects.select_related("municipality"),
            required=False,
            error_messages={"invalid_choice": NO_PRACTICE},
            help_text="Практика другого города, которую берётесь перенять. Либо она, либо мероприятие.",
        )
        field.choices = [
            ("", "Не о практике"),
            *((one.pk, f"{one.title} ({one.municipality.name})") for one in in_order),
        ]
        return field

    def new(self) -> NewCommitment:
        """What a valid form promises."""
        said = self.cleaned_data
        return NewCommitment(
            self.municipality,
            said["due_on"],
            said["who"],
            said.get("happened_on") or timezone.localdate(),
            practice=said["practice"],
            measure=said["measure"],
            by_link=self.by_link,
            point=said.get("point", ""),
            behalf=_behalf(said, self.municipality.name),
        )


# action -> what the remark of its step is called, and what it is for.
REMARKS: dict[str, tuple[str, str]] = {
    CommitmentAction.MILESTONE: ("Что сделано", "Публикуется."),
    CommitmentAction.KEPT: ("Что получилось", "Публикуется."),
    CommitmentAction.DROPPED: ("Почему обязательство снято", "Публикуется."),
}
PASSED_BY = "Прежний срок уже прошёл, поэтому перенос прошлым днём вносит секретариат. Укажите сегодняшний день."
SAYS_WHAT = (CommitmentAction.MILESTONE, CommitmentAction.DROPPED)
SAYS_WHO = (CommitmentAction.MADE, CommitmentAction.PASSED)
SAYS_DUE = (CommitmentAction.MADE, CommitmentAction.MOVED)


class CommitmentStepForm(forms.Form):
    """One step of a promise: its day, what it changes, a remark.

    Args:
        data, prefix: as of every form.
        commitment: as it stands.
        action: which step.
        for_city: whether who takes it does not speak for the municipality, and says on what ground.
        **initial: what it opens with.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        commitment: Commitment,
        action: str,
        for_city: bool = False,
        prefix: str | None = None,
        **initial: Any,
    ) -> None:
        today: dict[str, Any] = {"version": commitment.version, "happened_on": timezone.localdate()}
        super().__init__(data, prefix=prefix, initial=today | initial)
        self.commitment, self.action, self.for_city = commitment, CommitmentAction(action), for_city
        self.fields["happened_on"] = PastDateField(label="Когда", help_text="Сегодняшний или прошедший день.")
        if action in SAYS_DUE:
            self.fields["due_on"] = _day("Новый срок" if action == CommitmentAction.MOVED else "Срок")
        if action in SAYS_WHO:
            self.fields["who"] = asked("who", of=CommitmentStep, required=action == CommitmentAction.MADE)
        label, help_text = REMARKS.get(action, ("Примечание", "Публикуется."))
        self.fields["text"] = asked(
            "text", of=CommitmentStep, label=label, help_text=help_text, required=action in SAYS_WHAT, widget=_area()
        )
        if for_city:
            self.fields["behalf_ground"] = _ground()

    def clean_happened_on(self) -> dt.date:
        """Nobody takes a deadline of their own that has passed out of the past."""
        day: dt.date = self.cleaned_data["happened_on"]
        today = timezone.localdate()
        if self.action == CommitmentAction.MOVED and self._is_own and day < today:
            due_on = self.commitment.standing_on(day).due_on
            if due_on and due_on < today:
                raise forms.ValidationError(PASSED_BY)
        return day

    @property
    def _is_own(self) -> bool:
        """Whether the municipality itself writes it down."""
        return not self.for_city

    def new(self) -> NewCommitmentStep:
        """The step of a valid form; what is passed goes to the successor."""
        merged = self.commitment.municipality.succession if self.action == CommitmentAction.PASSED else None
        owes = self.commitment.municipality.name
        return self._step(owes, municipality=merged.successor if merged else None)

    def _step(self, behalf_of: str, **whose: Any) -> NewCommitmentStep:
        said = self.cleaned_data
        whose["behalf"] = _behalf(said, behalf_of)
        due_on: dt.date | None = said.get("due_on")
        return NewCommitmentStep(
            self.action, said["happened_on"], said["text"], due_on=due_on, who=said.get("who", ""), **whose
        )


class RightStepForm(CommitmentStepForm):
    """The right step instead of a wrong one, filled with what that said.

    Args:
        wrong: the step that is voided, with its promise.
        data, files, prefix: as of every form; there are no files.
        behalf_of: for which municipality it is taken by whoever does not speak for it; empty where it is their own.
    """

    def __init__(
        self,
        wrong: CommitmentStep,
        data: Any = None,
        files: Any = None,
        prefix: str | None = None,
        *,
        behalf_of: str = "",
    ) -> None:
        said = {name: getattr(wrong, name) for name in ("happened_on", "due_on", "who", "text", "behalf_ground")}
        for_city = bool(behalf_of)
        super().__init__(
            data, commitment=wrong.commitment, action=wrong.action, for_city=for_city, prefix=prefix, **said
        )
        self.wrong, self.behalf_of = wrong, behalf_of

    @property
    def _is_own(self) -> bool:
        """Never: the secretariat says what is right."""
        return False

    def new(self) -> NewCommitmentStep:
        """What `Commitment.void` takes as the replacement, of a valid form."""
        return self._step(self.behalf_of, municipality=self.wrong.municipality, by_link=self.wrong.by_link)
