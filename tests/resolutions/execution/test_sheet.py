"""The control sheet: the points of all decisions, on any day, by what is asked."""

import datetime as dt
import re
from io import BytesIO
from itertools import permutations
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from municipalities.models import Municipality
from municipalities.seed import seed_municipalities
from resolutions.execution.results import HowNamed
from resolutions.execution.sheet_listing import in_order
from resolutions.models import DecisionPoint, Instruction, Party, PointAction, PointResult, Resolution, UnionBody
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.papers import paper
from tests.resolutions.factory import decision, point_step
from tests.resolutions.pdf import words_of
from tests.resolutions.steps import assign

pytestmark = pytest.mark.slow


class Decisions:
    """Two decisions, of 27 June 2024 and 3 March 2025; the assignment of the first is a city's."""

    def __init__(self, by: User) -> None:
        self.by = by
        with at("2024-06-27 12:00"):
            seed_municipalities()
            self.first = decision("recommendation", "appeal", "assignment", by=by, slug="first")
        with at("2025-03-03 12:00"):
            self.second = decision("assignment", by=by, slug="second", adopted_on=dt.date(2025, 3, 3))
        self.city = Municipality.objects.get(slug="kostroma")
        with at("2024-07-05 12:00"):
            assign(self.point(3), Party.objects.of_municipality(self.city.pk), by=by, due_on=dt.date(2024, 12, 1))
            point_step(self.point(3), PointAction.START, by=by)
        with at("2025-01-10 12:00"):
            point_step(
                self.point(3), PointAction.REPORT, by=by, on=dt.date(2025, 1, 9), result="partly", reason="Не всё."
            )
        with at("2025-04-01 12:00"):
            point_step(self.point(1), PointAction.CANCEL, by=by, on=dt.date(2025, 3, 31), text="Отпало.")

    def point(self, number: int, resolution: Resolution | None = None) -> DecisionPoint:
        return (resolution or self.first).points.get(number=number)


@pytest.fixture
def decisions(secretariat: User) -> Decisions:
    return Decisions(secretariat)


def read_pdf(content: bytes) -> str:
    return " ".join(words_of(content))


def told(client: Client, **asked: str) -> list[str]:
    """The rows that an address leaves: decision, number, state."""
    answer: Any = client.get(reverse("points"), asked)
    assert answer.status_code == 200
    rows = answer.context["listing"].rows()
    return [f"{row.decision.slug} {row.number} {row.state_in_words}".replace("\xa0", " ") for row in rows]


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        (
            {},
            [
                "second 1 Не начато",
                "first 1 Исполнение отменено",
                "first 2 Не начато",
                "first 3 Доложено с опозданием на 39 дней",
            ],
        ),
        ({"as_of": "2024-06-26"}, []),
        ({"as_of": "2024-07-04"}, ["first 1 Не начато", "first 2 Не начато", "first 3 Не начато"]),
        ({"as_of": "2024-12-02", "due": "late"}, ["first 3 В работе, срок прошёл"]),
        ({"as_of": "2024-12-01", "due": "late"}, []),
        ({"as_of": "2025-01-09", "state": "reported"}, ["first 3 Доложено с опозданием на 39 дней"]),
        ({"as_of": "2025-01-09", "known_on": "2025-01-09", "state": "in_progress"}, ["first 3 В работе, срок прошёл"]),
        ({"decision": "second"}, ["second 1 Не начато"]),
        ({"control": "no"}, ["first 1 Исполнение отменено"]),
        ({"control": "yes", "decision": "first"}, ["first 2 Не начато", "first 3 Доложено с опозданием на 39 дней"]),
        ({"result": "partly", "how": "reported"}, ["first 3 Доложено с опозданием на 39 дней"]),
        ({"result": "lapsed"}, ["first 1 Исполнение отменено"]),
        ({"due": "given"}, ["first 3 Доложено с опозданием на 39 дней"]),
        ({"due": "lifted"}, []),
        ({"due": "none", "decision": "first"}, ["first 1 Исполнение отменено", "first 2 Не начато"]),
        ({"controller": "chair", "decision": "second"}, ["second 1 Не начато"]),
        ({"responsible": "secretariat", "decision": "first"}, ["first 1 Исполнение отменено", "first 2 Не начато"]),
    ],
)
def test_the_sheet_holds_what_is_asked_for(
    decisions: Decisions, client: Client, asked: dict[str, str], rows: list[str]
) -> None:
    assert told(client, **asked) == rows


def test_a_party_is_found_by_its_key(decisions: Decisions, client: Client) -> None:
    party = Party.objects.of_municipality(decisions.city.pk)
    assert told(client, responsible=str(party.pk)) == ["first 3 Доложено с опозданием на 39 дней"]
    assert told(client, responsible=str(party.pk), as_of="2024-07-04") == []
    choices: Any = client.get(reverse("points")).context["listing"].form.fields["responsible"].choices
    assert [label for _, label in choices] == ["Любой", "Кострома", "Секретариат Союза"]


def test_a_lifted_deadline_is_told(decisions: Decisions, client: Client) -> None:
    lifted = Instruction(lifts_due=True)
    point_step(decisions.point(3), PointAction.RETURN_FOR_REWORK, by=decisions.by, on=dt.date(2025, 2, 1))
    point_step(decisions.point(3), PointAction.EXTEND, by=decisions.by, on=dt.date(2025, 2, 2), instruction=lifted)
    assert told(client, due="lifted") == ["first 3 В работе"]
    sheet: Any = load_workbook(BytesIO(paper(client, reverse("points_xlsx")).content)).active
    due = [str(row[8]).replace("\xa0", " ") for row in sheet.iter_rows(values_only=True)]
    assert due[-4:] == ["не установлен", "не установлен", "не установлен", "снят 2 февраля 2025 г."]
    page = client.get(reverse("points"), {"due": "lifted"}).content.decode().replace("\xa0", " ")
    assert "снят 2 февраля 2025 г." in page


def test_what_was_decided_late_is_not_known_before(decisions: Decisions, client: Client) -> None:
    with at("2025-05-05 12:00"):
        decision("assignment", by=decisions.by, slug="typed-late", adopted_on=dt.date(2020, 2, 2))
    assert told(client, as_of="2021-01-01") == ["typed-late 1 Не начато"]
    assert told(client, as_of="2025-05-04", known_on="2025-05-04", decision="typed-late") == []
    assert told(client, as_of="2025-05-05", known_on="2025-05-05", decision="typed-late") == ["typed-late 1 Не начато"]


def test_results_are_told_in_one_order_whichever_process_tells_them() -> None:
    """Sets are in another order in each process: the worker's paper would never be the one that was asked for."""
    told = [(PointResult.ACHIEVED, how, str(how)) for how in HowNamed]
    orders = {tuple(sorted(some, key=in_order)) for some in permutations(told)}
    assert orders == {tuple(told)}


def test_drafts_are_on_nobodys_sheet(decisions: Decisions, draft: Resolution, client_for: ClientFor) -> None:
    assert not any(draft.slug in row for row in told(client_for(decisions.by)))


@pytest.mark.parametrize("asked", ["state=vanished", "as_of=2999-01-01", "decision=none", "responsible=0", "due=%00"])
@pytest.mark.parametrize("name", ["points", "points_pdf", "points_xlsx"])
def test_an_address_that_makes_no_sense_gets_the_page_with_its_sentence(
    decisions: Decisions, client: Client, name: str, asked: str
) -> None:
    answer = client.get(f"{reverse(name)}?{asked}")
    assert answer.status_code == 422
    assert "покажите все пункты" in answer.content.decode()


def test_figures_open_as_many_rows_as_they_say(decisions: Decisions, client: Client) -> None:
    listing: Any = client.get(reverse("points"), {"as_of": "2025-01-09"}).context["listing"]
    assert {one.label: one.number for one in listing.figures} == {
        "Не начато": 2,
        "Доложено": 1,
        "Результат: достигнуто частично, по докладу": 1,
        "Результат: ещё не назван": 2,
    }
    for one in listing.figures:
        opened: Any = client.get(one.url).context["listing"]
        assert len(opened.rows()) == one.number, one.label


def test_queries_do_not_grow_with_decisions(
    decisions: Decisions, client: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(40) as first:
        client.get(reverse("points"))
    for year in range(2010, 2020):
        decision("assignment", "appeal", by=decisions.by, slug=f"of-{year}", adopted_on=dt.date(year, 5, 5))
    with django_assert_num_queries(len(first)):
        client.get(reverse("points"))


def test_the_workbook_holds_the_same_rows(decisions: Decisions, client: Client) -> None:
    answer = paper(client, reverse("points_xlsx") + "?as_of=2025-01-09&known_on=2025-01-10&decision=first&due=given")
    sheet: Any = load_workbook(BytesIO(answer.content)).active
    rows = [[str(cell).replace("\xa0", " ") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert [row[0] for row in rows[:4]] == [
        "Контроль исполнения решений СГЦСЗР",
        "По состоянию на 9 января 2025 г.",
        "Учтено только то, что внесено в портал не позднее 10 января 2025 г.",
        f"Отбор: Решение – 27 июня 2024 г. {decisions.first.title}; Срок – Установлен",
    ]
    assert rows[5][2:] == [
        "№ решения", "Пункт", "Вид", "Что решено", "Ответственный", "Контролирует", "Срок", "Состояние", "Результат",
        "Срок прошёл", "Внесено позже",
    ]  # fmt: skip
    assert len(rows) == 7
    assert rows[6][6:] == [
        "Кострома", "Председатель Союза", "2024-12-01 00:00:00", "Доложено с опозданием на 39 дней",
        "Достигнуто частично, по докладу", "нет", "внесено позже отчётной даты",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "late"),
    [
        ("as_of=2024-07-05", []),
        ("as_of=2025-01-09", ["3"]),
        ("as_of=2025-01-09&known_on=2025-01-09", []),
        ("as_of=2025-01-10", []),
        ("as_of=2025-03-31&decision=first", ["1"]),
        ("as_of=2025-03-31&known_on=2025-04-01&decision=first", ["1"]),
        ("", []),
    ],
)
def test_what_was_recorded_later_is_marked(decisions: Decisions, client: Client, days: str, late: list[str]) -> None:
    rows = client.get(reverse("points") + f"?{days}").content.decode().split("<tr")
    marked = [row for row in rows if "внесено позже отчётной даты" in row]
    assert [found[1] for row in marked if (found := re.search(r"Пункт\s(\d+)", row))] == late
    sheet: Any = load_workbook(BytesIO(paper(client, f"{reverse('points_xlsx')}?{days}").content)).active
    told = [str(row[3]) for row in sheet.iter_rows(values_only=True) if row[-1] == "внесено позже отчётной даты"]
    assert told == late
    printed = read_pdf(paper(client, f"{reverse('points_pdf')}?{days}").content)
    assert printed.count("(внесено позже отчётной даты)") == len(late)


def test_a_decision_that_was_recorded_later_is_marked_whole(decisions: Decisions, client: Client) -> None:
    with at("2025-05-05 12:00"):
        decision("assignment", by=decisions.by, slug="typed-later", adopted_on=dt.date(2024, 7, 1))
    asked = reverse("points") + "?decision=typed-later&as_of="
    assert client.get(f"{asked}2025-05-04").content.decode().count("внесено позже отчётной даты") == 1
    assert client.get(f"{asked}2025-05-05").content.decode().count("внесено позже отчётной даты") == 0


def test_the_annex_prints_a_table_for_each_decision(decisions: Decisions, client: Client) -> None:
    printed = read_pdf(paper(client, reverse("points_pdf") + "?as_of=2024-12-02").content)
    assert "Контроль исполнения решений" in printed
    assert "По состоянию на 2 декабря 2024 г." in printed
    assert "Всего 3 пункта: не начато – 2; в работе – 1; результат: ещё не назван – 3; срок прошёл – 1." in printed
    assert "Решение от 27 июня 2024 г." in printed
    assert "Решение от 3 марта 2025 г." not in printed
    assert "В работе Результат: ещё не назван" in printed
    both = read_pdf(paper(client, reverse("points_pdf")).content)
    assert both.index("Решение от 3 марта 2025 г.") < both.index("Решение от 27 июня 2024 г.")
    none = read_pdf(paper(client, reverse("points_pdf") + "?as_of=2020-01-01").content)
    assert "Таких пунктов нет." in none


def test_the_sheet_is_named_by_the_body_that_stands_there(decisions: Decisions, client: Client) -> None:
    board = Party.objects.of_body(UnionBody.BOARD)
    assign(decisions.point(1, decisions.second), board, by=decisions.by, on=dt.date(2025, 3, 4))
    assert told(client, responsible="board") == ["second 1 Не начато"]
