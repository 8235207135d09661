"""The forms of information exchange: the secretariat's, and the one that municipalities fill in."""

from typing import Any

from django import forms
from django.db import transaction

from accounts.models import User
from municipalities.models import Municipality, Participation
from municipalities.models.succession import merged_by_today
from municipalities.surveys.fields import DayField
from municipalities.surveys.kinds import QUESTION_KINDS, with_options
from municipalities.surveys.models import Question, SurveyResponse, SurveyRound
from revisions.forms import VersionedForm
from russian.collation import in_russian_order
from russian.text import paragraphs

MOST_CHOICES = 30
LONGEST_CHOICE = 200


class RoundForm(VersionedForm):
    """A round: what for, until when, and which municipalities."""

    instance: SurveyRound
    municipalities = forms.ModelMultipleChoiceField(
        label="Муниципальные образования",
        queryset=Municipality.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Выберите хотя бы одно муниципальное образование."},
    )

    class Meta:
        model = SurveyRound
        fields = ["title", "assembly", "assembly_on", "opens_on", "closes_on", "note"]
        field_classes = {"assembly_on": DayField, "opens_on": DayField, "closes_on": DayField}
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["municipalities"]
        there = Municipality.objects.listed().exclude(pk__in=merged_by_today())  # nobody answers for parts of another
        if self.instance.pk:
            asked = self.instance.responses.values_list("municipality", flat=True)
            there = there | Municipality.objects.filter(pk__in=asked)
            self.initial["municipalities"] = list(asked)
        else:
            self.initial["municipalities"] = list(there.values_list("pk", flat=True))
        field.queryset = there.order_by(in_russian_order("name"))

    @transaction.atomic
    def save(self, commit: bool = True) -> SurveyRound:
        """Store the round and whom it asks.

        Raises:
            EditConflict: somebody else was quicker.
            SurveyRefused: a municipality that has begun to answer cannot leave.
        """
        saved: SurveyRound = super().save(commit)
        saved.ask(self.cleaned_data["municipalities"])
        return saved


class QuestionForm(VersionedForm):
    """A question, and the answers that it takes."""

    instance: Question
    options = forms.CharField(
        label="Варианты ответа",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    class Meta:
        model = Question
        fields = ["text", "kind", "is_required"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["options"] = "\n".join(self.instance.choices)
        kinds = ", ".join(f"«{kind.label}»" for kind in with_options())
        self.fields["options"].help_text = f"Только для вида {kinds}: каждый вариант на своей строке."
        self.order_fields(["text", "kind", "options", "is_required"])

    def clean(self) -> dict[str, Any]:
        """A kind with options needs at least two different ones; other kinds have none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        options = list(dict.fromkeys(paragraphs(cleaned.get("options", ""))))
        kind = QUESTION_KINDS.get(cleaned.get("kind", ""))
        if kind is None or not kind.has_options:
            options = []
        elif not 2 <= len(options) <= MOST_CHOICES:
            self.add_error("options", f"Нужно от 2 до {MOST_CHOICES} разных вариантов.")
        elif any(len(option) > LONGEST_CHOICE for option in options):
            self.add_error("options", f"Вариант длиннее {LONGEST_CHOICE} знаков.")
        self.instance.choices = options
        return cleaned


class RemarkForm(forms.Form):
    """Why a response is returned."""

    remark = forms.CharField(
        label="Что исправить",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Увидит муниципалитет: над формой и в письме.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """What a municipality fills in: participation, the round's questions, and who filled it in."""

    participation = forms.ChoiceField(
        label="Участие в проекте «Умный город»",
        choices=[("", "Выберите статус"), *[one for one in Participation.choices if one[0] != Participation.UNKNOWN]],
    )
    participation_basis = forms.CharField(
        label="Документ или ссылка",
        max_length=240,
        required=False,
        help_text="На чём основан статус, например: «Постановление администрации от 12.03.2024 № 345». Публикуется.",
    )
    respondent = forms.CharField(
        label="Кто заполнил",
        max_length=150,
        help_text="Имя и должность: чтобы секретариат знал, к кому обратиться. Не публикуется.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, response: SurveyResponse, respondent: str = "", final: bool = True) -> None:
        self.response = response
        self.questions = list(response.round.questions.all())
        super().__init__(data, initial=self._previous(respondent), label_suffix="")
        for question in self.questions:
            self.fields[self.name_of(question)] = question.of_kind.field(
                str(question), required=question.is_required, options=question.choices
            )
        self.order_fields(["participation", "participation_basis", *map(self.name_of, self.questions), "respondent"])
        self.final = final
        if data is not None and not final:
            for name, field in self.fields.items():
                field.required = name == "version"

    @staticmethod
    def name_of(question: Question) -> str:
        """The form's name for a question."""
        return f"question-{question.pk}"

    def _previous(self, respondent: str) -> dict[str, Any]:
        """What was answered before."""
        response = self.response
        initial: dict[str, Any] = {
            "participation": response.participation,
            "participation_basis": response.participation_basis,
            "respondent": response.respondent or respondent,
            "version": response.version,
        }
        for answer in response.answers.select_related("question"):
            initial[self.name_of(answer.question)] = answer.value
        return initial

    def store(self, *, by: User | None) -> None:
        """Keep what was filled in: a draft, or the answer itself.

        Args:
            by: the representative; None for whoever came by the personal link.

        Raises:
            EditConflict, SurveyRefused: as `SurveyResponse.answer`.
        """
        said = self.cleaned_data
        answers: dict[int, Any] = {one.pk: said.get(self.name_of(one)) for one in self.questions}
        self.response.answer(
            participation=said["participation"],
            participation_basis=said["participation_basis"],
            respondent=said["respondent"],
            answers=answers,
            submit=self.final,
            version=said["version"],
            by=by,
        )
