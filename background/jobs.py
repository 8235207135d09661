"""The room's own periodic job: tasks that are done and forgotten."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

DONE_KEPT = dt.timedelta(days=2)
FAILED_KEPT = dt.timedelta(days=30)


@task(label="Очистка очереди")
def prune_tasks() -> None:
    """Forget tasks that were done days ago, and those that failed a month ago."""
    now = timezone.now()
    done = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - DONE_KEPT)
    failed = Q(status=TaskResultStatus.FAILED, finished_at__lt=now - FAILED_KEPT)
    DBTaskResult.objects.filter(done | failed).delete()
