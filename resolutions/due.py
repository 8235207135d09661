"""What waits for somebody about decisions: their points, their drafts, and the letters that carry them out."""

import datetime as dt

from django.urls import reverse

from accounts.access import Visitor
from accounts.roles import Permission
from accounts.tasks import Asking, Task, Whose, works_by
from resolutions.correspondence.due import letter_tasks, letters_to_sign, overdue_letters
from resolutions.execution.due import overdue_points, point_tasks, results_to_name
from resolutions.models import Resolution, ResolutionStatus

WAITS_FOR_SIGNATURE = "Решение ждёт подписи председателя"


def tasks_for(asking: Asking, today: dt.date) -> list[Task]:
    """What waits for somebody, in no order; the number of queries does not depend on how much that is.

    Args:
        asking: the secretariat keeps decisions and letters, the chair signs; points wait for who is responsible for
            them, or controls them.
        today: the day on which somebody asks, in Moscow.
    """
    tasks: list[Task] = []
    if works_by(asking, Permission.KEEP_DECISIONS):
        tasks += _drafts()
    if works_by(asking, Permission.KEEP_LETTERS):
        tasks += letter_tasks(today)
    if works_by(asking, Permission.SIGN):
        tasks += [*_to_sign(), *letters_to_sign(today)]
    tasks += point_tasks(asking, today)
    if works_by(asking, Permission.CONTROL_POINTS):
        tasks += results_to_name()
    return tasks


def overdue_for(user: Visitor, today: dt.date, *, besides_own: bool = False) -> list[Task]:
    """What is late and may be read by the user: points by everybody, answers by those who see the letters.

    Args:
        user: who looks; may be a stranger.
        today: the day on which somebody asks, in Moscow.
        besides_own: answers that the user's own tasks tell are left out.

    Returns:
        The points and answers, in no order, with the keys that they have as tasks.
    """
    return [*overdue_points(user, today), *overdue_letters(user, today, besides_own=besides_own)]


def _drafts() -> list[Task]:
    drafts = Resolution.objects.filter(status=ResolutionStatus.DRAFT).newest_first()
    why, whose = "Проект решения: подготовьте текст к Собранию", Whose(permission=Permission.KEEP_DECISIONS)
    return [Task(f"draft-{one.pk}", one.title, why, one.get_absolute_url(), whose=whose) for one in drafts]


def _to_sign() -> list[Task]:
    """Decisions that wait for a signature in the portal; those of earlier years were signed on paper."""
    whose = Whose(permission=Permission.SIGN)
    return [
        Task(
            key=f"sign-{one.pk}",
            what=one.title,
            why=WAITS_FOR_SIGNATURE,
            url=reverse("resolution_sign", args=[one.slug]),
            whose=whose,
            about=one.get_absolute_url(),
        )
        for one in Resolution.objects.to_sign().newest_first()
    ]
