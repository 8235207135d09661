"""Tasks for the tests: they tell in a file what they do."""

import os
import time
from pathlib import Path

from django.db import OperationalError, connection
from django_tasks import task

from background.models import PeriodicJob


def told(path: str | Path) -> list[list[str]]:
    """The lines of a file, word by word; none while there is no file."""
    file = Path(path)
    return [line.split() for line in file.read_text().splitlines()] if file.exists() else []


def tell(path: str | Path, *words: object) -> None:
    """Append a line, whole, whatever others append."""
    with Path(path).open("a") as file:
        file.write(" ".join(map(str, words)) + "\n")


@task()
def say(path: str, word: str) -> None:
    """Say a word."""
    tell(path, word)


@task(max_attempts=50, backoff=0.01)
def work(path: str, number: int, seconds: float) -> None:
    """Say when it begins and when it ends."""
    tell(path, "begin", number, os.getpid())
    time.sleep(seconds)
    tell(path, "end", number, os.getpid())


@task(label="Поломка нарочно", max_attempts=3, backoff=10)
def break_down(message: str) -> None:
    """Fail."""
    raise ValueError(message)


@task(max_attempts=1, time_limit=0.3)
def hang(path: str) -> None:
    """Take far more time than it may."""
    tell(path, "begin")
    time.sleep(60)


@task(max_attempts=5, backoff=0.01)
def lose_connection(path: str) -> None:
    """Have its connection cut in the middle, the first time."""
    first = not told(path)
    tell(path, "begin")
    if first:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        raise OperationalError("the connection was cut")
    list(PeriodicJob.objects.all())
    tell(path, "end")
