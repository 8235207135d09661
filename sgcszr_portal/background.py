"""The tasks of the worker as a list: what waits, runs, failed, was done."""

from functools import cached_property
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db.models import Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from background.models import LiveWorker
from background.queue import Row, task_at
from documents.models import PreparedFile
from documents.preparing.makers import known_kinds, maker_of
from documents.preparing.tasks import make_file, make_long_file
from listings.badges import ToneChoices
from listings.columns import Column, to_the_minute
from listings.filters import Choice, Search
from listings.listing import Listing
from listings.words import Words
from russian.text import search_form

MAKING = frozenset({make_file.module_path, make_long_file.module_path})  # their argument is the number of a file


class TaskState(ToneChoices):
    """Where a task stands, by the codes of the queue."""

    READY = TaskResultStatus.READY.value, "todo", "Ждёт"
    RUNNING = TaskResultStatus.RUNNING.value, "doing", "Выполняется"
    FAILED = TaskResultStatus.FAILED.value, "overdue", "Не выполнена"
    SUCCESSFUL = TaskResultStatus.SUCCESSFUL.value, "done", "Выполнена"


def label_at(path: str) -> str:
    """What the task at a path is called; one that the portal does not know any more, by its path."""
    try:
        task = task_at(path)
    except (ImportError, SuspiciousOperation):  # gone, or something else stands there by now
        return path
    return task.label or task.name


def name_of(row: Row) -> str:
    """What a task is called."""
    return label_at(row.task_path)


def state_of(row: Row) -> TaskState:
    """Where it stands."""
    return TaskState(row.status)


def saying(rows: QuerySet[Row], typed: list[str]) -> QuerySet[Row]:
    """The tasks in whose name, path or error all words stand; in errors, in any case of Latin letters."""
    paths = DBTaskResult.objects.order_by("task_path").values_list("task_path", flat=True).distinct()
    names = {path: search_form(label_at(path)) for path in paths}
    for word in typed:
        called = [path for path, name in names.items() if search_form(word) in name]
        rows = rows.filter(Q(task_path__in=called) | Q(task_path__icontains=word) | Q(traceback__icontains=word))
    return rows


def tell_what_about(rows: list[Row]) -> None:
    """Note in each row what its task is about: the paper that it makes, or its arguments as they are."""
    making = [row.args_kwargs["args"][0] for row in rows if row.task_path in MAKING]
    files = PreparedFile.objects.filter(kind__in=known_kinds()).in_bulk(making) if making else {}
    papers = {number: f": {maker_of(file.kind).label}" for number, file in files.items()}
    for row in rows:
        arguments = row.args_kwargs["args"]
        about = ", ".join(str(one) for one in arguments)
        if row.task_path in MAKING:
            about = f"Файл № {about}{papers.get(arguments[0], '')}"
        vars(row)["about"] = about


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
        Column("state", "Состояние", state_of, cell="_state"),  # first: a phone shows no more than two
        Column("name", "Задача", name_of, cell="_name", heads=True),  # with its error, and the button that repeats it
        Column("enqueued_at", "Поставлена", shown=to_the_minute),
        Column("started_at", "Начата", shown=to_the_minute),
        Column("finished_at", "Закончена", shown=to_the_minute),
        Column("attempts", "Попыток", lambda row: len(row.worker_ids), numeric=True),
    )
    order = ("-enqueued_at", "-pk")
    page_size = 50

    def everything(self) -> QuerySet[Row]:
        """The queue, with what was done lately."""
        rows: QuerySet[Any] = DBTaskResult.objects.all()
        return rows

    def prepared(self, rows: list[Row]) -> list[Row]:
        """The tasks with what they are about."""
        tell_what_about(rows)
        return rows

    @cached_property
    def workers(self) -> list[LiveWorker]:
        """The processes that work now."""
        return list(LiveWorker.objects.seen_lately())
