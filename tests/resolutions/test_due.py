"""What waits for somebody about points and letters."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.access import Visitor
from accounts.models import User
from accounts.tasks import Task, Urgency
from documents.withdrawing import withdraw
from municipalities.models import Municipality
from resolutions.correspondence.signing import sign_letter
from resolutions.due import overdue_for, tasks_for
from resolutions.models import DecisionPoint, Letter, LetterAction, Resolution
from tests.municipalities.factory import statement
from tests.resolutions.factory import (
    DAY,
    GOVERNMENT,
    answer,
    decision,
    instruct,
    letter,
    mailing,
    point_step,
    register,
    repetition,
    send,
    step,
)

pytestmark = pytest.mark.slow

TODAY = dt.date(2024, 9, 2)
SENT = dt.date(2024, 8, 1)  # 30 days later an answer is due, and 31 August 2024 was a Saturday


def days(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def tasks(user: Visitor, prefix: str = "") -> list[Task]:
    return [task for task in tasks_for(user, TODAY) if task.key.startswith(prefix)]


def only(user: Visitor, prefix: str) -> Task:
    (task,) = tasks(user, prefix)
    return task


@pytest.fixture
def point(secretariat: User) -> DecisionPoint:
    return decision("assignment", by=secretariat).points.get()


@pytest.fixture
def adopted(point: DecisionPoint) -> Resolution:
    return point.resolution


# --- points ---


def test_a_point_without_instruction_asks_for_one(point: DecisionPoint, secretariat: User) -> None:
    task = only(secretariat, "point")
    assert (task.urgency, task.url) == (Urgency.NONE, point.get_absolute_url())
    assert task.what == "Пункт 1 решения от 27\u00a0июня\u00a02024\u00a0г. «О деле»: поручение"
    assert task.why.startswith("Поручения нет")


def test_a_point_without_a_day_asks_for_one(point: DecisionPoint, secretariat: User) -> None:
    instruct(point, by=secretariat)
    assert only(secretariat, "point").why.startswith("Срок не установлен")


@pytest.mark.parametrize(
    ("due_in", "warn_days", "urgency"),
    [(-1, 14, "overdue"), (0, 14, "soon"), (14, 14, "soon"), (15, 14, "in_time"), (15, 30, "soon")],
)
def test_a_point_warns_as_early_as_its_card_says(
    point: DecisionPoint, secretariat: User, due_in: int, warn_days: int, urgency: str
) -> None:
    instruct(point, by=secretariat, due_on=days(due_in), warn_days=warn_days)
    task = only(secretariat, "point")
    assert (task.due_on, task.urgency, task.warn_days) == (days(due_in), urgency, warn_days)
    assert task.why == "Не начато: доложите, когда будет исполнено"


def test_a_reported_point_waits_for_closing_and_a_closed_one_for_nothing(
    point: DecisionPoint, secretariat: User
) -> None:
    instruct(point, by=secretariat, due_on=days(-1))
    for action in ("start", "report"):
        point_step(point, action, by=secretariat)
    assert "снимите с контроля" in only(secretariat, "point").why
    point_step(point, "close", by=secretariat)
    assert tasks(secretariat, "point") == []


def test_points_of_a_draft_wait_for_nothing_and_the_draft_for_the_assembly(secretariat: User) -> None:
    draft = decision("assignment", by=secretariat, adopt=False)
    (task,) = tasks(secretariat)
    assert (task.what, task.url) == (draft.title, draft.get_absolute_url())


def test_a_point_that_its_letters_fulfil_can_be_reported(secretariat: User) -> None:
    resolution = decision("gratitude", by=secretariat)
    instruct(resolution.points.get(), by=secretariat)
    thanks = letter(resolution, "gratitude", point=resolution.points.get())
    send(thanks, by=secretariat)
    assert "докладывать" not in only(secretariat, "point").why
    step(thanks, LetterAction.DELIVER, by=secretariat)
    assert "можно докладывать" in only(secretariat, "point").why


def test_a_recommendation_that_all_follow_can_be_reported(secretariat: User, kostroma: Municipality) -> None:
    point = decision("recommendation", by=secretariat).points.get()
    DecisionPoint.objects.filter(pk=point.pk).update(experience_of=kostroma)
    instruct(point, by=secretariat)
    assert "докладывать" not in only(secretariat, "point").why
    statement(kostroma)
    assert "можно докладывать" in only(secretariat, "point").why


# --- letters ---


def test_a_letter_asks_for_its_next_step_all_the_way(adopted: Resolution, secretariat: User) -> None:
    found = letter(adopted, heading="О поддержке")
    assert only(secretariat, "letter").why == "Проект письма: проверьте и зарегистрируйте"
    assert only(secretariat, "letter").what == "Письмо: О поддержке"
    register(found, by=secretariat)
    assert "когда подпишет председатель" in only(secretariat, "letter").why
    assert only(secretariat, "letter").what == "Письмо № 1/24 от 05.07.2024: О поддержке"
    step(found, LetterAction.SEND, by=secretariat, on=days(-13), channel="post")
    task = only(secretariat, "letter")
    assert (task.why, task.due_on, task.urgency) == ("Ждём ответа", dt.date(2024, 9, 19), "in_time")
    answer(found, by=secretariat, on=days(-1))
    assert tasks(secretariat, "letter") == []


def test_a_signed_letter_is_to_be_sent(signed: Resolution, secretariat: User) -> None:
    found = letter(signed)
    register(found, by=secretariat)
    Letter.objects.filter(pk=found.pk).update(issued_document=signed.issued_document)
    assert only(secretariat, "letter").why.startswith("Подписано: отправьте")


@pytest.mark.parametrize(("ago", "asked"), [(13, []), (14, ["Отправлено давно: отметьте вручение"])])
def test_a_letter_without_answer_is_to_be_marked_delivered_after_two_weeks(
    adopted: Resolution, secretariat: User, ago: int, asked: list[str]
) -> None:
    found = letter(adopted, reply_days=None)
    send(found, by=secretariat, on=days(-ago))
    assert [task.why for task in tasks(secretariat, "letter")] == asked
    step(found, LetterAction.DELIVER, by=secretariat, on=TODAY)
    assert tasks(secretariat, "letter") == []


def test_an_overdue_answer_asks_for_a_repeated_letter_which_then_waits_instead(
    adopted: Resolution, secretariat: User
) -> None:
    found = letter(adopted, reply_days=15)
    send(found, by=secretariat, on=SENT)
    assert only(secretariat, "letter").why == f"Ответ просрочен ({GOVERNMENT}): составьте повторное письмо"
    repeat = repetition(found)
    late, draft = sorted(tasks(secretariat, "letter"), key=lambda task: task.key.count("-"), reverse=True)
    assert late.why == f"Ответ просрочен ({GOVERNMENT}): отправьте повторное письмо, оно подготовлено"
    assert draft.why.startswith("Проект письма")
    send(repeat, by=secretariat, on=TODAY)
    assert [task.key for task in tasks(secretariat, "letter")] == [f"letter-{repeat.pk}"]


def test_an_annulled_repetition_does_not_count(adopted: Resolution, secretariat: User) -> None:
    found = letter(adopted, reply_days=15)
    send(found, by=secretariat, on=SENT)
    repeat = repetition(found)
    step(repeat, LetterAction.ANNUL, by=secretariat, on=TODAY, text="Ошибка.")
    assert only(secretariat, "letter").why == f"Ответ просрочен ({GOVERNMENT}): составьте повторное письмо"


def test_letters_of_a_mailing_that_wait_for_the_same_thing_are_one_task(adopted: Resolution, secretariat: User) -> None:
    sent = mailing(adopted, by=secretariat)
    task = only(secretariat, "mailing")
    assert (task.what, task.url) == ("Рассылка (2\u00a0письма)", sent.get_absolute_url())
    first = sent.letters.order_by("pk")[0]
    register(first, by=secretariat)
    whys = {task.url: task.why.partition(":")[0] for task in tasks(secretariat, "mailing")}
    assert list(whys.values()) == ["Зарегистрировано", "Проект письма"]
    assert first.get_absolute_url() in whys


# --- the chair, and what others may read ---


def test_the_chair_signs_decisions_and_letters_and_what_others_are_late_with_is_not_theirs(
    point: DecisionPoint, secretariat: User, chair: User
) -> None:
    instruct(point, by=secretariat, due_on=days(-1))
    found = letter(point.resolution)
    register(found, by=secretariat)
    letter(point.resolution)
    kinds = {task.key.partition("-")[0]: task for task in tasks(chair)}
    assert set(kinds) == {"sign", "letter"}
    assert kinds["sign"].url == f"/resolutions/{point.resolution.slug}/sign/"
    assert (kinds["letter"].url, kinds["letter"].why) == (found.get_absolute_url(), "Письмо ждёт подписи председателя")


def test_what_is_signed_or_in_time_does_not_wait_for_the_chair(
    signed: Resolution, secretariat: User, chair: User
) -> None:
    found = letter(signed)
    register(found, by=secretariat)
    Letter.objects.filter(pk=found.pk).update(issued_document=signed.issued_document)
    instruct(signed.points.get(number=1), by=secretariat, due_on=TODAY)
    assert tasks(chair) == []


def test_what_was_withdrawn_waits_for_the_chair_again(signed: Resolution, secretariat: User, chair: User) -> None:
    found = letter(signed, signatory_position="Председатель", signatory_name="Н.В. Корягина")
    register(found, by=secretariat)
    papers = [signed.issued_document, sign_letter(found, version=found.version, is_public=False, by=chair)]
    assert tasks(chair) == []
    assert "Подписано: отправьте" in only(secretariat, "letter").why
    for paper in papers:
        assert paper is not None
        withdraw(paper, reason="Опечатка.", by=secretariat)
    assert {task.key for task in tasks(chair)} == {f"sign-{signed.pk}", f"letter-{found.pk}"}
    assert "когда подпишет председатель" in only(secretariat, "letter").why


def test_officials_and_strangers_have_nothing_to_do_here(point: DecisionPoint, kostroma_official: User) -> None:
    assert tasks(kostroma_official) == tasks(AnonymousUser()) == []


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("stranger", {"point"}),
        ("kostroma_official", {"point", "letter"}),
        ("chair", {"point", "letter"}),
        ("secretariat", {"point", "letter"}),
    ],
)
def test_late_points_are_everybodys_to_see_and_late_answers_are_not(
    point: DecisionPoint, secretariat: User, request: pytest.FixtureRequest, who: str, seen: set[str]
) -> None:
    instruct(point, by=secretariat, due_on=days(-1))
    send(letter(point.resolution, reply_days=15), by=secretariat, on=SENT)
    send(letter(point.resolution, reply_days=60), by=secretariat, on=SENT)
    user = AnonymousUser() if who == "stranger" else request.getfixturevalue(who)
    found = overdue_for(user, TODAY)
    assert {task.key.partition("-")[0] for task in found} == seen
    assert len(found) == len(seen)
    wording = {task.why for task in found if task.key.startswith("letter")}
    assert wording <= {
        f"Ответ просрочен ({GOVERNMENT}): составьте повторное письмо"
        if who == "secretariat"
        else "Ответ не поступил в срок"
    }


def test_a_draft_is_never_late(secretariat: User, chair: User) -> None:
    point = decision("assignment", by=secretariat, adopt=False).points.get()
    DecisionPoint.objects.filter(pk=point.pk).update(due_on=DAY)
    assert overdue_for(chair, TODAY) == []


def many(secretariat: User, kostroma: Municipality, count: int) -> None:
    """Decisions with points of every kind, with letters in every state, alone and in mailings, some of them late."""
    for number in range(count):
        resolution = decision("recommendation", "appeal", "gratitude", by=secretariat, slug=f"d{number}{count}")
        resolution.points.filter(kind="recommendation").update(experience_of=kostroma)
        instruct(resolution.points.get(number=2), by=secretariat, due_on=DAY)
        letter(resolution, "appeal", point=resolution.points.get(number=2))
        register(letter(resolution), by=secretariat)
        thanks = letter(resolution, "gratitude", point=resolution.points.get(number=3))
        send(thanks, by=secretariat, on=SENT)
        late = letter(resolution, "appeal", point=resolution.points.get(number=2), reply_days=10)
        send(late, by=secretariat, on=SENT)
        answer(late, by=secretariat, on=SENT, outcome="interim", until=days(-1))
        mailing(resolution, by=secretariat)


@pytest.mark.parametrize(
    ("who", "function", "queries"),
    [
        ("secretariat", tasks_for, 26),
        ("chair", tasks_for, 3),
        ("secretariat", overdue_for, 10),
        ("kostroma_official", overdue_for, 10),
    ],
)
def test_the_number_of_queries_does_not_grow(
    secretariat: User,
    kostroma: Municipality,
    request: pytest.FixtureRequest,
    who: str,
    function: Callable[[Visitor, dt.date], list[Task]],
    queries: int,
) -> None:
    statement(kostroma)
    user = request.getfixturevalue(who)
    found = []
    for count in (1, 4):
        many(secretariat, kostroma, count)
        with CaptureQueriesContext(connection) as asked:
            found.append(len(function(user, TODAY)))
        assert len(asked) == queries
    assert found[0] < found[1]
