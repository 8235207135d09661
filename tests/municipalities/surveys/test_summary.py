"""The summary: hand-computed figures, the same on screen, in the workbook and on paper."""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from pypdf import PdfReader

from accounts.models import User
from municipalities.models import Municipality
from municipalities.surveys.models import SurveyRound
from municipalities.surveys.papers import render_summary
from municipalities.surveys.summary import summary_of
from tests.conftest import ClientFor
from tests.municipalities.factory import city
from tests.municipalities.surveys.factory import a_round, question, response_of, say
from tests.papers import paper
from tests.words import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# name -> status, yes/no, number, choice, date, text; the last one is sent and not accepted
SAID = {
    "Вологда": ("active", True, Decimal("7.5"), "Да, есть", dt.date(2022, 3, 1), "=1+1"),
    "Иваново": ("active", False, Decimal(3), "Нет планов", None, "Обычный текст"),
    "Псков": ("pilot", None, Decimal(1200), "Да, есть", dt.date(2021, 5, 2), ""),
    "Шуя": ("none", True, Decimal(100), "Нет планов", None, "Не считается"),
}


@pytest.fixture
def survey(secretariat: User) -> SurveyRound:
    cities = [city(name, number) for number, name in enumerate([*SAID, "Ярославль"], start=1)]
    survey = a_round(*cities, opened_by=secretariat)
    asked = [
        question(survey, "yes_no", "Есть ли план"),
        question(survey, "number", "Сколько решений"),
        question(survey, "choice", "Есть ли деньги", choices=["Да, есть", "Нет планов"]),
        question(survey, "date", "С какого дня"),
        question(survey, "text", "Пожелания"),
    ]
    for municipality in cities[:-1]:
        status, *values = SAID[municipality.name]
        answers = {one.pk: value for one, value in zip(asked, values, strict=True)}
        response = say(response_of(survey, municipality), participation=status, answers=answers)
        if municipality.name != "Шуя":
            response.accept(version=response.version, by=secretariat)
    return survey


@pytest.fixture
def client(client_for: ClientFor, chair: User) -> Client:
    return client_for(chair)


def test_only_what_was_accepted_counts(survey: SurveyRound) -> None:
    summary = summary_of(survey)
    assert (summary.accepted, summary.total, summary.missing) == (3, 5, ("Шуя", "Ярославль"))
    assert [(bar.label, bar.count) for bar in summary.participation if bar.count] == [
        ("Участвует", 2),
        ("Пилотный город", 1),
    ]


def test_figures_are_those_computed_by_hand(survey: SurveyRound) -> None:
    yes_no, number, choice, day, text = summary_of(survey).digests
    assert [bar.count for bar in yes_no.bars] == [1, 1]
    assert dict(number.figures) == {
        "Всего": Decimal("1210.5"),
        "В среднем": Decimal("403.5"),
        "Наименьшее": Decimal(3),
        "Наибольшее": Decimal(1200),
    }
    assert [(bar.label, bar.count) for bar in choice.bars] == [("Да, есть", 2), ("Нет планов", 1)]
    assert [value for _, value in day.figures] == [dt.date(2021, 5, 2), dt.date(2022, 3, 1)]
    assert [one.answered for one in (yes_no, number, choice, day, text)] == [2, 3, 3, 2, 2]


def test_the_page_shows_them(survey: SurveyRound, client: Client) -> None:
    page = client.get(f"/surveys/{survey.pk}/summary/").content.decode()
    assert "Принято ответов: 3 из 5." in words_of(page)
    for expected in ("1\u00a0210,5", "Не приняты: Шуя, Ярославль", "01.03.2022"):
        assert expected in page
    assert "Не считается" not in page


def test_the_workbook_holds_types_and_no_formulas(survey: SurveyRound, client: Client) -> None:
    answer = paper(client, f"/surveys/{survey.pk}/summary.xlsx")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    rows = {row[0].value: row for row in book["Ответы"].iter_rows(min_row=5)}
    vologda = rows["Вологда"]
    assert [cell.value for cell in vologda[2:]] == [
        "Принят",
        "Участвует",
        None,
        "да",
        7.5,
        "Да, есть",
        vologda[8].value,
        "=1+1",
    ]
    assert (vologda[8].data_type, str(vologda[8].value)) == ("d", "2022-03-01 00:00:00")
    assert (vologda[9].data_type, vologda[9].quotePrefix) == ("s", True)
    assert [cell.value for cell in rows["Шуя"][2:5]] == ["Отправлен", None, None]
    totals = {row[0].value: row[1].value for row in book["Итоги"].iter_rows() if len(row) > 1}
    assert (totals["Всего"], totals["Участвует"]) == (1210.5, 2)


def test_the_paper_says_the_same(survey: SurveyRound, client: Client) -> None:
    answer = paper(client, f"/surveys/{survey.pk}/summary.pdf")
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).replace("\u00a0", " ")
    for expected in ("Сводка по итогам информационного обмена", "Весенний обмен", "1 210,5", "принято ответов: 3"):
        assert expected in " ".join(text.split())
    assert "Не считается" not in text
    assert answer["Cache-Control"] == "private, no-cache"


def test_an_answer_with_signs_that_no_font_has_is_printed(survey: SurveyRound, client: Client) -> None:
    response = response_of(survey, survey.responses.get(municipality__name="Ярославль").municipality)
    say(response, answers={survey.questions.latest("pk").pk: "Внедрили за 5 млн ₽ ✔ 🚀"})
    response.accept(version=response.version, by=User.objects.get(role="secretariat"))
    answer = paper(client, f"/surveys/{survey.pk}/summary.pdf")
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())
    assert "5 млн ₽ ✔ �" in text
    assert text.endswith("«�»: U+1F680.")


def test_two_prints_of_one_summary_are_the_same(survey: SurveyRound) -> None:
    summary = summary_of(survey)
    assert render_summary(summary) == render_summary(summary)


def test_the_header_of_a_long_table_is_repeated(secretariat: User) -> None:
    cities = [city(f"Город {number:02}", number) for number in range(1, 61)]
    survey = a_round(*cities, opened_by=secretariat)
    for one in cities:
        response = say(response_of(survey, one))
        response.accept(version=response.version, by=secretariat)
    pages = [page.extract_text() for page in PdfReader(BytesIO(render_summary(summary_of(survey)))).pages]
    assert len(pages) > 2
    assert all("Муниципальное" in page and "Основание" in page for page in pages[1:])


def test_tables_by_city_are_annexes_on_pages_of_their_own(survey: SurveyRound) -> None:
    pages = [page.extract_text().split() for page in PdfReader(BytesIO(render_summary(summary_of(survey)))).pages]
    assert "Приложение" not in pages[0]
    for number, page in enumerate(pages[1:3], start=1):
        mark = f"Приложение № {number} к сводке по итогам информационного обмена"
        assert " ".join(page).startswith(f"{number + 1} {mark}")


def test_an_empty_round_has_a_summary(client: Client, kostroma: Municipality, secretariat: User) -> None:
    survey = a_round(kostroma, opened_by=secretariat)
    question(survey)
    assert "Принятых ответов пока нет" in client.get(f"/surveys/{survey.pk}/summary/").content.decode()
    for ending in ("xlsx", "pdf"):
        assert paper(client, f"/surveys/{survey.pk}/summary.{ending}").status_code == 200
