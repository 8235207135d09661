"""What a worker would do after a request, done by the test."""

from django_tasks_db.models import DBTaskResult

from background.worker import Worker


def run_tasks() -> int:
    """Run every task that is ready, as a worker does.

    Returns:
        How many were run.

    Raises:
        AssertionError: one of them failed.
    """
    count, worker = 0, Worker(begins_jobs=False)
    while worker.step():
        count += 1
    troubled = DBTaskResult.objects.exclude(traceback="").values_list("task_path", "traceback")
    assert not troubled, "\n".join(f"{path}: {trace}" for path, trace in troubled)
    return count
