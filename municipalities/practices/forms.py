"""The forms of practices and solutions."""

from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from municipalities.forms import OF_MUNICIPALITY
from municipalities.models import Municipality
from municipalities.models.municipality import MunicipalityQuerySet
from municipalities.practices.models import (
    AdoptionStatus,
    Direction,
    Practice,
    PracticeAdoption,
    PracticeAdoptionRecord,
    PracticeRequest,
    Solution,
    SolutionStage,
)
from municipalities.practices.models.adoption import CANNOT_FOLLOW, NEXT_STATUSES, NewMark
from revisions.forms import PastDateField, RecordForm, VersionedForm, asked
from russian.collation import in_russian_order
from russian.text import tidy


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


class DirectionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # as above
    """A direction of some edition of the Standard, known in forms by its code."""

    def __init__(self) -> None:
        super().__init__(
            Direction.objects.all(),
            label="Направление",
            to_field_name="code",
            empty_label="Выберите направление",
            help_text="В скобках – год редакции Стандарта.",
            error_messages={"invalid_choice": "Такого направления нет: выберите другое из списка."},
        )


class PracticeForm(VersionedForm):
    """What a municipality tells about its practice."""

    direction = DirectionField()

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
        help_text="Остаётся в истории изменений; пока запись снята, причина показана на её странице.",
    )

    def __init__(self, data: Any = None, *, published: bool) -> None:
        super().__init__(data, initial={"published": "no" if published else "yes"}, label_suffix="")


class AdopterForm(forms.Form):
    """Choosing for which municipality a practice is marked."""

    def __init__(self, data: Any = None, *, choices: MunicipalityQuerySet) -> None:
        super().__init__(data, label_suffix="")
        self.fields["municipality"] = MunicipalityChoiceField("Кто перенимает практику", choices)


class AdoptionForm(forms.Form):
    """How far a municipality has taken up a practice."""

    status = forms.ChoiceField(label="Отметка", error_messages={"invalid_choice": CANNOT_FOLLOW})
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        practice: Practice,
        municipality: Municipality,
        stored: PracticeAdoption | None,
        prefix: str | None = None,
    ) -> None:
        version = stored.version if stored else 0
        initial = {"version": version, "effective_on": timezone.localdate()}
        super().__init__(data, prefix=prefix, initial=initial)
        self.practice, self.municipality = practice, municipality
        following = NEXT_STATUSES[stored.status if stored else ""]
        choices = [("", "Выберите отметку"), *((status.value, status.label) for status in following)]
        field: Any = self.fields["status"]
        field.choices = choices
        self.fields["effective_on"] = asked("happened_on", of=PracticeAdoptionRecord, form_class=PastDateField)
        self.fields["note"] = asked("text", of=PracticeAdoptionRecord, widget=_area(3))
        self.order_fields(["status", "effective_on", "note"])

    def record(self, by: User) -> PracticeAdoption:
        """Mark what the form says.

        Raises:
            EditConflict: somebody marked it after the form was opened.
            ValidationError: the mark is refused.
        """
        said = self.cleaned_data
        return PracticeAdoption.record(
            self.practice,
            self.municipality,
            status=said["status"],
            happened_on=said["effective_on"],
            text=said["note"],
            by=by,
            version=said["version"],
        )


class RightMarkForm(AdoptionForm):
    """The right mark instead of a wrong one, filled with what that said. Which may stand there, the ledger tells.

    Args:
        wrong: the mark that is voided, with its adoption.
        data, files, prefix: as of every form; there are no files.
    """

    def __init__(
        self, wrong: PracticeAdoptionRecord, data: Any = None, files: Any = None, prefix: str | None = None
    ) -> None:
        of = wrong.adoption
        super().__init__(data, practice=of.practice, municipality=of.municipality, stored=of, prefix=prefix)
        field: Any = self.fields["status"]
        field.choices = AdoptionStatus.choices
        self.initial.update(status=wrong.status, effective_on=wrong.happened_on, note=wrong.text)

    def new_mark(self) -> NewMark:
        """What `PracticeAdoption.void` takes as the replacement, of a valid form."""
        said = self.cleaned_data
        return NewMark(said["status"], said["effective_on"], said["note"])


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

    direction = DirectionField()
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
