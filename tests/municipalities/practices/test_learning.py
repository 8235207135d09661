"""«У кого учиться»: who of the same group of the index has a solution at work where a city has none."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from municipalities.models import IndexScore, Municipality
from municipalities.practices.learning import learning_of
from municipalities.practices.models import Solution
from tests.municipalities.factory import city, left
from tests.municipalities.practices.factory import solution
from tests.municipalities.practices.test_commitment_pages import text_of

pytestmark = pytest.mark.django_db


def scored(municipality: Municipality, year: int = 2024, group: str = "big", **facts: Any) -> Municipality:
    """The same, with a result of the index."""
    defaults: dict[str, Any] = {"rank": 5} if "rank_at_most" not in facts and "rank" not in facts else {}
    IndexScore.objects.create(municipality=municipality, year=year, group=group, source="Минстрой", **defaults | facts)
    return municipality


def teachers(municipality: Municipality) -> dict[str, list[str]]:
    """Names by direction."""
    own = Solution.objects.filter(municipality=municipality, is_published=True)
    found = learning_of(municipality, own).directions
    return {label: [one.municipality.name for one in teaching] for label, teaching in found}


def test_the_best_of_the_group_come_first_and_three_at_most(kostroma: Municipality) -> None:
    scored(kostroma)
    known: list[tuple[str, dict[str, Any]]] = [
        ("Шуя", {"rank": 9}),
        ("Буй", {"rank": 2}),
        ("Галич", {"rank": None, "score": 1, "maximum": 2}),
        ("Азов", {"rank_at_most": 9}),
    ]
    for number, (name, facts) in enumerate(known):
        one = scored(city(name, 100 + number), **facts)
        solution(one)
        solution(one, "Ещё свет")
    assert teachers(kostroma) == {"Умное ЖКХ (2018)": ["Буй", "Азов", "Шуя"]}


def test_the_reason_is_told(kostroma: Municipality) -> None:
    scored(kostroma)
    assert "пока никто не внёс работающих решений" in text_of(Client().get("/municipalities/kostroma/"))
    solution(scored(city("Буй", 100)), "Свет", since=dt.date(2023, 4, 3))
    page = text_of(Client().get("/municipalities/kostroma/"))
    assert "та же группа индекса: большие города; решение «Свет» работает с 3 апреля 2023 г." in page
    (_, (one,)) = learning_of(kostroma, []).directions[0]
    assert one.reason.endswith("г.")
    Solution.objects.update(since=None)
    (_, (one,)) = learning_of(kostroma, []).directions[0]
    assert one.reason.endswith("работает")


@pytest.mark.parametrize("reason", ["other group", "left", "withdrawn", "planned", "own", "has one"])
def test_nobody_else_is_named(kostroma: Municipality, reason: str) -> None:
    scored(kostroma)
    one = scored(city("Буй", 100), group="large" if reason == "other group" else "big")
    made = solution(kostroma if reason == "own" else one, stage="planned" if reason == "planned" else "works")
    if reason == "left":
        left(one, "2024-07-01")
    if reason == "withdrawn":
        Solution.objects.filter(pk=made.pk).update(is_published=False, withdrawn_because="Так.")
    if reason == "has one":
        solution(kostroma)
    assert teachers(kostroma) == {}


def test_the_latest_index_counts(kostroma: Municipality) -> None:
    scored(scored(kostroma, 2023, "large"), 2024, "big")
    solution(scored(scored(city("Буй", 100), 2023, "big"), 2024, "large"))
    assert teachers(kostroma) == {}


def test_an_own_solution_that_is_only_planned_teaches_nobody_off(kostroma: Municipality) -> None:
    scored(kostroma)
    solution(kostroma, stage="planned")
    solution(scored(city("Буй", 100)))
    assert teachers(kostroma) == {"Умное ЖКХ (2018)": ["Буй"]}


def test_an_unknown_group_is_said_once(kostroma: Municipality) -> None:
    page = text_of(Client().get("/municipalities/kostroma/"))
    assert page.count("Результатов индекса «IQ городов» пока нет: когда") == 1


def test_the_number_of_queries_does_not_grow(kostroma: Municipality) -> None:
    scored(kostroma)
    for number in range(6):
        solution(scored(city(f"Город {number}", 100 + number)), direction="ecology" if number % 2 else "utilities")
        with CaptureQueriesContext(connection) as asked:
            assert learning_of(kostroma, []).directions
        assert len(asked) == 4
