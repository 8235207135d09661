"""What waits for somebody about practices."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import Visitor
from accounts.models import User
from accounts.tasks import Task
from municipalities.models import Municipality, Representative
from municipalities.practices.due import tasks_for
from municipalities.practices.models import PracticeRequest, RequestStepKind
from tests.accounts.mail.factory import letter as mail_letter
from tests.mail import drain
from tests.municipalities.factory import city
from tests.municipalities.practices.factory import practice


def tasks(user: Visitor, prefix: str = "") -> list[Task]:
    return [task for task in tasks_for(user, timezone.localdate()) if task.key.startswith(prefix)]


def only(user: Visitor, prefix: str) -> Task:
    (task,) = tasks(user, prefix)
    return task


def test_a_letter_about_a_practice_that_failed_waits_until_it_leaves(
    secretariat: User, kostroma: Municipality, arkhangelsk: Municipality, arkhangelsk_official: User
) -> None:
    asked = PracticeRequest.ask(practice(kostroma), arkhangelsk, question="Как?", by=arkhangelsk_official)
    assert "Письмо с вопросом не отправлено" in only(secretariat, "question").why
    asked.note(RequestStepKind.QUESTION_LETTER, by=secretariat, mail=mail_letter(state="failed", last_error="?"))
    assert "Письмо с вопросом не отправлено" in only(secretariat, "question").why
    asked.note(RequestStepKind.QUESTION_LETTER, by=secretariat, mail=mail_letter())
    assert tasks(secretariat, "question") == []
    asked.answer_with("Так.", by=secretariat)
    task = only(secretariat, "question")
    assert ("Письмо с ответом не отправлено" in task.why, task.url) == (True, asked.get_absolute_url())
    asked.note(RequestStepKind.ANSWER_LETTER, by=secretariat, mail=mail_letter())
    drain()
    assert tasks(secretariat, "question") == []


def test_a_question_waits_for_the_owner_alone(
    kostroma: Municipality, arkhangelsk: Municipality, kostroma_official: User, arkhangelsk_official: User
) -> None:
    asked = PracticeRequest.ask(practice(kostroma), arkhangelsk, question="Как?", by=arkhangelsk_official)
    task = only(kostroma_official, "question")
    assert (task.url, task.why) == (asked.get_absolute_url(), "Архангельск спрашивает: ответьте")
    assert tasks(arkhangelsk_official, "question") == []
    asked.answer_with("Так.", by=kostroma_official)
    assert tasks(kostroma_official, "question") == []


def test_nothing_waits_for_the_chair(
    kostroma: Municipality, arkhangelsk: Municipality, arkhangelsk_official: User, chair: User
) -> None:
    PracticeRequest.ask(practice(kostroma), arkhangelsk, question="Как?", by=arkhangelsk_official)
    assert tasks(chair) == []


def many(official: User, count: int) -> None:
    """Questions to the cities of one official."""
    for number in range(count):
        one = city(f"Город {number} из {count}", 100 * count + number)
        Representative.objects.create(user=official, municipality=one)
        PracticeRequest.ask(practice(one), one, question="Как?", by=official)


@pytest.mark.parametrize(("who", "queries"), [("secretariat", 1), ("kostroma_official", 1), ("chair", 0)])
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
    assert found == [0, 0] if who == "chair" else found[0] < found[1]
