"""What came of a point, in the same words on its card, in the report and on the overview: outcomes × stage × kind."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from resolutions.models import Ask, DecisionPoint, Letter, Resolution
from tests.municipalities.factory import at
from tests.resolutions.factory import GOVERNMENT, answer, letter, point_step, send

pytestmark = pytest.mark.slow

JULY, AUGUST, SEPTEMBER = dt.date(2024, 7, 8), dt.date(2024, 8, 1), dt.date(2024, 9, 2)
TODAY = "2024-09-03 12:00"
WORK: tuple[str, ...] = ()
REPORTED = ("report",)
CLOSED = ("report", "close")

INTERIM = "Получен промежуточный ответ, окончательный ожидается до 1 октября 2024 г."
FIRST = "Обращение исх. № 1/24 от 8 июля 2024 г.:"

# what was said of the asks, one after another → how far the point is, and what was named →
# the badges of stage and result, and the sentence of what was done
ONE_ASK = [
    (
        ("",),
        WORK,
        "",
        "В работе",
        "Результат ещё не назван",
        f"{FIRST} отправлено. Ответа нет, срок истёк 7 августа 2024 г. Должен ответить: {GOVERNMENT}",
    ),
    (
        ("interim",),
        WORK,
        "",
        "В работе",
        "Результат ещё не назван",
        f"{FIRST} отправлено. {INTERIM} Должен ответить: {GOVERNMENT}",
    ),
    (
        ("forwarded",),
        WORK,
        "",
        "В работе",
        "Результат ещё не назван",
        f"{FIRST} отправлено. Перенаправлена, ответ ожидается до 1 октября 2024 г. Должен ответить: Минстрой России",
    ),
    (
        ("satisfied",),
        WORK,
        "",
        "В работе",
        "Результат ещё не назван",
        f"{FIRST} просьба удовлетворена, ответ получен 1 августа 2024 г.",
    ),
    (
        ("refused",),
        WORK,
        "",
        "В работе",
        "Результат ещё не назван",
        f"{FIRST} в просьбе отказано, ответ получен 1 августа 2024 г.",
    ),
    (
        ("satisfied",),
        REPORTED,
        "achieved",
        "Доложено",
        "Достигнуто, по докладу",
        f"{FIRST} просьба удовлетворена, ответ получен 1 августа 2024 г.",
    ),
    (
        ("refused",),
        REPORTED,
        "refused",
        "Доложено",
        "Отказано, по докладу",
        f"{FIRST} в просьбе отказано, ответ получен 1 августа 2024 г.",
    ),
    (
        ("satisfied",),
        CLOSED,
        "achieved",
        "Снято с контроля",
        "Достигнуто",
        f"{FIRST} просьба удовлетворена, ответ получен 1 августа 2024 г.",
    ),
    (
        ("partly",),
        CLOSED,
        "partly",
        "Снято с контроля",
        "Достигнуто частично",
        f"{FIRST} просьба удовлетворена частично, ответ получен 1 августа 2024 г.",
    ),
    (
        ("refused",),
        CLOSED,
        "refused",
        "Снято с контроля",
        "Отказано",
        f"{FIRST} в просьбе отказано, ответ получен 1 августа 2024 г.",
    ),
    (
        ("not_considered",),
        CLOSED,
        "no_answer",
        "Снято с контроля",
        "Нет ответа по существу",
        f"{FIRST} просьба не рассмотрена по существу, ответ получен 1 августа 2024 г.",
    ),
    (("",), CLOSED, "no_answer", "Снято с контроля", "Нет ответа по существу", f"{FIRST} отправлено. Ответа нет"),
    (
        ("refused",),
        CLOSED,
        "achieved",
        "Снято с контроля",
        "Достигнуто, ответами не подтверждается",
        f"{FIRST} в просьбе отказано, ответ получен 1 августа 2024 г.",
    ),
]
THREE_ASKS = [
    (("", "", ""), WORK, "", "В работе", "Результат ещё не назван", "Из 3 просьб: по 3 ответ не поступил в срок"),
    (
        ("satisfied", "refused", ""),
        WORK,
        "",
        "В работе",
        "Результат ещё не назван",
        "Из 3 просьб: 1 – удовлетворена, 1 – отказано, по 1 ответ не поступил в срок",
    ),
    (
        ("interim", "forwarded", "refused"),
        WORK,
        "",
        "В работе",
        "Результат ещё не назван",
        "Из 3 просьб: 1 – отказано, 1 – промежуточный ответ, 1 – перенаправлена",
    ),
    (
        ("satisfied", "satisfied", "satisfied"),
        CLOSED,
        "achieved",
        "Снято с контроля",
        "Достигнуто",
        "Из 3 просьб: 3 – удовлетворены",
    ),
    (
        ("partly", "refused", ""),
        CLOSED,
        "partly",
        "Снято с контроля",
        "Достигнуто частично",
        "Из 3 просьб: 1 – удовлетворена частично, 1 – отказано, по 1 ответа нет",
    ),
    (
        ("refused", "not_considered", ""),
        CLOSED,
        "refused",
        "Снято с контроля",
        "Отказано",
        "Из 3 просьб: 1 – отказано, 1 – не рассмотрена по существу, по 1 ответа нет",
    ),
    (
        ("not_considered", "not_considered", "interim"),
        CLOSED,
        "no_answer",
        "Снято с контроля",
        "Нет ответа по существу, ответами не подтверждается",
        "Из 3 просьб: 2 – не рассмотрены по существу, 1 – промежуточный ответ",
    ),
]
Row = tuple[tuple[str, ...], tuple[str, ...], str, str, str, str]


def said(found: Letter, number: int, outcome: str, by: User) -> None:
    """Register what was said of an ask on the first of August."""
    until = dt.date(2024, 10, 1) if outcome in ("interim", "forwarded") else None
    to = "Минстрой России" if outcome == "forwarded" else ""
    answer(found, by=by, on=AUGUST, outcome=outcome, asks=[number], until=until, to=to)


def live(point: DecisionPoint, outcomes: tuple[str, ...], steps: tuple[str, ...], named: str, by: User) -> None:
    """Ask, be answered, report and close; a result that is not proposed is dated back, so that no reason is asked."""
    texts = "\n".join(f"о деле {number}" for number, _ in enumerate(outcomes, start=1))
    found = letter(point.resolution, "appeal", point=point, new_asks=texts)
    send(found, by=by, on=JULY)
    for number, outcome in enumerate(outcomes, start=1):
        if outcome:
            said(found, number, outcome, by)
    for action in steps:
        point_step(point, action, by=by, on=SEPTEMBER, result=named)


def page(client: Client, url: str) -> str:
    text: str = client.get(url).content.decode().replace("\xa0", " ")
    return text


@pytest.mark.parametrize(("outcomes", "steps", "named", "stage", "result", "sentence"), [*ONE_ASK, *THREE_ASKS])
def test_an_appeal_is_told_alike_everywhere(
    client: Client,
    appeal_point: DecisionPoint,
    secretariat: User,
    outcomes: tuple[str, ...],
    steps: tuple[str, ...],
    named: str,
    stage: str,
    result: str,
    sentence: str,
) -> None:
    with at(TODAY):
        live(appeal_point, outcomes, steps, named, secretariat)
        card = page(client, appeal_point.get_absolute_url())
        report = page(client, reverse("execution", args=[appeal_point.resolution.slug]))
        overview = page(client, "/")
    for text in (card, report):
        assert sentence in text
    for text in (card, report, overview):
        assert f">{stage}<" in text
        assert f">{result}<" in text
    granted = "satisfied" in outcomes  # an ask of its own is green where it was granted
    assert ("badge--done" in card, "badge--done" in report) == (granted, granted)
    assert ("badge--done" in overview) == (result == "Достигнуто")
    assert f'max="{len(outcomes)}" value="{outcomes.count("satisfied")}"' in card


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("steps", "named", "stage", "result"),
    [
        (WORK, "", "В работе", "Результат ещё не назван"),
        (REPORTED, "partly", "Доложено", "Достигнуто частично, по докладу"),
        (CLOSED, "achieved", "Снято с контроля", "Достигнуто"),
        (CLOSED, "no_evidence", "Снято с контроля", "Сведений нет"),
        (("cancel",), "", "Исполнение отменено", "Отпало"),
    ],
)
def test_other_kinds_are_told_by_what_somebody_named(
    client: Client,
    adopted: Resolution,
    secretariat: User,
    number: int,
    steps: tuple[str, ...],
    named: str,
    stage: str,
    result: str,
) -> None:
    point = adopted.points.get(number=number)
    with at(TODAY):
        for action in ("start", *steps):
            point_step(point, action, by=secretariat, on=SEPTEMBER, result=named or "achieved")
        texts = [
            page(client, url) for url in (point.get_absolute_url(), reverse("execution", args=[adopted.slug]), "/")
        ]
    for text in texts:
        assert f">{stage}<" in text
        assert f">{result}<" in text
        assert ("badge--done" in text) == (result == "Достигнуто")
    assert not Ask.objects.exists()
