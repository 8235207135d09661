"""What waits for somebody about municipalities."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import Visitor
from accounts.models import User
from accounts.tasks import Task
from municipalities.due import tasks_for
from municipalities.models import Municipality, PracticeRequest, Representative, RequestStepKind, RoundAction
from tests.municipalities.factory import city, statement
from tests.municipalities.practices.factory import practice
from tests.municipalities.surveys.factory import DAY, a_round, response_of, say


def tasks(user: Visitor, prefix: str = "") -> list[Task]:
    return [task for task in tasks_for(user, timezone.localdate()) if task.key.startswith(prefix)]


def only(user: Visitor, prefix: str) -> Task:
    (task,) = tasks(user, prefix)
    return task


# --- the secretariat ---


@pytest.mark.parametrize(("left", "urgency"), [(8, "in_time"), (7, "soon"), (0, "soon")])
def test_an_open_round_waits_until_its_last_day(
    secretariat: User, kostroma: Municipality, arkhangelsk: Municipality, left: int, urgency: str
) -> None:
    closes_on = timezone.localdate() + left * DAY
    survey = a_round(kostroma, arkhangelsk, opened_by=secretariat, closes_on=closes_on)
    say(response_of(survey, kostroma))
    task = tasks(secretariat, "round")[0]
    assert (task.due_on, task.urgency, task.url) == (closes_on, urgency, survey.get_absolute_url())
    assert task.why == "Ответили 1 из 2: напомните остальным"


def test_a_round_that_nobody_closed_is_overdue(secretariat: User, kostroma: Municipality) -> None:
    survey = a_round(kostroma, opened_by=secretariat)
    type(survey).objects.filter(pk=survey.pk).update(opens_on="2024-01-01", closes_on="2024-02-01")
    task = only(secretariat, "round")
    assert (task.urgency, task.why.partition(",")[0]) == ("overdue", "Приём ответов окончен")
    survey.move(RoundAction.CLOSE, by=secretariat)
    assert tasks(secretariat, "round") == []


def test_sent_answers_wait_to_be_accepted_together(
    secretariat: User, kostroma: Municipality, arkhangelsk: Municipality
) -> None:
    survey = a_round(kostroma, arkhangelsk, opened_by=secretariat)
    for one in (kostroma, arkhangelsk):
        say(response_of(survey, one))
    assert [task.why for task in tasks(secretariat, "round")] == [
        "Ответили все: обмен можно закрыть",
        "Проверьте и примите: 2\u00a0ответа",
    ]
    response = response_of(survey, kostroma)
    response.accept(version=response.version, by=secretariat)
    assert tasks(secretariat, "round")[1].why == "Проверьте и примите: 1\u00a0ответ"


def test_a_letter_about_a_practice_that_failed_waits_until_it_leaves(
    secretariat: User, kostroma: Municipality, arkhangelsk: Municipality, arkhangelsk_official: User
) -> None:
    asked = PracticeRequest.ask(practice(kostroma), arkhangelsk, question="Как?", by=arkhangelsk_official)
    assert "Письмо с вопросом не отправлено" in only(secretariat, "question").why
    asked.note(RequestStepKind.QUESTION_SENT, by=secretariat)
    assert tasks(secretariat, "question") == []
    asked.answer_with("Так.", by=secretariat)
    task = only(secretariat, "question")
    assert ("Письмо с ответом не отправлено" in task.why, task.url) == (True, asked.get_absolute_url())
    asked.note(RequestStepKind.ANSWER_SENT, by=secretariat)
    assert tasks(secretariat, "question") == []


# --- officials ---


@pytest.mark.parametrize(("ago", "urgency"), [(165, "in_time"), (166, "soon"), (180, "soon"), (181, "overdue")])
def test_a_status_is_due_on_the_last_day_on_which_it_is_recent(
    kostroma: Municipality, kostroma_official: User, ago: int, urgency: str
) -> None:
    today = timezone.localdate()
    statement(kostroma, on=str(today - ago * DAY))
    task = only(kostroma_official, "status")
    assert (task.due_on, task.urgency) == (today + (180 - ago) * DAY, urgency)
    assert ("устарели" in task.why) == (urgency == "overdue")
    assert Municipality.objects.with_participation().stale().exists() == (urgency == "overdue")


@pytest.mark.parametrize("stated", [False, True])
def test_an_unknown_status_has_no_day(kostroma: Municipality, kostroma_official: User, stated: bool) -> None:
    if stated:
        statement(kostroma, status="unknown")
    task = only(kostroma_official, "status")
    assert (task.urgency, task.why) == ("none", "Статус участия неизвестен: внесите сведения")
    assert task.url == "/municipalities/kostroma/participation/"


def test_a_round_is_to_be_answered_until_its_last_day(
    secretariat: User, kostroma: Municipality, kostroma_official: User, arkhangelsk_official: User
) -> None:
    survey = a_round(kostroma, opened_by=secretariat)
    task = only(kostroma_official, "response")
    assert (task.due_on, task.why) == (survey.closes_on, "Кострома: ответьте на вопросы")
    assert task.url == f"/surveys/{survey.pk}/responses/kostroma/answer/"
    assert tasks(arkhangelsk_official, "response") == []
    response = response_of(survey, kostroma)
    say(response, submit=False)
    assert "черновик сохранён" in only(kostroma_official, "response").why
    say(response)
    assert tasks(kostroma_official, "response") == []
    response.send_back(remark="Уточните", version=response.version, by=secretariat)
    assert "возвращён на доработку" in only(kostroma_official, "response").why


@pytest.mark.parametrize("days", [("2020-01-01", "2020-02-01"), ("2099-01-01", "2099-02-01")])
def test_a_round_that_takes_no_answers_today_is_not_to_be_answered(
    secretariat: User, kostroma: Municipality, kostroma_official: User, days: tuple[str, str]
) -> None:
    survey = a_round(kostroma, opened_by=secretariat)
    type(survey).objects.filter(pk=survey.pk).update(opens_on=days[0], closes_on=days[1])
    assert tasks(kostroma_official, "response") == []


def test_a_question_waits_for_the_owner_alone(
    kostroma: Municipality, arkhangelsk: Municipality, kostroma_official: User, arkhangelsk_official: User
) -> None:
    asked = PracticeRequest.ask(practice(kostroma), arkhangelsk, question="Как?", by=arkhangelsk_official)
    task = only(kostroma_official, "question")
    assert (task.url, task.why) == (asked.get_absolute_url(), "Архангельск спрашивает: ответьте")
    assert tasks(arkhangelsk_official, "question") == []
    asked.answer_with("Так.", by=kostroma_official)
    assert tasks(kostroma_official, "question") == []


def test_nothing_waits_for_the_chair_and_for_who_is_switched_off(
    kostroma: Municipality, kostroma_official: User, chair: User
) -> None:
    assert len(tasks(kostroma_official)) == 1
    kostroma_official.is_active = False
    assert tasks(kostroma_official) == tasks(chair) == []


def many(secretariat: User, official: User, count: int) -> None:
    """Cities of one official, with statuses, rounds and questions."""
    for number in range(count):
        one = city(f"Город {number} из {count}", 100 * count + number)
        Representative.objects.create(user=official, municipality=one)
        statement(one, on="2024-01-01")
        say(response_of(a_round(one, opened_by=secretariat), one))
        a_round(one, opened_by=secretariat)
        PracticeRequest.ask(practice(one), one, question="Как?", by=official)


@pytest.mark.parametrize(("who", "queries"), [("secretariat", 3), ("kostroma_official", 3), ("chair", 0)])
def test_the_number_of_queries_does_not_grow(
    secretariat: User, kostroma_official: User, request: pytest.FixtureRequest, who: str, queries: int
) -> None:
    user = request.getfixturevalue(who)
    found = []
    for count in (1, 5):
        many(secretariat, kostroma_official, count)
        with CaptureQueriesContext(connection) as asked:
            found.append(len(tasks_for(user, timezone.localdate())))
        assert len(asked) == queries
    assert found == [0, 0] if who == "chair" else found[0] < found[1]
