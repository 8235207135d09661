"""A kind of questions that is one entry of its table shows wherever kinds show."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from municipalities.models import Municipality
from municipalities.surveys import tallies
from municipalities.surveys.fields import NumberField, OptionField
from municipalities.surveys.kinds import QUESTION_KINDS, QuestionKind
from municipalities.surveys.models import Question, SurveyRound
from municipalities.surveys.papers import _questions
from municipalities.surveys.summary import summary_of
from tests.conftest import ClientFor
from tests.loosened import loosened
from tests.municipalities.surveys.factory import a_round, question
from tests.municipalities.surveys.test_forms import fill_in
from tests.papers import paper

SHARE = QuestionKind("share", "Доля", "number", NumberField, tallies.in_figures, width=11, number_format='0.0" %"')
GRADE = QuestionKind("grade", "Оценка", "text", OptionField, tallies.by_option, width=20, has_options=True)
YEAR = QuestionKind(
    "year", "Год", "number", NumberField, tallies.in_figures, width=8, number_format="0", shown="{:.0f}".format
)
CONSTRAINTS = ("question_kind_known", "question_has_choices_exactly_when_it_needs_them")


@pytest.fixture(autouse=True)
def more_kinds(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for kind in (SHARE, GRADE, YEAR):
        monkeypatch.setitem(QUESTION_KINDS, kind.code, kind)
    with loosened(Question, *CONSTRAINTS):
        yield


@pytest.fixture
def secretary(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def official(client_for: ClientFor, kostroma_official: User) -> Client:
    return client_for(kostroma_official)


@pytest.fixture
def survey(secretariat: User, kostroma: Municipality) -> SurveyRound:
    return a_round(kostroma, opened_by=secretariat)


@pytest.fixture
def answered(survey: SurveyRound, official: Client, secretariat: User) -> SurveyRound:
    share, grade = question(survey, "share", "Какая доля?"), question(survey, "grade", choices=["Хорошо", "Плохо"])
    fill_in(official, survey, **{f"question-{share.pk}": "12,5", f"question-{grade.pk}": "Хорошо"})
    response = survey.responses.get()
    assert [one.value for one in response.answers.order_by("question")] == [Decimal("12.5"), "Хорошо"]
    response.accept(version=response.version, by=secretariat)
    return survey


def page_of(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_editor_of_a_round_offers_and_keeps_it(secretary: Client, survey: SurveyRound) -> None:
    address = reverse("survey_question_add", args=[survey.pk])
    page = page_of(secretary, address)
    assert '<option value="share">Доля</option>' in page
    assert "Только для вида «Выбор из вариантов», «Оценка»" in page
    sent = {"text": "Как?", "kind": "grade", "options": "Хорошо\r\nПлохо", "version": 0}
    assert secretary.post(address, sent).status_code == 302
    assert Question.objects.get().choices == ["Хорошо", "Плохо"]
    assert "<td>Оценка<br>" in page_of(secretary, survey.get_absolute_url())


def test_the_form_of_answers_asks_in_its_own_way(official: Client, survey: SurveyRound) -> None:
    share, grade = question(survey, "share", "Какая доля?"), question(survey, "grade", choices=["Хорошо", "Плохо"])
    response = survey.responses.get()
    response.open(by=None)
    page = page_of(official, f"{response.get_absolute_url()}answer/")
    assert f'name="question-{share.pk}" inputmode="decimal"' in page
    assert f'name="question-{grade.pk}" value="Плохо"' in page
    refused = fill_in(official, survey, **{f"question-{share.pk}": "много"})
    assert "Укажите число" in refused.content.decode()


def test_the_summary_adds_its_answers_up(answered: SurveyRound, secretary: Client) -> None:
    share, grade = summary_of(answered).digests
    assert dict(share.figures)["Всего"] == Decimal("12.5")
    assert [(bar.label, bar.count) for bar in grade.bars] == [("Хорошо", 1), ("Плохо", 0)]
    page = page_of(secretary, reverse("survey_summary", args=[answered.pk]))
    assert "<dt>Всего</dt><dd>12,5</dd>" in page
    assert "Хорошо: 1 из 1" in page


def test_the_workbook_gives_it_a_column_of_its_own(answered: SurveyRound, secretary: Client) -> None:
    content = paper(secretary, reverse("survey_summary_xlsx", args=[answered.pk])).content
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book["Ответы"]
    assert [sheet.column_dimensions[name].width for name in "FG"] == [11, 20]
    assert [(cell.value, cell.number_format) for cell in sheet[5][5:]] == [(12.5, '0.0" %"'), ("Хорошо", "General")]
    totals = {row[0].value: row[1] for row in book["Итоги"].iter_rows() if len(row) > 1}
    assert (totals["Всего"].value, totals["Всего"].number_format) == (12.5, '0.0" %"')


def test_its_answers_are_read_as_it_says(
    survey: SurveyRound, official: Client, secretary: Client, secretariat: User
) -> None:
    since, until = question(survey, "year", "С какого года?"), question(survey, "year", "До какого?")
    fill_in(official, survey, **{f"question-{since.pk}": "2020"})
    response = survey.responses.get()
    assert f"<dt>{since}</dt><dd>2020</dd>" in page_of(secretary, response.get_absolute_url())
    assert f"<dt>{until}</dt><dd>—</dd>" in page_of(secretary, response.get_absolute_url())
    response.accept(version=response.version, by=secretariat)
    page = page_of(secretary, reverse("survey_summary", args=[survey.pk]))
    assert "<dt>Наибольшее</dt><dd>2020</dd>" in page
    assert "<td>2020</td><td>—</td>" in page
    shown = _questions(summary_of(survey))[0]
    assert (shown.totals[0], shown.answers) == (("Всего", "2020"), (("Кострома", "2020"),))
