"""The forms of practices and solutions."""

from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from municipalities.forms import OF_MUNICIPALITY, PastDateField
from municipalities.models import Municipality
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.practices.models import (
    Direction,
    Practice,
    PracticeAdoption,
    PracticeAdoptionRecord,
    PracticeRequest,
    Solution,
    SolutionStage,
)
from municipalities.practices.models.adoption import NEXT_STATUSES
from revisions.forms import RecordForm, VersionedForm
from russian.collation import in_russian_order
from russian.text import plain_text, tidy

DIRECTIONS = [("", "Выберите направление"), *Direction.choices]


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class MunicipalityChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    """One of some municipalities, known in forms by its slug; the only one is chosen already."""

    def __init__(self, label: str, choices: MunicipalityQuerySet, **kwargs: Any) -> None:
        ordered = choices.order_by(in_russian_order("name"))
        first = list(ordered[:2])
        super().__init__(
            ordered,
            label=label,
            to_field_name="slug",
            empty_label="Выберите муниципальное образование",
            initial=first[0].slug if len(first) == 1 else None,
            error_messages={"invalid_choice": "Это муниципальное образование здесь выбрать нельзя."},
            **kwargs,
        )


class PracticeForm(VersionedForm):
    """What a municipality tells about its practice."""

    direction = forms.ChoiceField(label="Направление", choices=DIRECTIONS)

    class Meta:
        model = Practice
        fields = ["title", "direction", "done", "result", "contact", "link"]
        widgets = {"done": _area(8), "result": _area(5), "link": forms.URLInput}


class NewPracticeForm(PracticeForm):
    """A practice, and whose it is."""

    instance: Practice
    field_order = ["municipality"]

    def __init__(self, data: Any = None, *, choices: MunicipalityQuerySet, chosen: str = "") -> None:
        super().__init__(data)
        self.fields["municipality"] = MunicipalityChoiceField("Чья практика", choices)
        if chosen:
            self.initial["municipality"] = chosen
        self.order_fields(self.field_order)

    def save(self, commit: bool = True) -> Any:
        """Store the practice as its owner's."""
        self.instance.municipality = self.cleaned_data["municipality"]
        return super().save(commit)


class WithdrawalForm(forms.Form):
    """Withdrawing something or publishing it again, and why."""

    published = forms.TypedChoiceField(
        choices=[("yes", "опубликовать"), ("no", "снять")], coerce="yes".__eq__, widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label="Причина",
        max_length=300,
        validators=[plain_text],
        help_text="Остаётся в истории изменений; пока запись снята, причина показана на её странице.",
    )

    def __init__(self, data: Any = None, *, published: bool) -> None:
        super().__init__(data, initial={"published": "no" if published else "yes"}, label_suffix="")


class AdopterForm(forms.Form):
    """Choosing for which municipality a practice is marked."""

    def __init__(self, data: Any = None, *, choices: MunicipalityQuerySet) -> None:
        super().__init__(data, label_suffix="")
        self.fields["municipality"] = MunicipalityChoiceField("Кто перенимает практику", choices)


class AdoptionForm(RecordForm):
    """How far a municipality has taken up a practice."""

    status = forms.ChoiceField(
        label="Отметка", error_messages={"invalid_choice": "Такая отметка не может следовать за нынешней."}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = PracticeAdoptionRecord
        fields = ["effective_on", "note"]
        field_classes = {"effective_on": PastDateField}
        widgets = {"note": _area(3)}

    field_order = ["status"]

    def __init__(
        self, data: Any = None, *, practice: Practice, municipality: Municipality, stored: PracticeAdoption | None
    ) -> None:
        version = stored.version if stored else 0
        super().__init__(data, initial={"version": version, "effective_on": timezone.localdate()})
        self.practice, self.municipality = practice, municipality
        following = NEXT_STATUSES[stored.status if stored else ""]
        choices = [("", "Выберите отметку"), *((status.value, status.label) for status in following)]
        field: Any = self.fields["status"]
        field.choices = choices

    def record(self, by: User) -> PracticeAdoption:
        """Mark what the form says.

        Raises:
            EditConflict: somebody marked it after the form was opened.
            ValidationError: the mark is refused.
        """
        said = {name: self.cleaned_data[name] for name in ("status", "effective_on", "note", "version")}
        return PracticeAdoption.record(self.practice, self.municipality, by=by, **said)


class AskForm(RecordForm):
    """A question to the owner of a practice, on behalf of a municipality."""

    class Meta:
        model = PracticeRequest
        fields = ["question"]
        widgets = {"question": _area(6)}

    field_order = ["municipality"]

    def __init__(self, data: Any = None, *, choices: MunicipalityQuerySet) -> None:
        super().__init__(data)
        self.fields["municipality"] = MunicipalityChoiceField("От имени", choices)
        self.order_fields(self.field_order)


class AnswerForm(RecordForm):
    """The owner's answer. Fills no stored record: `PracticeRequest.answer_with` writes it."""

    class Meta:
        model = PracticeRequest
        fields = ["answer"]
        widgets = {"answer": _area(6)}

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["answer"].required = True

    def _get_validation_exclusions(self) -> set[str]:
        """The rest of the record is not this form's."""
        return {field.name for field in PracticeRequest._meta.fields} - {"answer"}


class SolutionForm(VersionedForm):
    """A solution of «Умный город» and its stage."""

    also_checked = OF_MUNICIPALITY  # it has no such solution yet

    direction = forms.ChoiceField(label="Направление", choices=DIRECTIONS)
    stage = forms.ChoiceField(label="Стадия", choices=[("", "Выберите стадию"), *SolutionStage.choices])

    class Meta:
        model = Solution
        fields = ["direction", "title", "stage", "since", "note"]
        widgets = {"since": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), "note": _area(2)}

    def clean_title(self) -> str:
        """As it will be stored, so that the same name with another space is the same name."""
        return tidy(self.cleaned_data["title"])

    def clean(self) -> dict[str, Any]:
        """What is at work already did not begin tomorrow."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        since, stage = data.get("since"), data.get("stage")
        if since and since > timezone.localdate() and stage not in (None, SolutionStage.PLANNED):
            self.add_error("since", "Эта дата ещё не наступила: наперёд указывают только срок планируемого решения.")
        return data
