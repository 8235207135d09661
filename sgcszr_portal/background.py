"""The tasks of the worker as a list: what waits, runs, failed, was done."""

from functools import cached_property
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db.models import Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from background.models import LiveWorker
from background.queue import Row, policy_of
from listings.badges import ToneChoices
from listings.columns import Column, to_the_minute
from listings.filters import Choice, Search
from listings.listing import Listing
from listings.words import Words


class TaskState(ToneChoices):
    """Where a task stands, by the codes of the queue."""

    READY = TaskResultStatus.READY.value, "todo", "Ждёт"
    RUNNING = TaskResultStatus.RUNNING.value, "doing", "Выполняется"
    FAILED = TaskResultStatus.FAILED.value, "overdue", "Не выполнена"
    SUCCESSFUL = TaskResultStatus.SUCCESSFUL.value, "done", "Выполнена"


def name_of(row: Row) -> str:
    """What a task is called; one that the portal does not know any more, by its path."""
    try:
        return policy_of(row).label or row.task_name
    except (ImportError, SuspiciousOperation):  # gone, or something else stands there by now
        return row.task_path


def state_of(row: Row) -> TaskState:
    """Where it stands."""
    return TaskState(row.status)


def saying(rows: QuerySet[Row], words: list[str]) -> QuerySet[Row]:
    """The tasks in whose path or error all words stand, in any case of Latin letters."""
    for word in words:
        rows = rows.filter(Q(task_path__icontains=word) | Q(traceback__icontains=word))
    return rows


class Tasks(Listing[QuerySet[Row]]):
    """All tasks that are remembered, the latest first."""

    address = "background"
    words = Words(
        table="Фоновые задачи",
        filters="Отбор задач",
        pages="Страницы списка задач",
        empty="Задач ещё не было.",
        nothing="Таких задач нет.",
        show_all="Показать все",
        refused="покажите все задачи",
    )
    filters = (
        Search("search", "Имя или ошибка", matches=saying),
        Choice("state", "Состояние", "Все", TaskState.choices, column="status"),
    )
    cells = "sgcszr_portal/background"
    columns = (
        Column("enqueued_at", "Поставлена", shown=to_the_minute),
        Column("name", "Задача", name_of, cell="_name", heads=True),
        Column("state", "Состояние", state_of, cell="_state"),
        Column("started_at", "Начата", shown=to_the_minute),
        Column("finished_at", "Закончена", shown=to_the_minute),
        Column("attempts", "Попыток", lambda row: len(row.worker_ids), numeric=True),
        Column("again", "Повторить", lambda row: None, cell="_again", is_silent=True),
    )
    order = ("-enqueued_at", "-pk")
    page_size = 50

    def everything(self) -> QuerySet[Row]:
        """The queue, with what was done lately."""
        rows: QuerySet[Any] = DBTaskResult.objects.all()
        return rows

    @cached_property
    def workers(self) -> list[LiveWorker]:
        """The processes that work now."""
        return list(LiveWorker.objects.seen_lately())
