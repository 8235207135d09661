"""All that a step of a point may be asked: which step asks what, `asked.ASKED` says."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from resolutions.deadlines import TermUnit
from resolutions.forms.fields import FilesField, date_input, not_too_late, paragraphs_field
from resolutions.forms.measures import OwnerField, QuestionField
from resolutions.forms.parties import PartyField, name_field
from resolutions.models import MeasureCode
from resolutions.models.results import NAMED
from russian.forms import TidyCharField

LONGEST_TERM = 1000  # days


class StepFields(forms.Form):
    """The fields; a form of one step drops those that it does not ask."""

    responsible = PartyField(label="Ответственный", help_text="Кто исполняет и докладывает. Публикуется")
    responsible_name = name_field("Название ответственного органа")
    controller = PartyField(label="Контролирует", help_text="Кто принимает доклад и снимает с контроля. Публикуется")
    controller_name = name_field("Название контролирующего органа")
    due_on = forms.DateField(label="Срок: день", required=False, widget=date_input(), validators=[not_too_late])
    term_days = forms.IntegerField(
        label="Или число дней",
        required=False,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_TERM)],
        help_text="Вместо дня",
    )
    term_unit = forms.ChoiceField(label="Каких дней", choices=TermUnit.choices)
    lifts_due = forms.BooleanField(label="Срок снят: пункт контролируется без срока", required=False)
    warn_days = forms.IntegerField(
        label="Предупреждать, дней до срока", validators=[MinValueValidator(0), MaxValueValidator(365)]
    )
    asked_due_on = forms.DateField(
        label="Какой срок нужен", widget=date_input(), validators=[not_too_late], help_text="Публикуется"
    )
    measures = forms.MultipleChoiceField(
        label="Что считать",
        choices=MeasureCode.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Если не отметить ничего, портал не считает исполнение этого пункта",
    )
    measured_owner = OwnerField()
    measured_question = QuestionField()
    text = forms.CharField(max_length=5000, widget=forms.Textarea({"rows": 4}), help_text="Публикуется")
    result = forms.ChoiceField(label="Результат", choices=[("", "выберите"), *((one, one.label) for one in NAMED)])
    result_reason = paragraphs_field(
        "Почему назван этот результат",
        "Обязательно, если результат не тот, который предлагает портал. Публикуется",
    )
    obstacles = paragraphs_field("Что мешает", "Если что-то мешает. Публикуется")
    next_step = paragraphs_field("Следующий шаг", "Если работа продолжится. Публикуется")
    happened_on = forms.DateField(label="Когда", widget=date_input())
    behalf_ground = TidyCharField(label="На каком основании", max_length=250, required=False)
    attachments = FilesField()
    version = forms.IntegerField(widget=forms.HiddenInput)
