"""An illustrative round, so that the board has something to show. Every word of it is made up."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality
from municipalities.surveys.models import Question, RoundAction, SurveyResponse, SurveyRound

TITLE = "Демонстрационный обмен об участии в проекте «Умный город»"
NOTE = "Демонстрационные данные: вопросы и ответы придуманы для показа портала."
RESPONDENT = "Демонстрационные данные"
REMARK = "Демонстрационное замечание: уточните, пожалуйста, год начала работ."
QUESTIONS: list[tuple[str, str, list[str]]] = [
    ("Назначен ли ответственный за проект", "yes_no", []),
    ("Сколько решений внедрено", "number", []),
    ("Что мешает больше всего", "choice", ["Нехватка средств", "Нехватка специалистов", "Ничего"]),
    ("С какого дня идут работы", "date", []),
    ("Чем может помочь Союз", "text", []),
]

# Municipality by address -> how far it has got, its status, and its answers in the order of the questions.
SAID: dict[str, tuple[str, str, list[Any]]] = {
    "vologda": ("accepted", "active", [True, Decimal(12), "Нехватка средств", dt.date(2022, 3, 1), "Обмен опытом."]),
    "rybinsk": ("submitted", "planned", [False, Decimal(0), "Нехватка специалистов", None, "Типовые документы."]),
    "pskov": ("returned", "active", [True, Decimal(4), "Ничего", None, ""]),
    "smolensk": ("draft", "", [True, None, "", None, ""]),
}
OPENED = "arkhangelsk"  # has opened the form and saved nothing yet


@transaction.atomic
def seed_demo_round(*, by: User) -> None:
    """Open a round and let a few cities answer; does nothing the second time.

    Args:
        by: the demonstration account of the secretariat.
    """
    if SurveyRound.objects.filter(title=TITLE).exists():
        return
    today = timezone.localdate()
    survey = SurveyRound.objects.create(
        title=TITLE,
        note=NOTE,
        opens_on=today - dt.timedelta(days=7),
        closes_on=today + dt.timedelta(days=21),
    )
    for text, kind, choices in QUESTIONS:
        Question.objects.create(round=survey, text=text, kind=kind, choices=choices)
    survey.ask(Municipality.objects.listed())
    survey.move(RoundAction.OPEN, by=by)
    survey.responses.get(municipality__slug=OPENED).open(by=None)
    for response in survey.responses.filter(municipality__slug__in=SAID).select_related("municipality", "round"):
        _let_answer(response, *SAID[response.municipality.slug], by=by)


def _let_answer(response: SurveyResponse, state: str, participation: str, answers: list[Any], *, by: User) -> None:
    response.answer(
        participation=participation,
        participation_basis="",
        respondent=RESPONDENT,
        answers={question.pk: value for question, value in zip(response.round.questions.all(), answers, strict=True)},
        submit=state != "draft",
        version=response.version,
        by=None,
    )
    if state == "accepted":
        response.accept(version=response.version, by=by)
    elif state == "returned":
        response.send_back(remark=REMARK, version=response.version, by=by)
