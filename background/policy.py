"""How a task is run: so often, so long, and again after so many seconds."""

import datetime as dt
from dataclasses import dataclass

from django_tasks.base import P, T, Task
from django_tasks_db import DatabaseBackend

LONGEST_PAUSE = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTask(Task[P, T]):
    """A task of the portal: `@task(max_attempts=5, time_limit=60)`.

    It may run more than once: whoever runs it can be killed at any moment, also after the last of its work and before
    that is marked. So a task does nothing twice when it runs twice. Its arguments are plain values: primary keys.

    Attributes:
        label: what the page for administrators calls it, in Russian; the name of the function without one.
        max_attempts: how often it is begun before it counts as failed; a worker that died in it counts too.
        backoff: seconds until the second attempt; each further one waits twice as long, an hour at most.
        time_limit: seconds after which the whole worker ends: nothing else stops a function that hangs.
    """

    label: str = ""
    max_attempts: int = 3
    backoff: float = 10
    time_limit: float = 300

    def pause_after(self, attempts: int) -> dt.timedelta:
        """How long to wait after so many attempts failed."""
        return min(dt.timedelta(seconds=self.backoff * 2 ** min(attempts - 1, 16)), LONGEST_PAUSE)


class PolicyBackend(DatabaseBackend):
    """The database's queue, whose tasks say how they are run."""

    task_class = PolicyTask
