"""What waits for somebody about municipalities."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import Visitor
from accounts.models import User
from accounts.tasks import Task
from municipalities.due import tasks_for
from municipalities.models import Municipality, Representative
from tests.municipalities.factory import city, statement

DAY = dt.timedelta(days=1)


def tasks(user: Visitor, prefix: str = "") -> list[Task]:
    return [task for task in tasks_for(user, timezone.localdate()) if task.key.startswith(prefix)]


def only(user: Visitor, prefix: str) -> Task:
    (task,) = tasks(user, prefix)
    return task


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


def test_nothing_waits_for_the_chair_and_for_who_is_switched_off(
    kostroma: Municipality, kostroma_official: User, chair: User
) -> None:
    assert len(tasks(kostroma_official)) == 1
    kostroma_official.is_active = False
    assert tasks(kostroma_official) == tasks(chair) == []


def many(official: User, count: int) -> None:
    """Cities of one official, with statuses."""
    for number in range(count):
        one = city(f"Город {number} из {count}", 100 * count + number)
        Representative.objects.create(user=official, municipality=one)
        statement(one, on="2024-01-01")


@pytest.mark.parametrize(("who", "queries"), [("secretariat", 0), ("kostroma_official", 1), ("chair", 0)])
def test_the_number_of_queries_does_not_grow(
    kostroma_official: User, request: pytest.FixtureRequest, who: str, queries: int
) -> None:
    user = request.getfixturevalue(who)
    found = []
    for count in (1, 5):
        many(kostroma_official, count)
        with CaptureQueriesContext(connection) as asked:
            found.append(len(tasks_for(user, timezone.localdate())))
        assert len(asked) == queries
    assert found[0] < found[1] if who == "kostroma_official" else found == [0, 0]
