"""Papers that the worker makes, in tests: asked for, made, fetched."""

from contextlib import nullcontext
from typing import Any

from django.http import HttpResponse
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
    answer: Any = client.get(address, **headers)
    if answer.status_code == 202:
        run_tasks()
        answer = client.get(address, **headers)
    return whole(answer)


def whole(answer: Any) -> Any:
    """An answer with its content at hand, also where a file is streamed, which is closed then."""
    if not answer.streaming:
        return answer
    # A client's file closes when it was read; closing the answer of a view would close the connection of the test too.
    with answer.file_to_stream or nullcontext():
        return HttpResponse(answer.getvalue(), status=answer.status_code, headers=dict(answer.headers))
