"""What waits for somebody about information exchange."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import Visitor
from accounts.models import User
from accounts.tasks import Task
from municipalities.models import Municipality, Representative
from municipalities.surveys.due import tasks_for
from municipalities.surveys.models import RoundAction
from tests.accounts.terms import appointed
from tests.municipalities.factory import city
from tests.municipalities.surveys.factory import DAY, a_round, response_of, say


def tasks(user: Visitor, prefix: str = "") -> list[Task]:
    return [task for task in tasks_for(user, timezone.localdate()) if task.key.startswith(prefix)]


def only(user: Visitor, prefix: str) -> Task:
    (task,) = tasks(user, prefix)
    return task


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


def test_a_round_that_is_prepared_waits_to_be_opened(secretariat: User, chair: User, kostroma: Municipality) -> None:
    survey = a_round(kostroma)
    task = only(secretariat, "round")
    assert (task.due_on, task.url) == (None, survey.get_absolute_url())
    assert task.why == "Обмен готовится: проверьте вопросы и откройте его"
    assert tasks(chair) == []
    survey.move(RoundAction.OPEN, by=secretariat)
    assert only(secretariat, "round").key != task.key


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


def test_a_round_is_to_be_answered_until_its_last_day(
    secretariat: User, kostroma: Municipality, kostroma_official: User, arkhangelsk_official: User
) -> None:
    survey = a_round(kostroma, opened_by=secretariat)
    task = only(kostroma_official, "response")
    assert (task.due_on, task.why) == (survey.closes_on, "Кострома: ответьте на вопросы")
    assert task.url == f"/surveys/{survey.pk}/responses/kostroma/answer/"
    assert tasks(arkhangelsk_official, "response") == []
    response = response_of(survey, kostroma)
    response.open(by=None)
    unsaved = "Кострома: форма открыта, но ничего не сохранено: ответьте на вопросы"
    assert only(kostroma_official, "response").why == unsaved
    say(response, submit=False)
    assert only(kostroma_official, "response").why == "Кострома: черновик сохранён, отправьте ответ"
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


def test_nothing_waits_for_the_chair(kostroma: Municipality, secretariat: User, chair: User) -> None:
    say(response_of(a_round(kostroma, opened_by=secretariat), kostroma))
    assert tasks(chair) == []


def many(secretariat: User, official: User, count: int) -> None:
    """Cities of one official, each in two rounds."""
    for number in range(count):
        one = city(f"Город {number} из {count}", 100 * count + number)
        Representative.objects.create(user=official, municipality=one)
        say(response_of(a_round(one, opened_by=secretariat), one))
        a_round(one, opened_by=secretariat)


@pytest.mark.parametrize(("who", "queries"), [("secretariat", 2), ("kostroma_official", 2), ("chair", 0)])
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


def test_an_official_who_stands_in_for_the_chair_answers_for_no_other_city(
    secretariat: User, kostroma: Municipality, arkhangelsk: Municipality, kostroma_official: User
) -> None:
    a_round(kostroma, arkhangelsk, opened_by=secretariat)
    appointed(kostroma_official, by=secretariat)
    user = User.objects.get(pk=kostroma_official.pk)
    assert [one.why for one in tasks_for(user, timezone.localdate())] == ["Кострома: ответьте на вопросы"]
