"""Choosing by what a recommendation is measured."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from municipalities.models import Municipality
from municipalities.surveys.models import Question
from municipalities.surveys.models.round import RoundStatus
from resolutions.models import Measure, MeasureCode
from russian.collation import in_russian_order

WHOSE = "Выберите, чей опыт считать."
WHICH = "Выберите вопрос, ответы на который считать."
NOT_OFFERED = "Этого муниципального образования в портале больше нет: выберите другое."
GONE = "{name}: это муниципальное образование убрано из портала. Оставьте его, если выбор прежний, или выберите другое"
NOBODYS = "Опыт муниципального образования не отмечен: отметьте его или никого не выбирайте."
NO_QUESTION = "Ответы на вопрос не отмечены: отметьте их или не выбирайте вопроса."


class OwnerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs alone
    """Whose experience is counted."""

    def __init__(self) -> None:
        super().__init__(
            Municipality.objects.listed().order_by(in_russian_order("name")),
            required=False,
            label="Чей опыт считать",
            empty_label="ничей",
            error_messages={"invalid_choice": NOT_OFFERED},
        )

    def keep(self, chosen: int | None) -> None:
        """Offer whom the form opens with whatever has become of it, and say what has.

        Args:
            chosen: the key of the municipality; None without one.
        """
        gone = Municipality.objects.unlisted().filter(pk=chosen).first() if chosen else None
        if gone:
            offered = Municipality.objects.filter(Q(is_listed=True) | Q(pk=gone.pk))
            self.queryset = offered.order_by(in_russian_order("name"))
            self.help_text = GONE.format(name=gone.name)


class QuestionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # as above
    """To which question answers are counted."""

    def __init__(self) -> None:
        asked = Question.objects.exclude(round__status=RoundStatus.DRAFT).select_related("round")
        super().__init__(
            asked.order_by("-round__pk", "number"),
            required=False,
            label="Ответы на какой вопрос считать",
            empty_label="ни на какой",
        )

    def label_from_instance(self, obj: Question) -> str:
        """The round and the question."""
        return f"{obj.round.title}: {obj}"


def measure_of(data: Mapping[str, Any]) -> Measure:
    """What a valid form chose.

    Args:
        data: of the form.

    Raises:
        ValidationError: by field, where something belongs to nothing that was ticked, or is missing.
    """
    codes = tuple(one for one in MeasureCode if one in data["measures"])
    owner, question = data["measured_owner"], data["measured_question"]
    wants_owner, wants_question = MeasureCode.EXPERIENCE in codes, MeasureCode.ANSWERS in codes
    refusals = {
        "measured_owner": (WHOSE if wants_owner else NOBODYS, wants_owner != bool(owner)),
        "measured_question": (WHICH if wants_question else NO_QUESTION, wants_question != bool(question)),
    }
    if errors := {name: sentence for name, (sentence, is_wrong) in refusals.items() if is_wrong}:
        raise ValidationError(errors)
    return Measure(codes, owner.pk if owner else None, question.pk if question else None)
