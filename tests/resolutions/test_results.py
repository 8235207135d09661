"""What came of a point, beside how far it is: outcomes of answers × steps × kinds of points, in words and colours."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from resolutions.due import overdue_for, tasks_for
from resolutions.execution.report import report_on
from resolutions.execution.results import ShownResult, results_today, with_results
from resolutions.models import DecisionPoint, Letter, PointAction, ProgressEntry, Resolution, StepRefused
from resolutions.models.results import NAMED
from tests.conftest import ClientFor
from tests.municipalities.factory import at
from tests.resolutions.factory import answer, letter, point_step, send, step, void

pytestmark = pytest.mark.django_db
TODAY = "2025-03-01 12:00"
JULY, AUGUST = dt.date(2024, 7, 8), dt.date(2024, 8, 1)
REPORTED = ("start", "report")
CLOSED = (*REPORTED, "close")
Steps = tuple[str, ...]


@pytest.fixture
def client(client_for: ClientFor, secretariat: User) -> Client:
    return client_for(secretariat)


@pytest.fixture
def appeal_point(adopted: Resolution) -> DecisionPoint:
    return adopted.points.get(number=2)


def appeal(point: DecisionPoint, by: User, *outcomes: str) -> Letter:
    """An appeal that left and was answered so."""
    found = letter(point.resolution, "appeal", point=point)
    send(found, by=by, on=JULY)
    for number, outcome in enumerate(outcomes, start=1):
        answer(found, by=by, on=AUGUST, outcome=outcome, number=f"{number}")
    return found


def go(point: DecisionPoint, steps: Steps, by: User, result: str = "achieved", reason: str = "") -> DecisionPoint:
    """Take steps on the first of September, each naming this result where one is asked."""
    for action in steps:
        point_step(point, action, by=by, on=dt.date(2024, 9, 1), result=result, reason=reason)
    return DecisionPoint.objects.get(pk=point.pk)


def shown(point: DecisionPoint) -> ShownResult:
    return results_today([DecisionPoint.objects.get(pk=point.pk)])[point.pk]


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
        (("supported",), CLOSED, "achieved", "", "Достигнуто", "done"),
        (("supported",), CLOSED, "refused", "", "Отказано (по ответам: достигнуто)", "refused"),
        (("partly",), CLOSED, "partly", "", "Достигнуто частично", "partly"),
        (
            ("partly",),
            CLOSED,
            "achieved",
            "",
            "Достигнуто, ответами не подтверждается (по ответам: достигнуто частично)",
            "todo",
        ),
        (("noted",), CLOSED, "no_answer", "", "Нет ответа по существу", "refused"),
        ((), CLOSED, "no_answer", "", "Нет ответа по существу", "refused"),
        (("interim", "supported"), CLOSED, "achieved", "", "Достигнуто", "done"),
        (("refused", "supported"), CLOSED, "achieved", "", "Достигнуто", "done"),  # they changed their mind
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


def test_a_result_rests_on_its_own_day_and_on_what_is_known(appeal_point: DecisionPoint, secretariat: User) -> None:
    with at(TODAY):
        appealed = appeal(appeal_point, secretariat, "supported")
        go(appeal_point, CLOSED, secretariat)
        assert shown(appeal_point).is_supported
        answer(appealed, by=secretariat, on=dt.date(2025, 2, 1), outcome="refused", number="9")  # after it was named
        assert shown(appeal_point).sentence == "Достигнуто, ответами не подтверждается (по ответам: отказано)"
        assert result_waits(secretariat)
        void(appealed.steps.get(reply__number="9"), by=secretariat)
        assert shown(appeal_point).sentence == "Достигнуто"
        assert not result_waits(secretariat)
        void(appealed.steps.get(reply__number="1"), by=secretariat)
        assert shown(appeal_point).sentence.startswith("Достигнуто, ответами не подтверждается")
        assert result_waits(secretariat)


def result_waits(user: User) -> list[str]:
    """What is asked of somebody about results."""
    return [one.why for one in tasks_for(user, dt.date(2025, 3, 1)) if one.key.startswith("result-")]


def test_a_yes_that_comes_after_closing_asks_for_a_new_result(appeal_point: DecisionPoint, secretariat: User) -> None:
    with at(TODAY):
        appealed = appeal(appeal_point, secretariat)
        go(appeal_point, CLOSED, secretariat, "no_answer")
        assert result_waits(secretariat) == []
        answer(appealed, by=secretariat, on=dt.date(2025, 2, 1), outcome="supported", number="9")
        assert result_waits(secretariat) == [
            "Назовите результат заново: Нет ответа по существу (по ответам: достигнуто)"
        ]
        point_step(appeal_point, "result", by=secretariat, on=dt.date(2025, 3, 1))
        assert (shown(appeal_point).sentence, result_waits(secretariat)) == ("Достигнуто", [])


def test_a_decision_that_is_open_again_asks_for_no_result(appeal_point: DecisionPoint, secretariat: User) -> None:
    with at(TODAY):
        appeal(appeal_point, secretariat, "refused")
        go(appeal_point, CLOSED, secretariat)
        assert result_waits(secretariat)
        Resolution.objects.update(status="draft")
        assert result_waits(secretariat) == []
        Resolution.objects.update(status="adopted")


@pytest.mark.parametrize("reply_days", [30, None])
def test_whoever_answers_a_repetition_answers_the_first_letter(
    appeal_point: DecisionPoint, secretariat: User, reply_days: int | None
) -> None:
    """To another addressee, or with its wording corrected; an answer to the first may be typed later than both."""
    with at(TODAY):
        first = letter(appeal_point.resolution, "appeal", point=appeal_point, reply_days=reply_days)
        send(first, by=secretariat, on=JULY)
        again = letter(
            appeal_point.resolution, "appeal", point=appeal_point, repeats=first, addressee="Министерство строительства"
        )
        send(again, by=secretariat, on=dt.date(2024, 9, 10))
        answer(again, by=secretariat, on=dt.date(2024, 9, 20), outcome="supported", number="20")
        assert shown(appeal_point).proposed == "achieved"
        answer(first, by=secretariat, on=dt.date(2024, 9, 5), outcome="refused", number="5")
        assert shown(appeal_point).proposed == "achieved"


def test_a_result_without_its_answers_waits_for_the_secretariat_off_control_too(
    appeal_point: DecisionPoint, secretariat: User
) -> None:
    with at(TODAY):
        appeal(appeal_point, secretariat, "refused")
        go(appeal_point, CLOSED, secretariat)
        assert result_waits(secretariat) == [
            "Назовите результат заново: Достигнуто, ответами не подтверждается (по ответам: отказано)"
        ]
        point_step(appeal_point, "result", by=secretariat, reason="Закон принят.", on=dt.date(2025, 3, 1))
        assert result_waits(secretariat) == []
    appeal_point.refresh_from_db()
    assert (appeal_point.state, appeal_point.result_reason) == ("closed", "Закон принят.")


# --- the form ---


def post(client: Client, point: DecisionPoint, action: str, **said: Any) -> Any:
    point.refresh_from_db()
    address = reverse("point_step", args=[point.resolution.slug, point.number, action])
    data = {"text": "Дело.", "happened_on": "2025-03-01", "version": point.version} | said
    return client.post(address, data)


@pytest.mark.parametrize(
    ("outcome", "said", "refused"),
    [
        ("refused", {"result": "refused"}, ""),
        ("refused", {"result": "achieved"}, "Портал предлагает по ответам другой результат"),
        ("refused", {"result": "achieved", "result_reason": "Закон принят."}, ""),
        ("refused", {"result": "achieved", "happened_on": "2025-02-28"}, ""),  # typed in late
        ("", {"result": "refused"}, "Портал ничего не предлагает"),
        ("", {"result": "refused", "result_reason": "Сказали по телефону."}, ""),
        ("refused", {"result": ""}, "Обязательное поле"),
        ("refused", {"result": "unnamed"}, "Выберите корректный вариант"),
    ],
)
def test_another_result_than_the_proposed_needs_its_reason(
    client: Client, appeal_point: DecisionPoint, secretariat: User, outcome: str, said: dict[str, str], refused: str
) -> None:
    with at(TODAY):
        if outcome:
            appeal(appeal_point, secretariat, outcome)
        point_step(appeal_point, "start", by=secretariat)
        answered = post(client, appeal_point, "report", **said)
    assert answered.status_code == (422 if refused else 302)
    assert refused in answered.content.decode()
    assert ProgressEntry.objects.filter(action=PointAction.REPORT).exists() != bool(refused)


def test_the_form_opens_with_what_is_proposed_and_then_with_what_was_reported(
    client: Client, appeal_point: DecisionPoint, secretariat: User
) -> None:
    with at(TODAY):
        appeal(appeal_point, secretariat, "refused")
        point_step(appeal_point, "start", by=secretariat)
        address = reverse("point_step", args=[appeal_point.resolution.slug, 2, "report"])
        form = client.get(address).context["form"]
        assert form["result"].value() == "refused"
        assert form["result"].help_text == "По ответам портал предлагает: отказано."
        post(client, appeal_point, "report", result="partly", result_reason="Обещали устно.")
        form = client.get(address.replace("report", "close")).context["form"]
    assert (form["result"].value(), form["result_reason"].value()) == ("partly", "Обещали устно.")


def test_whoever_accepts_a_result_accepts_its_reason(
    client: Client, appeal_point: DecisionPoint, secretariat: User
) -> None:
    with at(TODAY):
        appeal(appeal_point, secretariat, "refused")
        go(appeal_point, REPORTED, secretariat, "achieved", "Закон принят.")
        assert post(client, appeal_point, "close", result="achieved", result_reason="Закон принят.").status_code == 302
        assert shown(appeal_point).sentence == "Достигнуто (по ответам: отказано)"


def test_a_result_may_be_named_on_a_closed_point_and_on_no_cancelled_one(
    client: Client, appeal_point: DecisionPoint, secretariat: User
) -> None:
    with at(TODAY):
        go(appeal_point, CLOSED, secretariat, "refused", "Так сказали.")
        assert post(client, appeal_point, "result", result="achieved").status_code == 422
        said = {"result": "achieved", "result_reason": "Закон принят."}
        assert post(client, appeal_point, "result", **said).status_code == 302
        assert shown(appeal_point).sentence == "Достигнуто"
        for action in ("reopen", "cancel"):
            point_step(appeal_point, action, by=secretariat, on=dt.date(2025, 3, 1))
        assert post(client, appeal_point, "result", result="achieved").status_code == 403
    assert shown(appeal_point).label == "Отпало"


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
        assert [one.key for one in overdue_for(secretariat, dt.date(2025, 3, 1))] == [f"letter-{sent.pk}"]
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
