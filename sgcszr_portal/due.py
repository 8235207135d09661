"""What waits for a person, from all rooms, soonest first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

import municipalities.due
import municipalities.practices.due
import municipalities.surveys.due
import resolutions.due
from accounts.access import Visitor
from accounts.tasks import Asking, Task, Urgency
from listings.listing import Listing
from listings.words import Words
from russian.collation import number_key

TITLES = {
    Urgency.OVERDUE: "Просрочено",
    Urgency.SOON: "Скоро",
    Urgency.IN_TIME: "Позже",
    Urgency.NONE: "Без срока",
}
PRESSING = (Urgency.OVERDUE, Urgency.SOON)
_ORDER = list(TITLES)


@dataclass(frozen=True)
class Group:
    """Tasks that are equally near."""

    urgency: Urgency
    title: str
    tasks: tuple[Task, ...]


def tasks_for(asking: Asking, today: dt.date | None = None) -> list[Task]:
    """What waits for somebody: overdue first, then soonest, last what has no day.

    Args:
        asking: nothing waits for strangers and for those who are switched off. For everybody a task is told once for
            each of those for whom it waits, under one key: for a letter that the chair signs and the secretariat sends,
            two are.
        today: the day on which somebody asks, in Moscow; today without it.

    Returns:
        The tasks, from a number of queries that does not grow with the number of records.
    """
    day = today or timezone.localdate()
    rooms = (municipalities.due, municipalities.surveys.due, municipalities.practices.due, resolutions.due)
    return _in_order([task for room in rooms for task in room.tasks_for(asking, day)])


def overdue_for(user: Visitor, today: dt.date | None = None, *, besides: Iterable[Task] | None = None) -> list[Task]:
    """What is late, whosever task it is, as far as the user may read it; the latest deadline last.

    Args:
        user: who looks; may be a stranger.
        today: the day on which somebody asks, in Moscow; today without it.
        besides: the user's own tasks of that day, which are left out.
    """
    day, own = today or timezone.localdate(), {task.key for task in besides or ()}
    late = resolutions.due.overdue_for(user, day, besides_own=besides is not None)
    return _in_order([task for task in late if task.key not in own])


def grouped(tasks: list[Task]) -> list[Group]:
    """The tasks under their titles, in their order; titles without tasks are left out."""
    groups = [
        Group(urgency, title, tuple(task for task in tasks if task.urgency == urgency))
        for urgency, title in TITLES.items()
    ]
    return [group for group in groups if group.tasks]


class Due(Listing[list[Task]]):
    """What waits for the visitor, under titles."""

    address = "due"
    words = Words(
        table="Сроки и дела",
        empty_title="Сейчас вас ничего не ждёт",
        empty="Когда появится срок или дело, оно будет здесь и на странице «Обзор».",
    )
    body = "sgcszr_portal/_due.html"

    def everything(self) -> list[Task]:
        return tasks_for(self.user)

    def groups(self) -> list[Group]:
        """The tasks under their titles."""
        return grouped(list(self.page))


def _in_order(tasks: list[Task]) -> list[Task]:
    def place(task: Task) -> tuple[object, ...]:
        return _ORDER.index(task.urgency), task.due_on or dt.date.max, number_key(task.what), task.key

    return sorted(tasks, key=place)
