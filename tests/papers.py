"""Papers that the worker makes, in tests: asked for, made, fetched."""

from typing import Any

from django.test import Client

from tests.tasks import run_tasks


def paper(client: Client, address: str, **headers: Any) -> Any:
    """A paper as its visitor gets it in the end.

    Args:
        client: of the visitor.
        address: of the paper.
        headers: of the requests.

    Returns:
        The answer: the file, when it was made.
    """
    answer = client.get(address, **headers)
    if answer.status_code != 202:
        return answer
    run_tasks()
    return client.get(address, **headers)
