"""/background/: the technical administrator looks after the worker."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from background import periodic
from background.models import SEEN_LATELY, LiveWorker
from documents.preparing import tasks
from sgcszr_portal import jobs
from tests.background import errands
from tests.documents.prepared import a_file

pytestmark = pytest.mark.django_db

ADDRESS = "/background/"


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("root@example.org", name="Р.Р. Админов"))
    return client


def failed() -> DBTaskResult[Any, Any]:
    errands.break_down.enqueue("нет")
    DBTaskResult.objects.update(status=Status.FAILED, traceback="ValueError: <нет>", worker_ids=["one"] * 3)
    return DBTaskResult.objects.get()


def page(client: Client, query: str = "") -> str:
    return client.get(ADDRESS + query).content.decode()


def test_it_says_whether_a_worker_lives(admin: Client) -> None:
    assert "Обработчик не запущен" in page(admin)
    worker = LiveWorker.objects.create(key="one")
    assert "Очередь разбирает 1\xa0процесс" in page(admin)
    LiveWorker.objects.filter(pk=worker.pk).update(seen_at=timezone.now() - SEEN_LATELY)
    assert "Обработчик не запущен" in page(admin)


def test_it_shows_what_failed_and_why(admin: Client) -> None:
    failed()
    shown = page(admin)
    assert "ValueError: &lt;нет&gt;" in shown
    assert "Не выполнена" in shown
    assert "Повторить" in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=FAILED", True),
        ("?state=READY", False),
        ("?search=valueerror", True),
        ("?search=Поломка", True),
        ("?search=поломка+нарочно", True),
        ("?search=другое", False),
    ],
)
def test_it_is_filtered(admin: Client, query: str, found: bool) -> None:
    failed()
    assert ("Поломка нарочно" in page(admin, query)) == found


def test_it_says_which_file_was_to_be_made(admin: Client) -> None:
    file = a_file(kind="archive")
    for number in (file.pk, file.pk + 1):
        tasks.make_file.enqueue(number)
    shown = page(admin)
    assert f"Файл № {file.pk}: Архив портала<" in shown
    assert f"Файл № {file.pk + 1}<" in shown


def test_a_long_error_does_not_move_the_button_that_repeats(admin: Client) -> None:
    failed()
    shown = page(admin)
    assert shown.index(">Повторить<") < shown.index("ValueError")  # in the same cell: the error opens below it


def test_the_queue_is_shown_here_alone(admin: Client) -> None:
    assert "Task Results" not in admin.get("/admin/").content.decode()


def test_a_task_is_called_by_its_label_and_one_that_is_gone_by_its_path(admin: Client) -> None:
    errands.say.enqueue("nowhere", "нет")
    DBTaskResult.objects.update(task_path="sgcszr_portal.jobs.send_digests")
    assert "Напоминания о сроках" in page(admin)
    DBTaskResult.objects.update(task_path="sgcszr_portal.jobs.gone")
    assert "sgcszr_portal.jobs.gone" in page(admin)


def test_what_failed_begins_anew(admin: Client) -> None:
    row = failed()
    answer = admin.post(reverse("task_again", args=[row.pk]), follow=True)
    assert "Задача снова ждёт: Поломка нарочно." in answer.content.decode()
    row.refresh_from_db()
    assert (row.status, row.worker_ids) == (Status.READY, [])


def test_what_did_not_fail_is_left_alone(admin: Client) -> None:
    errands.say.enqueue("nowhere", "нет")
    row = DBTaskResult.objects.get()
    answer = admin.post(reverse("task_again", args=[row.pk]), follow=True)
    assert "Повторить можно только задачу, которая не выполнена." in answer.content.decode()


def test_a_task_that_is_not_there(admin: Client) -> None:
    assert admin.post(reverse("task_again", args=["00000000-0000-0000-0000-000000000000"])).status_code == 404


@pytest.mark.parametrize("count", [1, 40])
def test_many_tasks_cost_no_more_queries(
    admin: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        errands.say.enqueue("nowhere", "нет")
    with django_assert_num_queries(6):  # session, user, the Union, count, workers, rows
        page(admin)


def test_only_the_administrator_finds_it_in_the_navigation(admin: Client, secretariat: User) -> None:
    assert ADDRESS in admin.get("/").content.decode()
    admin.force_login(secretariat)
    assert ADDRESS not in admin.get("/").content.decode()


def test_what_is_no_task_any_more_is_called_by_its_path(admin: Client) -> None:
    failed()
    DBTaskResult.objects.update(task_path="sgcszr_portal.jobs.register")
    assert "sgcszr_portal.jobs.register" in page(admin)


def test_every_task_of_the_portal_has_a_russian_name() -> None:
    every: list[Any] = [
        *(job.task for job in periodic.registered() if job.name != "often"),
        tasks.make_file,
        tasks.make_long_file,
    ]
    assert jobs.forget_limits in every
    assert [one.name for one in every if not getattr(one, "label", "")] == []
