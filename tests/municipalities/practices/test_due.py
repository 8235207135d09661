"""What waits for somebody about practices."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.access import Visitor
from accounts.models import User
from accounts.tasks import Task, Urgency
from municipalities.models import Municipality, Representative
from municipalities.practices.due import open_promises, tasks_for
from municipalities.practices.models import PracticeRequest, RequestStepKind
from tests.accounts.mail.factory import letter as mail_letter
from tests.mail import drain
from tests.municipalities.factory import city, left
from tests.municipalities.practices.factory import practice, promise, step
from tests.municipalities.practices.test_commitment_ledger import merged


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


def test_an_open_promise_waits_for_its_city_with_its_day(
    arkhangelsk: Municipality, kostroma_official: User, arkhangelsk_official: User
) -> None:
    made = promise(arkhangelsk, due="2025-05-31")
    task = only(arkhangelsk_official, "commitment")
    assert (task.key, task.due_on, task.urgency) == (f"commitment-{made.pk}", made.due_on, Urgency.OVERDUE)
    assert (task.what, task.url) == ("Обязательство: Поставить датчики", made.get_absolute_url())
    assert task.why == "Архангельск обещает до 31\xa0мая\xa02025\xa0г. Отметьте исполнение"
    assert tasks(kostroma_official, "commitment") == []
    step(made, "kept", "2025-06-20")
    assert tasks(arkhangelsk_official, "commitment") == []


def test_nobody_watches_the_promise_of_a_leaver(
    arkhangelsk: Municipality, arkhangelsk_official: User, secretariat: User
) -> None:
    promise(arkhangelsk)
    promise(arkhangelsk, by_link=True)
    left(arkhangelsk, "2025-01-01")
    assert tasks(arkhangelsk_official, "commitment") == tasks(secretariat, "commitment") == []


def test_a_promise_by_link_waits_for_the_secretariat(
    arkhangelsk: Municipality, arkhangelsk_official: User, secretariat: User
) -> None:
    made = promise(arkhangelsk, by_link=True)
    assert "взято по личной ссылке, примите или снимите" in only(secretariat, "commitment").why
    assert tasks(arkhangelsk_official, "commitment") == []
    step(made, "accepted", "2024-07-01")
    assert tasks(secretariat, "commitment") == []


def test_a_predecessors_promise_waits_to_be_passed(
    arkhangelsk: Municipality, kostroma: Municipality, arkhangelsk_official: User, secretariat: User
) -> None:
    made = promise(arkhangelsk)
    promise(kostroma)
    promise(kostroma, "Табло")
    assert open_promises([arkhangelsk, kostroma]) == [
        "Архангельск: 1\xa0открытое обязательство. После объединения передайте правопреемнику.",
        "Кострома: 2\xa0открытых обязательства. После объединения передайте правопреемнику.",
    ]
    whole = merged(arkhangelsk, kostroma, by=secretariat)
    assert "передайте правопреемнику" in only(secretariat, f"commitment-{made.pk}").why
    assert tasks(arkhangelsk_official, "commitment") == []
    step(made, "passed", "2025-01-01", municipality=whole)
    assert tasks(secretariat, f"commitment-{made.pk}") == []
    assert open_promises([arkhangelsk]) == []


def many(official: User, count: int) -> None:
    """Questions to the cities of one official."""
    for number in range(count):
        one = city(f"Город {number} из {count}", 100 * count + number)
        Representative.objects.create(user=official, municipality=one)
        PracticeRequest.ask(practice(one), one, question="Как?", by=official)
        promise(one)
        promise(one, by_link=True)


@pytest.mark.parametrize(("who", "queries"), [("secretariat", 4), ("kostroma_official", 4), ("chair", 0)])
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
