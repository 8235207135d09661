"""What came of a point, beside how far it is: outcomes of answers × steps × kinds of points, in words and colours."""

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from resolutions.due import overdue_for, tasks_for
from resolutions.execution.report import report_on
from resolutions.execution.results import with_results
from resolutions.models import (
    CarriedAsk,
    Correspondent,
    DecisionPoint,
    Resolution,
    StepRefused,
)
from resolutions.models.results import NAMED
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.resolutions.factory import answer, letter, send, step
from tests.resolutions.outcomes import (
    CLOSED,
    JULY,
    REPORTED,
    TODAY,
    Steps,
    appeal,
    go,
    result_waits,
    shown,
    void_answer,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


UNNAMED = "Ещё не назван"


@pytest.mark.parametrize(
    ("outcomes", "steps", "named", "reason", "sentence", "tone"),
    [
        ((), (), "", "", UNNAMED + " (по ответам: нет ответа по существу)", "todo"),  # sent, and late by now
        (("interim",), ("start",), "", "", UNNAMED + " (по ответам: нет ответа по существу)", "todo"),
        (("refused",), ("start",), "", "", UNNAMED + " (по ответам: отказано)", "todo"),
        (("refused",), REPORTED, "refused", "", "Отказано, по докладу", "todo"),
        (("refused",), CLOSED, "refused", "", "Отказано", "refused"),
        (("refused",), CLOSED, "achieved", "Закон принят.", "Достигнуто (по ответам: отказано)", "done"),
        (
            ("refused",),
            CLOSED,
            "achieved",
            "",
            "Достигнуто, ответами не подтверждается (по ответам: отказано)",
            "todo",
        ),
        (
            ("refused",),
            REPORTED,
            "achieved",
            "",
            "Достигнуто, по докладу, ответами не подтверждается (по ответам: отказано)",
            "todo",
        ),
        (("refused",), (*CLOSED, "reopen"), "refused", "", UNNAMED + " (по ответам: отказано)", "todo"),
        (("refused",), (*REPORTED, "return_for_rework"), "refused", "", UNNAMED + " (по ответам: отказано)", "todo"),
        (("refused",), ("cancel",), "", "", "Отпало (по ответам: отказано)", "off"),
        (("satisfied",), CLOSED, "achieved", "", "Достигнуто", "done"),
        (("satisfied",), CLOSED, "refused", "", "Отказано (по ответам: достигнуто)", "refused"),
        (("partly",), CLOSED, "partly", "", "Достигнуто частично", "partly"),
        (
            ("partly",),
            CLOSED,
            "achieved",
            "",
            "Достигнуто, ответами не подтверждается (по ответам: достигнуто частично)",
            "todo",
        ),
        (("not_considered",), CLOSED, "no_answer", "", "Нет ответа по существу", "refused"),
        ((), CLOSED, "no_answer", "", "Нет ответа по существу", "refused"),
        (("interim", "satisfied"), CLOSED, "achieved", "", "Достигнуто", "done"),
        (("refused", "satisfied"), CLOSED, "achieved", "", "Достигнуто", "done"),  # they changed their mind
        (("refused",), CLOSED, "no_evidence", "", "Сведений нет (по ответам: отказано)", "todo"),
    ],
)
def test_an_appeal_is_told_by_what_was_answered(
    appeal_point: DecisionPoint,
    secretariat: User,
    outcomes: Steps,
    steps: Steps,
    named: str,
    reason: str,
    sentence: str,
    tone: str,
) -> None:
    with at(TODAY):
        appeal(appeal_point, secretariat, *outcomes)
        go(appeal_point, steps, secretariat, named or "achieved", reason)
        found = shown(appeal_point)
    assert (found.sentence, found.tone) == (sentence, tone)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("named", "label", "tone"), [(one, one.label, one.tone) for one in NAMED])
def test_other_points_are_told_by_what_somebody_named(
    adopted: Resolution, secretariat: User, number: int, named: str, label: str, tone: str
) -> None:
    point = adopted.points.get(number=number)
    go(point, CLOSED, secretariat, named)
    assert (shown(point).sentence, shown(point).tone) == (label, tone)


def test_nothing_is_proposed_while_an_answer_is_waited_for(appeal_point: DecisionPoint, secretariat: User) -> None:
    with at("2024-07-20 12:00"):
        appeal(appeal_point, secretariat)
        assert shown(appeal_point).sentence == UNNAMED
        assert with_results([appeal_point])[0].shown_result == shown(appeal_point)  # type: ignore[attr-defined]


def test_nothing_is_proposed_while_an_answer_is_waited_for_without_a_day(
    appeal_point: DecisionPoint, secretariat: User
) -> None:
    with at(TODAY):
        answer(appeal(appeal_point, secretariat), by=secretariat, on=dt.date(2024, 8, 1), outcome="interim")
        assert shown(appeal_point).sentence == UNNAMED


def test_a_result_rests_on_its_own_day_and_on_what_is_known(appeal_point: DecisionPoint, secretariat: User) -> None:
    with at(TODAY):
        appealed = appeal(appeal_point, secretariat, "satisfied")
        go(appeal_point, CLOSED, secretariat)
        assert shown(appeal_point).is_supported
        answer(appealed, by=secretariat, on=dt.date(2025, 2, 1), outcome="refused", number="9")  # after it was named
        assert shown(appeal_point).sentence == "Достигнуто, ответами не подтверждается (по ответам: отказано)"
        assert result_waits(secretariat)
        void_answer("9", by=secretariat)
        assert shown(appeal_point).sentence == "Достигнуто"
        assert not result_waits(secretariat)
        void_answer("1/24", by=secretariat)
        assert shown(appeal_point).sentence.startswith("Достигнуто, ответами не подтверждается")
        assert result_waits(secretariat)


@pytest.mark.parametrize("reply_days", [30, None])
def test_whoever_answers_a_repetition_answers_the_first_letter(
    appeal_point: DecisionPoint, secretariat: User, reply_days: int | None
) -> None:
    """It carries the same ask; an answer to the first may be typed later than both."""
    with at(TODAY):
        first = letter(appeal_point.resolution, "appeal", point=appeal_point, reply_days=reply_days)
        send(first, by=secretariat, on=JULY)
        again = letter(appeal_point.resolution, "appeal", point=appeal_point, repeats=first, new_asks="")
        CarriedAsk.objects.create(letter=again, ask=first.asks.get())
        send(again, by=secretariat, on=dt.date(2024, 9, 10))
        answer(again, by=secretariat, on=dt.date(2024, 9, 20), number="20")
        assert shown(appeal_point).proposed == "achieved"
        answer(first, by=secretariat, on=dt.date(2024, 9, 5), outcome="refused", number="5")
        assert shown(appeal_point).proposed == "achieved"


def test_of_two_bodies_that_were_asked_the_better_answer_counts(appeal_point: DecisionPoint, secretariat: User) -> None:
    with at(TODAY):
        first = appeal(appeal_point, secretariat)
        ministry = Correspondent.objects.named("Минстрой России")
        again = letter(appeal_point.resolution, "appeal", point=appeal_point, correspondent=ministry, new_asks="")
        CarriedAsk.objects.create(letter=again, ask=first.asks.get())
        send(again, by=secretariat, on=dt.date(2024, 7, 20))
        answer(again, by=secretariat, on=dt.date(2024, 9, 1))
        answer(first, by=secretariat, on=dt.date(2024, 9, 20), outcome="refused")
        assert shown(appeal_point).proposed == "achieved"


@pytest.mark.parametrize("place", ["/", "{}", "{}points/2/"])
def test_the_public_reads_of_a_refusal_and_sees_no_success(
    appeal_point: DecisionPoint, secretariat: User, place: str
) -> None:
    address = place.format(appeal_point.resolution.get_absolute_url())
    with at(TODAY):
        appeal(appeal_point, secretariat, "refused")
        go(appeal_point, CLOSED, secretariat, "refused")
        page = Client().get(address).content.decode()
    assert '<span class="badge badge--refused">Отказано</span>' in page
    assert '<span class="badge badge--off">Снято с контроля</span>' in page
    assert "badge--done" not in page.partition("Пункт 2")[2].partition("Пункт 3")[0]
    assert "вх. №" not in page


def test_the_report_tells_it_as_of_any_day(client: Client, appeal_point: DecisionPoint, secretariat: User) -> None:
    with at(TODAY):
        appeal(appeal_point, secretariat, "refused")
        go(appeal_point, CLOSED, secretariat, "refused")
        address = reverse("execution", args=[appeal_point.resolution.slug])
        told = {
            day: [one.result.sentence for one in client.get(f"{address}?as_of={day}").context["report"].points][1]
            for day in ("2024-07-20", "2024-08-15", "2024-09-01")
        }
        page = client.get(f"{address}?as_of=2024-09-01").content.decode()
    assert told == {
        "2024-07-20": UNNAMED,
        "2024-08-15": f"{UNNAMED} (по ответам: отказано)",
        "2024-09-01": "Отказано",
    }
    assert "Результаты: отказано" in page
    assert "Результаты: ещё не назван" in page


def test_the_totals_keep_apart_what_is_not_borne_out_or_not_accepted(
    client: Client, adopted: Resolution, secretariat: User
) -> None:
    with at(TODAY):
        appeal(adopted.points.get(number=2), secretariat, "refused")
        go(adopted.points.get(number=2), CLOSED, secretariat)
        go(adopted.points.get(number=1), CLOSED, secretariat)
        go(adopted.points.get(number=3), REPORTED, secretariat)
        report = client.get(reverse("execution", args=[adopted.slug])).context["report"]
    assert [(line.label, line.number) for line in report.results] == [
        ("Достигнуто", 1),
        ("Достигнуто, ответами не подтверждается", 1),
        ("Достигнуто, по докладу", 1),
    ]


def test_off_control_no_answer_is_late_for_anybody(
    client: Client, client_for: ClientFor, appeal_point: DecisionPoint, secretariat: User, kostroma_official: User
) -> None:
    with at(TODAY):
        sent = appeal(appeal_point, secretariat)
        assert [one.key for one in overdue_for(secretariat, dt.date(2025, 3, 1))] == [
            f"letter-{sent.pk}-{sent.correspondent_id}"
        ]
        go(appeal_point, CLOSED, secretariat, "no_answer")
        for user in (secretariat, kostroma_official):
            tasks = [*tasks_for(user, dt.date(2025, 3, 1)), *overdue_for(user, dt.date(2025, 3, 1))]
            assert not any(one.key.startswith("letter") for one in tasks)
        assert "Просрочено" not in client.get("/letters/").content.decode()
        report = report_on(appeal_point.resolution, dt.date(2025, 3, 1), with_letters=True)
        then = report_on(appeal_point.resolution, dt.date(2024, 8, 20), with_letters=True)
    assert report.correspondence and then.correspondence
    assert (report.correspondence.counts.waiting, report.correspondence.counts.overdue) == (0, 0)
    assert then.correspondence.counts.overdue == 1


def test_a_result_that_reads_otherwise_by_what_was_recorded_later_is_marked(
    appeal_point: DecisionPoint, secretariat: User
) -> None:
    with at("2024-12-01 12:00"):
        appealed = appeal(appeal_point, secretariat)
        go(appeal_point, CLOSED, secretariat, "no_answer")
    with at("2024-12-10 12:00"):
        step(appealed, "extend", by=secretariat, on=dt.date(2024, 8, 20), due_on=dt.date(2024, 12, 31))
        told = report_on(appeal_point.resolution, dt.date(2024, 12, 1), with_letters=False)
        known = report_on(
            appeal_point.resolution, dt.date(2024, 12, 1), known_on=dt.date(2024, 12, 1), with_letters=False
        )
    assert (told.points[1].result.is_supported, told.points[1].result_is_late, told.has_late) == (False, True, True)
    assert (known.points[1].result.sentence, known.points[1].result_is_late) == ("Нет ответа по существу", False)


def test_the_kind_stays_once_letters_or_progress_rest_on_it(adopted: Resolution, secretariat: User) -> None:
    """A refused appeal would read as a success once it is an assignment, which no answers are asked about."""
    with at(TODAY):
        appeal(adopted.points.get(number=2), secretariat, "refused")
        go(adopted.points.get(number=2), CLOSED, secretariat)
        adopted.refresh_from_db()
        adopted.reopen(version=adopted.version, by=secretariat, reason="Ошибка.")
        adopted.refresh_from_db()
        text = adopted.text
        points = tuple(replace(one, kind="assignment") if one.number == 2 else one for one in text.points)
        with pytest.raises(StepRefused, match="Вид пункта 2 не меняют"):
            adopted.revise(replace(text, points=points), version=adopted.version, by=secretariat)
    assert adopted.points.get(number=2).kind == "appeal"
